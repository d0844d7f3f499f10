#include "lib/io/read_file.h"

#include <algorithm>

#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/io/byte_source.h"

namespace telltale::io {

absl::StatusOr<std::string> ReadFile(const std::string& path, uint64_t most) {
  TELLTALE_ASSIGN_OR_RETURN(const auto source, OpenFile(path));
  std::string text;
  constexpr size_t kBlock = 64 << 10;
  while (true) {
    const size_t size = text.size();
    const uint64_t left = source->Remaining().value_or(kBlock);
    text.resize(size + std::clamp<uint64_t>(left, 1, 16 * kBlock));
    TELLTALE_ASSIGN_OR_RETURN(const size_t got,
                              source->Read(text.data() + size, text.size() - size));
    text.resize(size + got);
    if (got == 0) return text;
    if (text.size() > most) {
      return absl::ResourceExhaustedError(StrCat(path, ": longer than ", most, " bytes"));
    }
  }
}

absl::StatusOr<std::string> ReadHead(const std::string& path, size_t most) {
  TELLTALE_ASSIGN_OR_RETURN(const auto source, OpenFile(path));
  std::string head(most, '\0');
  size_t size = 0;
  while (size < head.size()) {
    const absl::StatusOr<size_t> got = source->Read(head.data() + size, head.size() - size);
    if (!got.ok() || *got == 0) break;  // a broken gzip stream still has a head
    size += *got;
  }
  head.resize(size);
  return head;
}

}  // namespace telltale::io
