// Where a record stands in a run: a tag, several tags, or a text.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "absl/container/flat_hash_map.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/convert/json_text.h"
#include "lib/convert/record.h"
#include "lib/convert/texts.h"
#include "lib/model/params.h"

namespace telltale::convert {
namespace {

constexpr std::string_view kFence = "```json\n";
constexpr std::string_view kFenceEnd = "\n```";

std::string PartName(std::string_view base, size_t part) {
  return part == 0 ? std::string(base) : StrCat(base, ".", part + 1);
}

// What people see of the record where it is a text.
std::string Table(const Record& record) {
  std::string out = StrCat("Converted from ", MarkdownCode(record.source), " (", record.from,
                           "), run ", MarkdownCode(record.run), ".\n\n");
  if (record.changes.empty()) return out;
  out += "| what | tag | points | |\n| --- | --- | --- | --- |\n";
  for (const Change& change : record.changes) {
    StrAppend(&out, "| ", ChangeKindName(change.kind), " | ",
              change.tag.empty() ? "" : MarkdownCode(change.tag), " | ", change.count, " | ",
              EscapeMarkdown(change.detail), " |\n");
  }
  return out + "\n";
}

absl::StatusOr<Record> TakeText(model::Run& run) {
  const auto text = std::find_if(run.texts.begin(), run.texts.end(),
                                 [](const auto& each) { return each.tag == kRecordText; });
  if (text == run.texts.end() || text->points.empty() || text->points.back().strings.empty()) {
    return absl::NotFoundError("no record of a conversion");
  }
  const std::string& markdown = text->points.back().strings[0];
  const size_t begin = markdown.find(kFence);
  const size_t end = markdown.rfind(kFenceEnd);
  if (begin == std::string::npos || end == std::string::npos || end < begin + kFence.size()) {
    return absl::InvalidArgumentError("the record of a conversion has lost its JSON");
  }
  const size_t first = begin + kFence.size();
  TELLTALE_ASSIGN_OR_RETURN(Record record,
                            ParseRecord(std::string_view(markdown).substr(first, end - first)));
  run.texts.erase(text);
  return record;
}

}  // namespace

void AddLongTag(std::string_view name, std::string_view ascii, size_t most_bytes, model::Run& run) {
  for (size_t part = 0; part == 0 || !ascii.empty(); ++part) {
    const size_t n = std::min(most_bytes, ascii.size());
    run.tags.push_back({PartName(name, part), std::string(ascii.substr(0, n))});
    ascii.remove_prefix(n);
  }
}

std::optional<std::string> FindLongTag(std::string_view name, const model::Run& run) {
  absl::flat_hash_map<absl::string_view, const std::string*> parts;
  for (const model::Param& tag : run.tags) {
    const auto* text = std::get_if<std::string>(&tag.value);
    if (text != nullptr && tag.name.starts_with(name)) parts.emplace(tag.name, text);
  }
  std::string whole;
  for (size_t part = 0;; ++part) {
    const auto found = parts.find(PartName(name, part));
    if (found == parts.end()) {
      return part == 0 ? std::nullopt : std::optional(std::move(whole));
    }
    whole += *found->second;
  }
}

void RemoveLongTag(std::string_view name, model::Run& run) {
  std::erase_if(run.tags, [&](const model::Param& tag) {
    if (!tag.name.starts_with(name)) return false;
    const std::string_view rest = std::string_view(tag.name).substr(name.size());
    return rest.empty() || (rest.size() > 1 && rest[0] == '.' &&
                            rest.find_first_not_of("0123456789", 1) == std::string_view::npos);
  });
}

void AddRecord(const Record& record, const formats::Capacity& capacity, model::Run& run) {
  if (capacity.tags) {
    AddLongTag(kRecordTag, RecordJson(record), capacity.tag_bytes, run);
  } else if (capacity.texts) {
    run.texts.push_back(
        {.tag = std::string(kRecordText),
         .points = {{.wall_time = run.last_wall_time,
                     .strings = {StrCat(Table(record), kFence, RecordJson(record), kFenceEnd)}}}});
  }
}

absl::StatusOr<Record> TakeRecord(model::Run& run) {
  const std::optional<std::string> json = FindLongTag(kRecordTag, run);
  if (!json.has_value()) return TakeText(run);
  TELLTALE_ASSIGN_OR_RETURN(Record record, ParseRecord(*json));
  RemoveLongTag(kRecordTag, run);
  return record;
}

namespace {

void RestoreSeries(const Record& record, model::Run& run) {
  absl::flat_hash_map<absl::string_view, const SeriesRecord*> series;
  for (const SeriesRecord& each : record.series) series.emplace(each.tag, &each);
  for (model::Series& each : run.series) {
    const auto found = series.find(each.tag);
    if (found == series.end()) continue;
    each.display_name = found->second->display_name;
    each.description = found->second->description;
    each.float32 = found->second->float32;
    each.tag = found->second->name;
  }
}

void RestoreOthers(const Record& record, model::Run& run) {
  absl::flat_hash_map<absl::string_view, const SeriesRecord*> others;
  for (const SeriesRecord& each : record.others) others.emplace(each.tag, &each);
  const auto rename = [&](auto& each) {
    const auto found = others.find(each.tag);
    if (found != others.end()) each.tag = found->second->name;
  };
  std::for_each(run.texts.begin(), run.texts.end(), rename);
  std::for_each(run.opaque.begin(), run.opaque.end(), rename);
}

void RestoreParams(const Record& record, model::Run& run) {
  absl::flat_hash_map<absl::string_view, const model::ParamValue*> params;
  for (const model::Param& each : record.params) params.emplace(each.name, &each.value);
  for (model::Param& each : run.params) {
    const auto found = params.find(each.name);
    // Where somebody has changed it since, what stands there now holds.
    if (found == params.end() || model::ParamText(each.value) != model::ParamText(*found->second))
      continue;
    each.value = *found->second;
  }
}

// What the target says for itself is newer than the record.
void RestoreInfo(const model::RunInfo& recorded, model::RunInfo& info) {
  const auto fill = [](const std::string& from, std::string& to) {
    if (to.empty()) to = from;
  };
  info.id = recorded.id;
  fill(recorded.title, info.title);
  fill(recorded.project, info.project);
  fill(recorded.group, info.group);
  fill(recorded.note, info.note);
  if (info.status == model::RunStatus::kUnknown) info.status = recorded.status;
  if (info.start_time == 0) info.start_time = recorded.start_time;
  if (info.end_time == 0) info.end_time = recorded.end_time;
}

}  // namespace

void Restore(const Record& record, model::Run& run) {
  RestoreSeries(record, run);
  TakeTexts(run);
  RestoreOthers(record, run);
  RestoreParams(record, run);
  run.tags.insert(run.tags.begin(), record.tags.begin(), record.tags.end());
  RestoreInfo(record.info, run.info);
}

}  // namespace telltale::convert
