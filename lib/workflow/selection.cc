#include "lib/workflow/selection.h"

#include <re2/re2.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/base/text.h"

namespace telltale::workflow {
namespace {

using Patterns = std::vector<std::shared_ptr<const re2::RE2>>;

absl::StatusOr<Patterns> Compile(const std::vector<std::string>& texts, std::string_view name) {
  Patterns patterns;
  for (const std::string& text : texts) {
    auto pattern = std::make_shared<const re2::RE2>(text, re2::RE2::Quiet);
    if (!pattern->ok()) {
      return absl::InvalidArgumentError(
          StrCat(name, " '", Printable(text), "': ", Printable(pattern->error())));
    }
    patterns.push_back(std::move(pattern));
  }
  return patterns;
}

bool Matches(const Patterns& patterns, const std::string& run, const std::string& tag) {
  const std::string both = StrCat(run, ":", tag);
  return std::any_of(patterns.begin(), patterns.end(), [&](const auto& pattern) {
    return re2::RE2::PartialMatch(run, *pattern) || re2::RE2::PartialMatch(tag, *pattern) ||
           re2::RE2::PartialMatch(both, *pattern);
  });
}

}  // namespace

absl::StatusOr<Selection> MakeSelection(const std::vector<std::string>& include,
                                        const std::vector<std::string>& exclude) {
  TELLTALE_ASSIGN_OR_RETURN(auto wanted, Compile(include, "include"));
  TELLTALE_ASSIGN_OR_RETURN(auto unwanted, Compile(exclude, "exclude"));
  if (wanted.empty() && unwanted.empty()) return Selection();
  return [wanted, unwanted](std::string_view run_name, std::string_view tag_name) {
    const std::string run(run_name);
    const std::string tag(tag_name);
    return (wanted.empty() || Matches(wanted, run, tag)) && !Matches(unwanted, run, tag);
  };
}

}  // namespace telltale::workflow
