// The one place where an absl::Status becomes a Python exception.
#pragma once

#include <nanobind/nanobind.h>

#include <exception>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace telltale::python {

// Becomes telltale.TelltaleError with path, offset and cause, which are taken from the message:
// "PATH: at byte OFFSET: CAUSE" or "PATH: CAUSE".
class StatusError : public std::exception {
 public:
  // `path` is what the caller asked for, used where the message names no other.
  StatusError(absl::Status status, std::string path)
      : status_(std::move(status)), path_(std::move(path)), what_(status_.message()) {}
  const char* what() const noexcept override { return what_.c_str(); }
  const absl::Status& status() const { return status_; }
  const std::string& path() const { return path_; }

 private:
  absl::Status status_;
  std::string path_;
  std::string what_;
};

inline void ThrowIfError(const absl::Status& status, const std::string& path) {
  if (!status.ok()) throw StatusError(status, path);
}

template <typename T>
T ValueOrThrow(absl::StatusOr<T> value, const std::string& path) {
  ThrowIfError(value.status(), path);
  return *std::move(value);
}

void RegisterErrors();

}  // namespace telltale::python
