#include "lib/formats/table/run_facts.h"

#include <xxhash.h>

#include <array>
#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>
#include <utility>
#include <variant>

#include "absl/strings/str_format.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/formats/table/cell.h"
#include "lib/io/byte_source.h"
#include "lib/io/read_file.h"

namespace telltale::formats::table {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kSchema = "telltale.table/1";
constexpr const char* kRowField = "telltale.run/1";
constexpr uint64_t kMostFactsBytes = uint64_t{1} << 30;
constexpr std::array<std::string_view, 5> kStatuses = {"unknown", "running", "finished", "failed",
                                                       "killed"};

std::string Dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// NaN and infinities as strings, which typed values are not.
Json NumberJson(double value) {
  return std::isfinite(value) ? Json(value) : Json(FormatNumber(value));
}

double NumberOf(const Json& json) {
  if (json.is_string()) return ParseNumber(json.get<std::string>()).value_or(0);
  return json.is_number() ? json.get<double>() : 0;
}

Json ParamsJson(const std::vector<model::Param>& params) {
  Json list = Json::array();
  for (const model::Param& param : params) {
    Json each = {{"name", param.name}};
    if (const auto* text = std::get_if<std::string>(&param.value)) each["text"] = *text;
    if (const auto* number = std::get_if<double>(&param.value))
      each["number"] = NumberJson(*number);
    if (const auto* truth = std::get_if<bool>(&param.value)) each["truth"] = *truth;
    list.push_back(std::move(each));
  }
  return list;
}

std::string TextOf(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : "";
}

std::vector<model::Param> ParamsOf(const Json& json, const char* key) {
  std::vector<model::Param> params;
  const auto list = json.find(key);
  if (list == json.end() || !list->is_array()) return params;
  for (const Json& each : *list) {
    if (!each.is_object()) continue;
    model::Param param{.name = TextOf(each, "name")};
    if (each.contains("number")) {
      param.value = NumberOf(each["number"]);
    } else if (each.contains("truth") && each["truth"].is_boolean()) {
      param.value = each["truth"].get<bool>();
    } else {
      param.value = TextOf(each, "text");
    }
    params.push_back(std::move(param));
  }
  return params;
}

}  // namespace

std::string RunFactsJson(const model::Run& run) {
  const model::RunInfo& info = run.info;
  Json json = {{"id", info.id},
               {"title", info.title},
               {"project", info.project},
               {"group", info.group},
               {"note", info.note},
               {"status", std::string(kStatuses[static_cast<size_t>(info.status)])},
               {"start_time", NumberJson(info.start_time)},
               {"end_time", NumberJson(info.end_time)}};
  json["params"] = ParamsJson(run.params);
  json["tags"] = ParamsJson(run.tags);
  return Dump(json);
}

absl::Status ApplyRunFacts(std::string_view text, model::Run& run) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) return absl::InvalidArgumentError("no facts of a run");
  run.info = {.id = TextOf(json, "id"),
              .title = TextOf(json, "title"),
              .project = TextOf(json, "project"),
              .group = TextOf(json, "group"),
              .note = TextOf(json, "note")};
  const std::string status = TextOf(json, "status");
  for (size_t i = 0; i < kStatuses.size(); ++i) {
    if (status == kStatuses[i]) run.info.status = static_cast<model::RunStatus>(i);
  }
  if (json.contains("start_time")) run.info.start_time = NumberOf(json["start_time"]);
  if (json.contains("end_time")) run.info.end_time = NumberOf(json["end_time"]);
  run.params = ParamsOf(json, "params");
  run.tags = ParamsOf(json, "tags");
  return absl::OkStatus();
}

std::string RunRow(std::string_view name, const std::string& facts) {
  return Dump(Json{{"run", std::string(name)}, {kRowField, facts}});
}

bool TakeRunRow(const std::vector<JsonField>& row, TableBuilder& builder) {
  const JsonField* facts = FieldOf(row, kRowField);
  const JsonField* run = FieldOf(row, "run");
  if (facts == nullptr || run == nullptr || !facts->text || !run->text) return false;
  return ApplyRunFacts(*facts->text, builder.RunOf(*run->text)).ok();
}

std::string SidecarPath(std::string_view table) { return StrCat(table, ".telltale.json"); }

std::string SidecarText(const Sidecar& sidecar) {
  Json json = {{"schema", std::string(kSchema)}, {"tables", sidecar.tables}};
  Json& runs = json["runs"] = Json::array();
  for (const Sidecar::Run& run : sidecar.runs) {
    runs.push_back({{"name", run.name}, {"facts", run.facts}});
  }
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

absl::StatusOr<Sidecar> ReadSidecar(const std::string& table) {
  const std::string path = SidecarPath(table);
  TELLTALE_ASSIGN_OR_RETURN(const std::string text, io::ReadFile(path, kMostFactsBytes));
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object() || TextOf(json, "schema") != kSchema) {
    return absl::InvalidArgumentError(StrCat(path, ": not of the schema ", kSchema));
  }
  Sidecar sidecar;
  if (const auto tables = json.find("tables"); tables != json.end() && tables->is_array()) {
    for (const Json& each : *tables) {
      if (each.is_string()) sidecar.tables.push_back(each.get<std::string>());
    }
  }
  if (const auto runs = json.find("runs"); runs != json.end() && runs->is_array()) {
    for (const Json& each : *runs) {
      if (each.is_object()) sidecar.runs.push_back({TextOf(each, "name"), TextOf(each, "facts")});
    }
  }
  return sidecar;
}

absl::StatusOr<std::string> HashOfFile(const std::string& path) {
  TELLTALE_ASSIGN_OR_RETURN(const auto source, io::OpenFileAt(path, 0));
  const std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> state(XXH3_createState(),
                                                                       &XXH3_freeState);
  XXH3_64bits_reset(state.get());
  std::vector<char> block(size_t{1} << 18);
  while (true) {
    TELLTALE_ASSIGN_OR_RETURN(const size_t got, source->Read(block.data(), block.size()));
    if (got == 0) break;
    XXH3_64bits_update(state.get(), block.data(), got);
  }
  return absl::StrFormat("%016x", XXH3_64bits_digest(state.get()));
}

}  // namespace telltale::formats::table
