#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <variant>

#include "absl/strings/escaping.h"
#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/base/version.h"
#include "lib/convert/json_text.h"
#include "lib/convert/record.h"

namespace telltale::convert {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kSchema = "telltale.conversion/1";

struct StatusWord {
  model::RunStatus status;
  const char* word;
};
constexpr StatusWord kStatusWords[] = {{model::RunStatus::kRunning, "running"},
                                       {model::RunStatus::kFinished, "finished"},
                                       {model::RunStatus::kFailed, "failed"},
                                       {model::RunStatus::kKilled, "killed"}};

Json StatusJson(model::RunStatus status) {
  for (const StatusWord& each : kStatusWords) {
    if (each.status == status) return each.word;
  }
  return nullptr;
}

model::RunStatus StatusOf(const Json& json) {
  for (const StatusWord& each : kStatusWords) {
    if (json == each.word) return each.status;
  }
  return model::RunStatus::kUnknown;
}

Json SeriesJson(const SeriesRecord& series) {
  Json json;
  json["tag"] = TextJson(series.tag);
  if (series.name != series.tag) json["name"] = TextJson(series.name);
  if (!series.original.empty() && series.original != series.name) {
    json["original"] = TextJson(series.original);
  }
  if (!series.display_name.empty()) json["display_name"] = TextJson(series.display_name);
  if (!series.description.empty()) json["description"] = TextJson(series.description);
  if (!series.axis.empty()) json["axis"] = TextJson(series.axis);
  if (series.float32) json["float32"] = true;
  return json;
}

SeriesRecord SeriesOf(const Json& json) {
  SeriesRecord series;
  series.tag = TextOf(json.at("tag"));
  series.name = json.contains("name") ? TextOf(json.at("name")) : series.tag;
  const auto text = [&](const char* key) {
    return json.contains(key) ? TextOf(json.at(key)) : std::string();
  };
  series.original = json.contains("original") ? TextOf(json.at("original")) : series.name;
  series.display_name = text("display_name");
  series.description = text("description");
  series.axis = text("axis");
  series.float32 = json.value("float32", false);
  return series;
}

Json ParamsJson(const std::vector<model::Param>& params) {
  Json json = Json::array();
  for (const model::Param& param : params)
    json.push_back({TextJson(param.name), ValueJson(param.value)});
  return json;
}

std::vector<model::Param> ParamsOf(const Json& json) {
  std::vector<model::Param> params;
  for (const Json& each : json) params.push_back({TextOf(each.at(0)), ValueOf(each.at(1))});
  return params;
}

Json InfoJson(const model::RunInfo& info) {
  Json json;
  json["id"] = TextJson(info.id);
  json["title"] = TextJson(info.title);
  json["project"] = TextJson(info.project);
  json["group"] = TextJson(info.group);
  json["note"] = TextJson(info.note);
  json["status"] = StatusJson(info.status);
  json["start_time"] = NumberJson(info.start_time);
  json["end_time"] = NumberJson(info.end_time);
  return json;
}

model::RunInfo InfoOf(const Json& json) {
  return {.id = TextOf(json.at("id")),
          .title = TextOf(json.at("title")),
          .project = TextOf(json.at("project")),
          .group = TextOf(json.at("group")),
          .note = TextOf(json.at("note")),
          .status = StatusOf(json.at("status")),
          .start_time = NumberOf(json.at("start_time")),
          .end_time = NumberOf(json.at("end_time"))};
}

Json ChangesJson(const Changes& changes) {
  Json json = Json::array();
  for (const Change& change : changes) {
    // What was renamed stands in the list of series already.
    if (change.kind == ChangeKind::kRenamedTag) continue;
    json.push_back({{"kind", ChangeKindName(change.kind)},
                    {"tag", TextJson(change.tag)},
                    {"count", change.count},
                    {"detail", TextJson(change.detail)},
                    {"lost", change.lost}});
  }
  return json;
}

template <typename T, typename F>
Json ListJson(const std::vector<T>& items, F to_json) {
  Json json = Json::array();
  for (const T& item : items) json.push_back(to_json(item));
  return json;
}

Record RecordOf(const Json& json) {
  Record record;
  record.from = TextOf(json.at("from"));
  record.source = TextOf(json.at("source"));
  record.run = TextOf(json.at("run"));
  for (const Json& each : json.at("series")) record.series.push_back(SeriesOf(each));
  for (const Json& each : json.at("others")) record.others.push_back(SeriesOf(each));
  record.params = ParamsOf(json.at("params"));
  record.tags = ParamsOf(json.at("tags"));
  record.info = InfoOf(json.at("info"));
  return record;
}

}  // namespace

std::string RecordJson(const Record& record) {
  Json json;
  json["schema"] = kSchema;
  json["version"] = Version();
  json["from"] = TextJson(record.from);
  json["source"] = TextJson(record.source);
  json["run"] = TextJson(record.run);
  json["info"] = InfoJson(record.info);
  json["series"] = ListJson(record.series, SeriesJson);
  json["others"] = ListJson(record.others, SeriesJson);
  json["params"] = ParamsJson(record.params);
  json["tags"] = ParamsJson(record.tags);
  json["changes"] = ChangesJson(record.changes);
  return AsciiJson(json);
}

absl::StatusOr<Record> ParseRecord(std::string_view text) {
  if (!IsShallowJson(text)) return absl::InvalidArgumentError("nested too deeply for a record");
  try {
    const Json json = Json::parse(text);
    if (json.at("schema") != kSchema) {
      return absl::InvalidArgumentError(
          StrCat("schema ", Printable(json.at("schema").dump()), " is not ", kSchema));
    }
    return RecordOf(json);
  } catch (const Json::exception& e) {
    return absl::InvalidArgumentError(e.what());
  }
}

}  // namespace telltale::convert
