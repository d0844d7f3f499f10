// Where copies of logs go, and how a later one knows that it may take their place.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/io/staging_directory.h"

namespace telltale::edit {

// Of one tool, which stands in what a copy says about itself: "repair", "edit".
class Destination {
 public:
  // InvalidArgument where source and destination lie in each other. AlreadyExists where something
  // stands at `path` that is no empty directory and that this tool did not write.
  static absl::StatusOr<Destination> Check(std::string_view tool, const std::string& source,
                                           const std::string& path);

  // To be filled and given to Commit().
  absl::StatusOr<io::StagingDirectory> Begin() const;

  // Adds the manifest, in which `files` is a JSON array, and puts the directory in its place.
  absl::Status Commit(io::StagingDirectory staging, std::string_view files) const;

 private:
  Destination(std::string_view tool, std::string source, std::string path)
      : tool_(tool), source_(std::move(source)), path_(std::move(path)) {}

  std::string tool_;
  std::string source_;
  std::string path_;
};

}  // namespace telltale::edit
