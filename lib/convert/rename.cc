#include "lib/convert/rename.h"

#include <re2/re2.h>

#include "absl/container/flat_hash_map.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/base/text.h"

namespace telltale::convert {
namespace {

template <typename Tagged>
absl::Status RenameAll(const std::vector<RenameRule>& rules, const std::string& run,
                       std::vector<Tagged>& all) {
  absl::flat_hash_map<std::string, std::string> before;  // new name -> old name
  for (Tagged& each : all) {
    std::string renamed = Renamed(rules, each.tag);
    const auto [other, is_new] = before.emplace(renamed, each.tag);
    if (!is_new) {
      return absl::InvalidArgumentError(
          StrCat("--rename gives '", Printable(other->second), "' and '", Printable(each.tag),
                 "' of run ", Printable(run), " the same name, '", Printable(renamed), "'"));
    }
    each.tag = std::move(renamed);
  }
  return absl::OkStatus();
}

}  // namespace

std::string Renamed(const std::vector<RenameRule>& rules, std::string_view name) {
  std::string renamed(name);
  for (const RenameRule& rule : rules) {
    re2::RE2::GlobalReplace(&renamed, *rule.pattern, rule.replacement);
  }
  return renamed;
}

absl::StatusOr<RenameRule> ParseRename(std::string_view text) {
  const size_t equals = text.rfind('=');
  if (equals == std::string_view::npos || equals == 0) {
    return absl::InvalidArgumentError(
        StrCat("it is PATTERN=REPLACEMENT, as in '^val_(.*)=validation/\\1', not '",
               Printable(text), "'"));
  }
  const std::string pattern(text.substr(0, equals));
  RenameRule rule{.pattern = std::make_shared<const re2::RE2>(pattern, re2::RE2::Quiet),
                  .replacement = std::string(text.substr(equals + 1))};
  std::string why;
  if (!rule.pattern->ok()) {
    return absl::InvalidArgumentError(
        StrCat("'", Printable(pattern), "': ", Printable(rule.pattern->error())));
  }
  if (!rule.pattern->CheckRewriteString(rule.replacement, &why)) {
    return absl::InvalidArgumentError(
        StrCat("'", Printable(rule.replacement), "': ", Printable(why)));
  }
  return rule;
}

absl::Status RenameTags(const std::vector<RenameRule>& rules, model::Run& run) {
  if (rules.empty()) return absl::OkStatus();
  TELLTALE_RETURN_IF_ERROR(RenameAll(rules, run.name, run.series));
  TELLTALE_RETURN_IF_ERROR(RenameAll(rules, run.name, run.texts));
  // Opaque values of several kinds may share a tag.
  for (model::OpaqueSeries& each : run.opaque) each.tag = Renamed(rules, each.tag);
  return absl::OkStatus();
}

}  // namespace telltale::convert
