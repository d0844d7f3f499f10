#include "lib/edit/destination.h"

#include <sys/stat.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <utility>

#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/base/version.h"
#include "lib/io/apart.h"
#include "lib/io/read_file.h"

namespace telltale::edit {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSchema = "telltale.copy/1";

std::string ManifestName(std::string_view tool) { return StrCat("telltale-", tool, ".json"); }

// What every manifest of `tool` begins with.
std::string ManifestHead(std::string_view tool) {
  return StrCat("{\n \"schema\": \"", kSchema, "\",\n \"tool\": \"", tool, "\",\n");
}

std::string ParentOf(const std::string& path) {
  const size_t end = path.find_last_not_of('/');
  const size_t slash = end == std::string::npos ? end : path.rfind('/', end);
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

}  // namespace

absl::StatusOr<Destination> Destination::Check(std::string_view tool, const std::string& source,
                                               const std::string& path) {
  if (const io::Nesting place = io::NestingOf(source, path); place != io::Nesting::kApart) {
    return absl::InvalidArgumentError(StrCat(path,
                                             place == io::Nesting::kSame ? ": is" : ": lies in",
                                             " the source; choose a destination outside of it"));
  }
  Destination destination(tool, source, path);
  struct stat info;
  if (::lstat(path.c_str(), &info) != 0) return destination;
  std::error_code error;
  const bool empty = fs::is_directory(path, error) && fs::is_empty(path, error);
  const std::string head = ManifestHead(tool);
  const auto manifest = io::ReadHead(StrCat(path, "/", ManifestName(tool)), head.size());
  if (empty || (manifest.ok() && *manifest == head)) return destination;
  return absl::AlreadyExistsError(
      StrCat(path, ": is there and was not written by ", tool, "; choose another directory"));
}

absl::StatusOr<io::StagingDirectory> Destination::Begin() const {
  return io::StagingDirectory::Create(ParentOf(path_));
}

absl::Status Destination::Commit(io::StagingDirectory staging, std::string_view files) const {
  const auto text = [](std::string_view value) {
    return nlohmann::json(value).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  };
  TELLTALE_RETURN_IF_ERROR(staging.WriteFile(
      ManifestName(tool_),
      StrCat(ManifestHead(tool_), " \"version\": ", text(Version()),
             ",\n \"source\": ", text(source_), ",\n \"files\": ", files, "\n}\n")));
  return staging.Commit(path_);
}

}  // namespace telltale::edit
