#include "lib/edit/log_files.h"

#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/formats/wandb/read_files.h"
#include "lib/io/walk.h"

namespace telltale::edit {
namespace {

bool IsLog(std::string_view name) {
  return name.find("tfevents") != std::string_view::npos || name.ends_with(formats::wandb::kSuffix);
}

}  // namespace

absl::StatusOr<std::vector<LogFile>> FindLogFiles(const std::string& source) {
  absl::Status unreadable;
  const io::WalkOptions options{.on_error = [&](const std::string&, const absl::Status& why) {
    if (unreadable.ok()) unreadable = why;
  }};
  TELLTALE_ASSIGN_OR_RETURN(
      const auto found, io::Walk(
                            source, [](const std::string& name) { return IsLog(name); }, options));
  TELLTALE_RETURN_IF_ERROR(unreadable);  // a copy that lacks something must not look whole
  std::vector<LogFile> files;
  for (const io::FoundFile& file : found) {
    std::string relative =
        file.directory == "." ? file.name : StrCat(file.directory, "/", file.name);
    if (relative.ends_with(".gz")) relative.resize(relative.size() - 3);
    files.push_back({.path = file.path,
                     .relative = std::move(relative),
                     .kind = file.name.ends_with(formats::wandb::kSuffix) ? LogKind::kWandb
                                                                          : LogKind::kEvents});
  }
  if (files.empty()) {
    return absl::NotFoundError(
        StrCat(source, ": no event files and no .wandb files here or below"));
  }
  absl::flat_hash_map<std::string_view, const LogFile*> copies;
  for (const LogFile& file : files) {
    if (const auto [other, is_new] = copies.emplace(file.relative, &file); !is_new) {
      return absl::FailedPreconditionError(
          StrCat(other->second->path, " and ", file.path, ": copies of both would have one name"));
    }
  }
  return files;
}

}  // namespace telltale::edit
