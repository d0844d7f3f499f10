#include "lib/edit/pattern.h"

#include <re2/re2.h>

#include <utility>

#include "lib/base/glob.h"
#include "lib/base/str.h"
#include "lib/base/text.h"

namespace telltale::edit {
namespace {

constexpr std::pair<std::string_view, PatternOf> kPrefixes[] = {
    {"tag:", PatternOf::kTag}, {"run:", PatternOf::kRun}, {"plugin:", PatternOf::kPlugin}};

}  // namespace

absl::StatusOr<Pattern> Pattern::Parse(std::string_view text) {
  Pattern pattern;
  for (const auto& [prefix, of] : kPrefixes) {
    if (!text.starts_with(prefix)) continue;
    pattern.of_ = of;
    text.remove_prefix(prefix.size());
    break;
  }
  if (text.empty()) return absl::InvalidArgumentError("the pattern is empty");
  if (text.size() < 2 || text.front() != '/' || text.back() != '/') {
    pattern.glob_ = std::string(text);
    return pattern;
  }
  const std::string regex(text.substr(1, text.size() - 2));
  pattern.regex_ = std::make_shared<const re2::RE2>(regex, re2::RE2::Quiet);
  if (!pattern.regex_->ok()) {
    return absl::InvalidArgumentError(
        StrCat("'", Printable(regex), "': ", Printable(pattern.regex_->error())));
  }
  return pattern;
}

bool Pattern::Matches(std::string_view name) const {
  if (regex_ == nullptr) return GlobMatches(glob_, name);
  return re2::RE2::PartialMatch(re2::StringPiece(name.data(), name.size()), *regex_);
}

}  // namespace telltale::edit
