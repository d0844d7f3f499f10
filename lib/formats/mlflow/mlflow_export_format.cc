// What mlflow-export-import writes: a run.json a run, beside or below an experiment.json
// (docs/formats/mlflow.md).

#include <cmath>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/formats/format.h"
#include "lib/formats/mlflow/file_store.h"
#include "lib/formats/mlflow/names.h"
#include "lib/formats/mlflow/run_builder.h"
#include "lib/io/read_file.h"
#include "lib/io/walk.h"
#include "lib/records/json_words.h"

namespace telltale::formats {
namespace mlflow {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kRunFile = "run.json";
constexpr std::string_view kExperimentFile = "experiment.json";
constexpr uint64_t kMostBytes = uint64_t{1} << 30;

std::string_view Basename(std::string_view path) { return path.substr(path.rfind('/') + 1); }

bool IsExport(std::string_view path, std::string_view head) {
  if (Basename(path) != kRunFile || head.find("\"info\"") == std::string_view::npos) return false;
  return head.find("\"mlflow\"") != std::string_view::npos ||
         head.find("\"export_info\"") != std::string_view::npos;
}

Claim SniffExport(const SniffInput& input) {
  if (!input.directory) return IsExport(input.path, input.head) ? Claim::kYes : Claim::kNo;
  for (const std::string& file : input.files) {
    if (Basename(file) == kRunFile && IsExport(file, input.head_of(file))) return Claim::kYes;
  }
  return Claim::kNo;
}

// The object in `path`; newer versions put it below "mlflow", older ones at the top.
absl::StatusOr<Json> ReadJson(const std::string& path) {
  TELLTALE_ASSIGN_OR_RETURN(const std::string text, io::ReadFile(path, kMostBytes));
  Json json = Json::parse(records::QuoteJsonWords(text), nullptr, false);
  if (json.is_discarded()) {
    return absl::InvalidArgumentError(StrCat(path, ": no JSON, or cut off"));
  }
  if (json.is_object() && json.contains("mlflow")) json = Json(json["mlflow"]);
  if (!json.is_object()) return absl::InvalidArgumentError(StrCat(path, ": no JSON object"));
  return json;
}

// The member `key`; null where there is none.
const Json& Member(const Json& json, const char* key) {
  static const Json kNone;
  if (!json.is_object()) return kNone;
  const auto found = json.find(key);
  return found == json.end() ? kNone : *found;
}

std::string Text(const Json& json) {
  if (json.is_null()) return "";
  if (json.is_string()) return json.get<std::string>();
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<int64_t> Integer(const Json& json) {
  if (json.is_number_unsigned() && json.get<uint64_t>() > uint64_t{INT64_MAX}) return std::nullopt;
  if (json.is_number_integer()) return json.get<int64_t>();
  return std::nullopt;
}

std::optional<double> Number(const Json& json) {
  if (json.is_string()) {
    const std::string text = json.get<std::string>();
    if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
    if (text == "Infinity") return std::numeric_limits<double>::infinity();
    if (text == "-Infinity") return -std::numeric_limits<double>::infinity();
    return std::nullopt;
  }
  if (!json.is_number()) return std::nullopt;
  const double value = json.get<double>();
  // How MLflow's database hands out infinities.
  if (std::abs(value) == std::numeric_limits<double>::max()) {
    return std::copysign(std::numeric_limits<double>::infinity(), value);
  }
  return value;
}

// One point of a metric; false where it is none. The first exporters wrote the last value alone.
bool AddPoint(const Json& json, model::Series& series) {
  const bool bare = !json.is_object();
  const std::optional<double> value = Number(bare ? json : Member(json, "value"));
  const Json& step_field = Member(json, "step");
  const std::optional<int64_t> step =
      step_field.is_null() ? static_cast<int64_t>(series.size()) : Integer(step_field);
  const Json& time_field = Member(json, "timestamp");
  const std::optional<int64_t> time = time_field.is_null() ? 0 : Integer(time_field);
  if (!value || !step || !time) return false;
  series.steps.push_back(*step);
  series.wall_times.push_back(Seconds(*time));
  series.values.push_back(*value);
  return true;
}

void ReadMetrics(const Json& metrics, const io::FoundFile& file, const ReadOptions& options,
                 model::Run& run, std::vector<Problem>& problems) {
  if (!metrics.is_object()) return;
  for (const auto& [key, points] : metrics.items()) {
    if (options.select && !options.select(LabelOf(run), key)) continue;
    model::Series series;
    series.tag = key;
    uint64_t lost = 0;
    if (points.is_array()) {
      for (const Json& point : points) lost += AddPoint(point, series) ? 0 : 1;
    } else {
      lost += AddPoint(points, series) ? 0 : 1;
    }
    if (lost > 0) {
      problems.push_back({.path = file.path,
                          .kind = ProblemKind::kUnparsable,
                          .message = StrCat("metric ", key, ": ", lost, " points are no points"),
                          .records_lost = lost});
    }
    if (series.size() > 0) run.series.push_back(std::move(series));
  }
}

std::string ExperimentName(const std::filesystem::path& run_directory) {
  for (const auto& directory : {run_directory, run_directory / ".."}) {
    const auto json = ReadJson((directory / kExperimentFile).string());
    if (!json.ok()) continue;
    const Json& inner = Member(*json, "experiment");
    return Text(Member(inner.is_object() ? inner : *json, "name"));
  }
  return "";
}

void ReadRun(const io::FoundFile& file, const ReadOptions& options, model::Experiment& out) {
  const auto json = ReadJson(file.path);
  const Json info = json.ok() ? Member(*json, "info") : Json();
  if (!json.ok() || !info.is_object()) {
    out.problems.push_back(
        {.path = file.path,
         .kind = ProblemKind::kUnparsable,
         .message = json.ok() ? "no \"info\" of a run" : std::string(json.status().message())});
    return;
  }
  model::Run run;
  const auto directory = std::filesystem::path(file.path).parent_path();
  run.path = file.path;
  run.files.push_back({.path = file.path, .bytes = file.bytes, .records = 1});
  for (const char* key : {"run_uuid", "run-id", "run_id"}) {
    if (info.contains(key)) run.info.id = Text(info[key]);
  }
  run.info.title = Text(Member(info, "run_name"));
  run.info.project = ExperimentName(directory);
  run.info.status = StatusOf(Text(Member(info, "status")));
  run.info.start_time = Seconds(Integer(Member(info, "start_time")).value_or(0));
  run.info.end_time = Seconds(Integer(Member(info, "end_time")).value_or(0));
  const Json& tags = Member(*json, "tags");
  if (tags.is_object()) {
    for (const auto& [key, value] : tags.items()) AddTag(key, Text(value), run);
  }
  const Json& params = Member(*json, "params");
  if (params.is_object()) {
    for (const auto& [key, value] : params.items()) run.params.push_back({key, Text(value)});
  }
  ReadMetrics(Member(*json, "metrics"), file, options, run, out.problems);
  out.runs.push_back(std::move(run));
}

absl::StatusOr<model::Experiment> ReadExport(const std::string& path, const ReadOptions& options) {
  model::Experiment experiment{.format = "mlflow-export", .path = path};
  const io::WalkOptions walk{.on_error = [&](const std::string& where, const absl::Status& why) {
    experiment.problems.push_back({.path = where,
                                   .kind = ProblemKind::kUnreadableFile,
                                   .message = std::string(why.message())});
  }};
  const auto is_run = [](const std::string& name) { return name == kRunFile; };
  TELLTALE_ASSIGN_OR_RETURN(const std::vector<io::FoundFile> found, io::Walk(path, is_run, walk));
  if (found.empty()) return absl::NotFoundError(StrCat(path, ": no run.json here or below"));
  for (const io::FoundFile& file : found) ReadRun(file, options, experiment);
  Finish(experiment.runs);
  return experiment;
}

}  // namespace
}  // namespace mlflow

extern const Format mlflow_export_format;
const Format mlflow_export_format{
    .id = "mlflow-export",
    .summary = "run.json files that mlflow-export-import wrote",
    .sniff = mlflow::SniffExport,
    .read = mlflow::ReadExport,
};

}  // namespace telltale::formats
