// The user's own rules for tags.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/model/experiment.h"

namespace re2 {
class RE2;
}

namespace telltale::convert {

// Each match of `pattern` (RE2 syntax) in a tag becomes `replacement`, in which \1 to \9 are the
// pattern's groups and \0 is the match.
struct RenameRule {
  std::shared_ptr<const re2::RE2> pattern = {};
  std::string replacement = {};
};

// "PATTERN=REPLACEMENT"; the last '=' divides the two. InvalidArgument says what is wrong.
absl::StatusOr<RenameRule> ParseRename(std::string_view text);

// `name` after all `rules`, one after the other.
std::string Renamed(const std::vector<RenameRule>& rules, std::string_view name);

// Applies `rules` one after the other to all tags of `run`. InvalidArgument when two series, or two
// texts, would have one name then; it names them.
absl::Status RenameTags(const std::vector<RenameRule>& rules, model::Run& run);

}  // namespace telltale::convert
