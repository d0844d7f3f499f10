// Which tags, runs or plugins an edit is about.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace re2 {
class RE2;
}

namespace telltale::edit {

enum class PatternOf : uint8_t { kTag, kRun, kPlugin };

// "GLOB", which covers a whole name, or "/REGEX/" (RE2), which is looked for in it. It is of tags,
// or behind "run:" or "plugin:" of those; "tag:" may stand before a tag that looks like one of
// them.
class Pattern {
 public:
  // InvalidArgument says what is wrong.
  static absl::StatusOr<Pattern> Parse(std::string_view text);

  PatternOf of() const { return of_; }
  bool Matches(std::string_view name) const;

 private:
  PatternOf of_ = PatternOf::kTag;
  std::string glob_;
  std::shared_ptr<const re2::RE2> regex_;  // null where it is a glob
};

}  // namespace telltale::edit
