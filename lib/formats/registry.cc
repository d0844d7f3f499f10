#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <string>
#include <vector>

#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/formats/format.h"
#include "lib/io/byte_source.h"
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

absl::StatusOr<std::string> ReadHead(const std::string& path) {
  TELLTALE_ASSIGN_OR_RETURN(const auto source, io::OpenFile(path));
  std::array<char, kHeadBytes> head;
  size_t size = 0;
  while (size < head.size()) {
    const absl::StatusOr<size_t> got = source->Read(head.data() + size, head.size() - size);
    if (!got.ok() || *got == 0) break;  // a broken gzip stream still has a head
    size += *got;
  }
  return std::string(head.data(), size);
}

// A database is opened only where it is one: the head tells.
std::vector<std::string> ReadTables(const std::string& path) {
  if (!io::IsSqlite(ReadHead(path).value_or(""))) return {};
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
      input.head_of = [&path](const std::string& file) {
        return ReadHead(StrCat(path, "/", file)).value_or("");
      };
    } else {
      TELLTALE_ASSIGN_OR_RETURN(head, ReadHead(path));
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
