// What is known of a log directory while it grows, for those who want all of it at once and again.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "lib/model/experiment.h"

namespace telltale::watch {

// Threads may share one: they are let in one after the other.
class IncrementalReader {
 public:
  // `path` is a directory with event files of TensorBoard, or one such file. Nothing is read yet.
  explicit IncrementalReader(std::string path);
  ~IncrementalReader();
  IncrementalReader(const IncrementalReader&) = delete;
  IncrementalReader& operator=(const IncrementalReader&) = delete;

  // Everything so far, as the TensorBoard reader would have it, but without Telltale's own
  // annotations, and a last record that is not complete is no problem. Only what has been appended
  // since the last call is read; what is given out never changes, and shares its points with what
  // is given out later. (Of a directory with several event files they are copied when one of these
  // has grown.) The same object as before where nothing is new. Problems are all that were ever
  // met, at most 10,000.
  //
  // Fails where there is nothing at the path, the first time only: later that is no run.
  absl::StatusOr<std::shared_ptr<const model::Experiment>> Read();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace telltale::watch
