#include "lib/convert/texts.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "lib/base/str.h"
#include "lib/convert/json_text.h"
#include "lib/convert/record.h"

namespace telltale::convert {
namespace {

using Json = nlohmann::ordered_json;

// A tracker's page lists all tags of a run: what would fill hundreds of them is left out.
constexpr size_t kMostBytes = size_t{1} << 20;

Json PointJson(const model::TextPoint& point) {
  Json strings = Json::array();
  for (const std::string& each : point.strings) strings.push_back(TextJson(each));
  Json json;
  json["step"] = point.step;
  json["wall_time"] = NumberJson(point.wall_time);
  json["strings"] = std::move(strings);
  if (!point.shape.empty()) json["shape"] = point.shape;
  return json;
}

model::TextPoint PointOf(const Json& json) {
  model::TextPoint point;
  point.step = json.at("step").get<int64_t>();
  point.wall_time = NumberOf(json.at("wall_time"));
  for (const Json& each : json.at("strings")) point.strings.push_back(TextOf(each));
  if (json.contains("shape")) point.shape = json.at("shape").get<std::vector<int64_t>>();
  return point;
}

model::TextSeries TextSeriesOf(const Json& json) {
  model::TextSeries series{.tag = TextOf(json.at("tag"))};
  for (const Json& each : json.at("points")) series.points.push_back(PointOf(each));
  return series;
}

}  // namespace

void PutTextsIntoTags(const formats::Capacity& capacity, model::Run& run, Changes& changes) {
  Json texts = Json::array();
  size_t bytes = 0;
  for (const model::TextSeries& series : run.texts) {
    Json points = Json::array();
    uint64_t dropped = 0;
    for (const model::TextPoint& point : series.points) {
      Json json = PointJson(point);
      const size_t size = AsciiJson(json).size();
      if (bytes + size > kMostBytes) {
        ++dropped;
        continue;
      }
      bytes += size;
      points.push_back(std::move(json));
    }
    if (points.size() > 0) {
      changes.push_back({.kind = ChangeKind::kTexts,
                         .tag = series.tag,
                         .count = points.size(),
                         .detail = StrCat("kept in the tag ", kTextsTag)});
      texts.push_back({{"tag", TextJson(series.tag)}, {"points", std::move(points)}});
    }
    if (dropped > 0) {
      changes.push_back({.kind = ChangeKind::kTexts,
                         .tag = series.tag,
                         .count = dropped,
                         .detail = "too long for tags, left out",
                         .lost = true});
    }
  }
  if (!texts.empty()) AddLongTag(kTextsTag, AsciiJson(texts), capacity.tag_bytes, run);
  run.texts.clear();
}

void TakeTexts(model::Run& run) {
  const std::optional<std::string> text = FindLongTag(kTextsTag, run);
  if (!text.has_value() || !IsShallowJson(*text)) return;
  std::vector<model::TextSeries> taken;
  try {
    for (const Json& each : Json::parse(*text)) taken.push_back(TextSeriesOf(each));
  } catch (const Json::exception&) {
    return;
  }
  RemoveLongTag(kTextsTag, run);
  for (model::TextSeries& each : taken) {
    const bool is_new = std::none_of(run.texts.begin(), run.texts.end(),
                                     [&](const auto& other) { return other.tag == each.tag; });
    if (is_new) run.texts.push_back(std::move(each));
  }
}

}  // namespace telltale::convert
