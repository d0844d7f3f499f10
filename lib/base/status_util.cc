#include "lib/base/status_util.h"

#include <string>

<<<<<<< HEAD
#include "lib/base/strings.h"
=======
#include "lib/base/str.h"
>>>>>>> 5dad06d (Bridge the two string_views; generate Protobuf code with plain custom commands)

namespace telltale {

absl::Status ErrnoStatus(int error_number, std::string_view path, std::string_view doing) {
<<<<<<< HEAD
  return absl::ErrnoToStatus(error_number, Concat(path, ": ", doing));
}

absl::Status DataError(std::string_view path, uint64_t offset, std::string_view cause) {
  return absl::DataLossError(Concat(path, ": at byte ", offset, ": ", cause));
=======
  return absl::ErrnoToStatus(error_number, StrCat(path, ": ", doing));
}

absl::Status DataError(std::string_view path, uint64_t offset, std::string_view cause) {
  return absl::DataLossError(StrCat(path, ": at byte ", offset, ": ", cause));
>>>>>>> 5dad06d (Bridge the two string_views; generate Protobuf code with plain custom commands)
}

}  // namespace telltale
