#include "lib/formats/trackio/metrics.h"

#include <optional>
#include <utility>

#include "lib/base/str.h"
#include "lib/formats/trackio/json_object.h"

namespace telltale::formats::trackio {
namespace {

using simdjson::dom::element;

constexpr size_t kMostDepth = 8;
constexpr size_t kLeftOut = SIZE_MAX;

// A number, a boolean or a word that stands for a number.
std::optional<double> NumberOf(element value) {
  double number = 0;
  if (value.get(number) == simdjson::SUCCESS) return number;
  bool truth = false;
  if (value.get(truth) == simdjson::SUCCESS) return truth ? 1 : 0;
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) return WordValue(text);
  return std::nullopt;
}

}  // namespace

bool MetricsReader::Add(std::string_view json, std::string_view prefix, int64_t step,
                        double wall_time) {
  return AddJson(json, prefix, {.step = step, .wall_time = wall_time});
}

bool MetricsReader::AddNumbered(std::string_view json, std::string_view prefix, double wall_time) {
  return AddJson(json, prefix, {.wall_time = wall_time, .numbered = true});
}

bool MetricsReader::AddJson(std::string_view json, std::string_view prefix, const At& at) {
  simdjson::dom::object object;
  if (!ParseObject(json, shared_.parser, object)) return false;
  std::string tag(prefix);
  AddObject(object, tag, at);
  return true;
}

void MetricsReader::AddObject(simdjson::dom::object object, std::string& tag, const At& at) {
  const size_t size = tag.size();
  for (const auto& [key, value] : object) {
    tag += key;
    AddMember(value, tag, at);
    tag.resize(size);
  }
}

void MetricsReader::AddMember(element value, std::string& tag, const At& at) {
  if (const auto number = NumberOf(value)) return AddPoint(tag, *number, at);
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) return AddText(tag, text, at);
  if (value.is_null()) return;
  simdjson::dom::object object;
  const bool nested = value.get(object) == simdjson::SUCCESS;
  std::string_view type;
  if (nested && object["_type"].get(type) != simdjson::SUCCESS && at.depth < kMostDepth) {
    tag += '/';
    At below = at;
    ++below.depth;
    return AddObject(object, tag, below);
  }
  // "trackio.image", "trackio.table", ...
  AddOpaque(tag, type.empty() ? "json" : type.substr(type.rfind('.') + 1),
            simdjson::minify(value).size());
}

bool MetricsReader::TakeTag() {
  if (shared_.tags_left == 0) {
    shared_.tags_left_out = true;
    return false;
  }
  --shared_.tags_left;
  return true;
}

void MetricsReader::AddPoint(std::string_view tag, double value, const At& at) {
  auto found = series_.find(ToAbsl(tag));
  if (found == series_.end()) {
    if (!TakeTag()) return;
    const bool wanted = !select_ || select_(tag);
    found = series_.emplace(std::string(tag), wanted ? run_.series.size() : kLeftOut).first;
    if (wanted) run_.series.emplace_back().tag = std::string(tag);
  }
  if (found->second == kLeftOut) return;
  model::Series& series = run_.series[found->second];
  series.steps.push_back(at.numbered ? static_cast<int64_t>(series.size()) : at.step);
  series.wall_times.push_back(at.wall_time);
  series.values.push_back(value);
  ++points_;
}

void MetricsReader::AddText(std::string_view tag, std::string_view text, const At& at) {
  if (!texts_.contains(ToAbsl(tag)) && !TakeTag()) return;
  const auto [found, added] = texts_.try_emplace(std::string(tag), run_.texts.size());
  if (added) run_.texts.emplace_back().tag = std::string(tag);
  run_.texts[found->second].points.push_back(
      {.step = at.step, .wall_time = at.wall_time, .strings = {std::string(text)}});
}

void MetricsReader::AddOpaque(std::string_view tag, std::string_view kind, uint64_t bytes) {
  if (!opaque_.contains(ToAbsl(tag)) && !TakeTag()) return;
  const auto [found, added] = opaque_.try_emplace(std::string(tag), run_.opaque.size());
  if (added) {
    model::OpaqueSeries& series = run_.opaque.emplace_back();
    series.tag = std::string(tag);
    series.kind = std::string(kind);
  }
  model::OpaqueSeries& series = run_.opaque[found->second];
  ++series.count;
  series.byte_size += bytes;
}

}  // namespace telltale::formats::trackio
