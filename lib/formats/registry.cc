#include <sys/stat.h>

#include <cerrno>
#include <cstddef>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/formats/format.h"
#include "lib/io/read_file.h"
#include "lib/io/sqlite.h"
#include "lib/io/walk.h"

namespace telltale::formats {

// The build writes one line X(name) for each lib/formats/<name>/<name>_format.cc, sorted.
#define X(name) extern const Format name##_format;
#include "lib/formats/format_list.inc"
#undef X

namespace {

constexpr const Format* kFormats[] = {
#define X(name) &name##_format,
#include "lib/formats/format_list.inc"
#undef X
};

constexpr size_t kHeadBytes = 4096;
constexpr size_t kMostTables = 256;
constexpr size_t kMostLevels = 8;  // of directories that are looked into

// A database is opened only where it is one: the head tells.
std::vector<std::string> ReadTables(const std::string& path) {
  if (!io::IsSqlite(io::ReadHead(path, kHeadBytes).value_or(""))) return {};
  const auto database = io::SqliteDatabase::Open(path, io::SqliteDatabase::Mode::kRead);
  if (!database.ok()) return {};
  return database->Tables(kMostTables).value_or(std::vector<std::string>());
}

bool IsAddress(std::string_view path) {
  return path.starts_with("http://") || path.starts_with("https://");
}

}  // namespace

std::span<const Format* const> AllFormats() { return kFormats; }

const Format* FindFormat(std::string_view id) {
  for (const Format* format : kFormats) {
    if (format->id == id) return format;
  }
  return nullptr;
}

absl::StatusOr<const Format*> Detect(const std::string& path) {
  SniffInput input{.path = path};
  std::string head;
  std::vector<std::string> files;
  absl::flat_hash_map<std::string, std::string> heads;  // of `files`
  if (!IsAddress(path)) {
    input.tables_of = [&path](const std::string& file) {
      return ReadTables(file.empty() ? path : StrCat(path, "/", file));
    };
    struct stat info;
    if (::stat(path.c_str(), &info) != 0) return ErrnoStatus(errno, path, "cannot open");
    input.directory = S_ISDIR(info.st_mode);
    if (input.directory) {
      files = io::ListNearest(path, kMostSniffed, kMostLevels);
      input.files = files;
      // Several formats look into the same files.
      input.head_of = [&path, &heads](const std::string& file) {
        const auto [it, is_new] = heads.try_emplace(file);
        if (is_new) it->second = io::ReadHead(StrCat(path, "/", file), kHeadBytes).value_or("");
        return it->second;
      };
    } else {
      TELLTALE_ASSIGN_OR_RETURN(head, io::ReadHead(path, kHeadBytes));
      input.head = head;
    }
  }
  const Format* yes = nullptr;
  const Format* maybe = nullptr;
  for (const Format* format : kFormats) {
    switch (format->sniff(input)) {
      case Claim::kYes:
        if (yes != nullptr) {
          return absl::FailedPreconditionError(
              StrCat(path, ": could be ", yes->id, " or ", format->id, "; say which with --from"));
        }
        yes = format;
        break;
      case Claim::kMaybe:
        if (maybe == nullptr) maybe = format;
        break;
      case Claim::kNo:
        break;
    }
  }
  if (yes != nullptr) return yes;
  if (maybe != nullptr) return maybe;
  return absl::NotFoundError(StrCat(path, ": no known format; say which with --from"));
}

}  // namespace telltale::formats
