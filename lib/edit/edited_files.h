// The event files that an edit writes, one after the other.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "lib/io/staging_directory.h"
#include "lib/records/tfrecord_writer.h"

namespace telltale::edit {

class EditedFiles {
 public:
  struct Options {
    // Relative to the staging directory.
    std::vector<std::string> names = {};
    // A file that begins with something else gets a version in front, as the rest of a file needs
    // that was cut.
    bool add_versions = false;
  };

  // `staging` must outlive this; null: nothing is written.
  EditedFiles(const io::StagingDirectory* staging, Options options)
      : staging_(staging), options_(std::move(options)) {}

  // Adds a record to the file of this index, which never goes back. A file of which nothing but its
  // version stays is not written.
  absl::Status Write(size_t file, std::string_view record);
  absl::Status Close();

  // The names of those that were written.
  const std::vector<std::string>& written() const { return written_; }

 private:
  absl::Status Begin();
  absl::Status Append(std::string_view record);

  const io::StagingDirectory* staging_;
  Options options_;
  std::vector<std::string> written_;
  std::optional<size_t> at_;
  bool begun_ = false;   // the file of at_
  std::string version_;  // of a file that is not begun
  std::optional<io::StagedFile> out_;
  std::optional<records::TfRecordWriter> writer_;
};

}  // namespace telltale::edit
