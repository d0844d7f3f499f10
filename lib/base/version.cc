#include "lib/base/version.h"

namespace telltale {

std::string_view Version() {
  return
#include "lib/base/version.inc"
      ;
}

}  // namespace telltale
