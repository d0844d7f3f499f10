#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <string>

#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/formats/format.h"
#include "lib/io/byte_source.h"

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

}  // namespace

std::span<const Format* const> AllFormats() { return kFormats; }

const Format* FindFormat(std::string_view id) {
  for (const Format* format : kFormats) {
    if (format->id == id) return format;
  }
  return nullptr;
}

absl::StatusOr<const Format*> Detect(const std::string& path) {
  struct stat info;
  if (::stat(path.c_str(), &info) != 0) return ErrnoStatus(errno, path, "cannot open");
  SniffInput input{.path = path, .directory = S_ISDIR(info.st_mode)};
  std::string head;
  if (!input.directory) {
    TELLTALE_ASSIGN_OR_RETURN(head, ReadHead(path));
    input.head = head;
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
