#include "lib/base/status_util.h"

#include <string>

#include "lib/base/str.h"

namespace telltale {

absl::Status ErrnoStatus(int error_number, std::string_view path, std::string_view doing) {
  return absl::ErrnoToStatus(error_number, StrCat(path, ": ", doing));
}

absl::Status DataError(std::string_view path, uint64_t offset, std::string_view cause) {
  return absl::DataLossError(StrCat(path, ": at byte ", offset, ": ", cause));
}

}  // namespace telltale
