#include "lib/edit/tag_edits.h"

#include <algorithm>
#include <utility>

#include "lib/base/str.h"
#include "lib/base/text.h"

namespace telltale::edit {
namespace {

bool AnyMatches(const std::vector<Pattern>& patterns, PatternOf of, std::string_view name) {
  return std::any_of(patterns.begin(), patterns.end(), [&](const Pattern& pattern) {
    return pattern.of() == of && pattern.Matches(name);
  });
}

bool AnyOf(const std::vector<Pattern>& patterns, PatternOf of) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [of](const Pattern& pattern) { return pattern.of() == of; });
}

bool AnyOfTags(const std::vector<Pattern>& patterns) {
  return AnyOf(patterns, PatternOf::kTag) || AnyOf(patterns, PatternOf::kPlugin);
}

// The plugin that shows a value without metadata, as TensorBoard's data_compat has it.
std::string_view PluginOfKind(const proto::Summary::Value& value) {
  switch (value.value_case()) {
    case proto::Summary::Value::kSimpleValue:
      return "scalars";
    case proto::Summary::Value::kImage:
      return "images";
    case proto::Summary::Value::kAudio:
      return "audio";
    case proto::Summary::Value::kHisto:
    case proto::Summary::Value::kObsoleteOldStyleHistogram:
      return "histograms";
    default:
      return "";
  }
}

}  // namespace

bool KeepsRun(const EditOptions& options, std::string_view run) {
  if (AnyOf(options.keep, PatternOf::kRun) && !AnyMatches(options.keep, PatternOf::kRun, run)) {
    return false;
  }
  return !AnyMatches(options.drop, PatternOf::kRun, run);
}

TagEdits::TagEdits(const EditOptions& options, std::string run)
    : options_(options), run_(std::move(run)) {
  all_moved_ =
      !AnyOf(options.only, PatternOf::kRun) || AnyMatches(options.only, PatternOf::kRun, run_);
}

bool TagEdits::Keeps(std::string_view tag, std::string_view plugin) const {
  if (options_.slim && plugin != "scalars" && plugin != "text") return false;
  if (AnyOfTags(options_.keep) && !AnyMatches(options_.keep, PatternOf::kTag, tag) &&
      !AnyMatches(options_.keep, PatternOf::kPlugin, plugin)) {
    return false;
  }
  return !AnyMatches(options_.drop, PatternOf::kTag, tag) &&
         !AnyMatches(options_.drop, PatternOf::kPlugin, plugin);
}

bool TagEdits::KeepsPlugin(std::string_view plugin) const {
  if (options_.slim) return false;
  if (AnyOfTags(options_.keep) && !AnyMatches(options_.keep, PatternOf::kPlugin, plugin)) {
    return false;
  }
  return !AnyMatches(options_.drop, PatternOf::kPlugin, plugin);
}

absl::StatusOr<TagEdit*> TagEdits::OfScalar(std::string_view tag) {
  const auto found = tags_.find(ToAbsl(tag));
  return found != tags_.end() ? &found->second : Add(tag, "scalars");
}

absl::StatusOr<TagEdit*> TagEdits::Of(const proto::Summary::Value& value) {
  const auto found = tags_.find(value.tag());
  if (found != tags_.end()) {
    TagEdit& edit = found->second;
    if (edit.metadata.empty() && value.has_metadata() && edit.keep) {
      edit.metadata = value.metadata().SerializeAsString();
    }
    return &edit;
  }
  const std::string& named = value.metadata().plugin_data().plugin_name();
  auto added = Add(value.tag(), named.empty() ? PluginOfKind(value) : std::string_view(named));
  if (added.ok() && (*added)->keep && value.has_metadata()) {
    (*added)->metadata = value.metadata().SerializeAsString();
  }
  return added;
}

absl::StatusOr<TagEdit*> TagEdits::Add(std::string_view tag, std::string_view plugin) {
  TagEdit edit{.name = convert::Renamed(options_.rename_tags, tag), .keep = Keeps(tag, plugin)};
  edit.renamed = edit.name != tag;
  edit.moved =
      all_moved_ && (!AnyOfTags(options_.only) || AnyMatches(options_.only, PatternOf::kTag, tag) ||
                     AnyMatches(options_.only, PatternOf::kPlugin, plugin));
  if (edit.keep) {
    const auto [other, is_new] = names_.emplace(edit.name, tag);
    if (!is_new) {
      return absl::InvalidArgumentError(
          StrCat("run ", Printable(run_), ": '", Printable(other->second), "' and '",
                 Printable(tag), "' would have the same name, '", Printable(edit.name), "'"));
    }
  }
  return &tags_.emplace(std::string(tag), std::move(edit)).first->second;
}

}  // namespace telltale::edit
