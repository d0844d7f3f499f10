#include "lib/formats/fit_name.h"

#include <algorithm>

#include "lib/base/text.h"

namespace telltale::formats {

std::string FitText(std::string_view text) {
  std::string fitted = ValidUtf8(text);
  std::replace(fitted.begin(), fitted.end(), '\0', '_');
  return fitted;
}

std::string FitName(std::string_view name, size_t most_bytes) {
  std::string fitted = CutUtf8(FitText(name), most_bytes);
  return fitted.empty() ? "unnamed" : fitted;
}

}  // namespace telltale::formats
