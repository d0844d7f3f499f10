// Names that a format takes: the nearest to those of the source, each once.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace telltale::convert {

struct NameRules {
  // A name that the format takes, as near to the given one as it gets (formats::Sink::fit_tag).
  std::string (*fit)(std::string_view name) = nullptr;
  // A name must not be the beginning of another at a '/': "loss" and "loss/x" exclude each other.
  bool are_paths = false;
};

// The new names of `names` (which are distinct), in their order, distinct as well. Names that the
// format takes stay as they are before others get near to them; of "loss" and "loss/x" the longer
// one stays. Where two would become one, the later gets "_2", "_3", ... at its end. Depends on the
// names only.
std::vector<std::string> FitNames(const std::vector<std::string>& names, const NameRules& rules);

}  // namespace telltale::convert
