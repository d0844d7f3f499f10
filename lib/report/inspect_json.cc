#include <algorithm>
#include <cmath>
#include <variant>

#include "lib/report/json.h"
#include "lib/report/json_value.h"

namespace telltale::report {
namespace {

Json ParamsJson(const std::vector<model::Param>& params) {
  Json json = Json::array();
  for (const model::Param& param : params) {
    Json value;
    if (const auto* number = std::get_if<double>(&param.value)) {
      value = Number(*number);
    } else if (const auto* flag = std::get_if<bool>(&param.value)) {
      value = *flag;
    } else {
      value = std::get<std::string>(param.value);
    }
    json.push_back({{"name", param.name}, {"value", std::move(value)}});
  }
  return json;
}

Json RoleJson(const model::Role& role) {
  Json json;
  json["split"] = model::SplitName(role.split);
  json["quantity"] = model::QuantityName(role.quantity);
  json["name"] = role.name;
  json["direction"] = model::DirectionName(role.direction);
  json["component"] = role.component;
  return json;
}

Json SeriesListing(const model::Series& series, const model::SeriesRef& ref) {
  const auto range = StepRangeOf(series);
  const auto not_finite = std::count_if(series.values.begin(), series.values.end(),
                                        [](double v) { return !std::isfinite(v); });
  Json json;
  json["tag"] = series.tag;
  json["role"] = RoleJson(ref.role);
  json["role_from_user"] = ref.role_from_user;
  json["points"] = series.size();
  json["not_finite"] = not_finite;
  json["first_step"] = range ? Json(range->first) : Json(nullptr);
  json["last_step"] = range ? Json(range->last) : Json(nullptr);
  json["first_value"] = series.values.empty() ? Json(nullptr) : Number(series.values.front());
  json["last_value"] = series.values.empty() ? Json(nullptr) : Number(series.values.back());
  return json;
}

Json FilesJson(const std::vector<model::RunFile>& files) {
  Json json = Json::array();
  for (const model::RunFile& file : files) {
    json.push_back({{"path", file.path},
                    {"bytes", file.bytes},
                    {"records", file.records},
                    {"pending_bytes", file.pending_bytes}});
  }
  return json;
}

Json RunJson(const model::Experiment& experiment, const model::TrainingRun& training_run,
             size_t index) {
  const model::Run& run = experiment.runs[index];
  Json json;
  json["name"] = run.name;
  json["path"] = run.path;
  json["session"] = run.session;
  json["files"] = FilesJson(run.files);
  json["series"] = Json::array();
  for (const model::SeriesRef& ref : training_run.series) {
    if (ref.run == index) json["series"].push_back(SeriesListing(run.series[ref.series], ref));
  }
  json["texts"] = Json::array();
  for (const auto& text : run.texts) {
    json["texts"].push_back({{"tag", text.tag}, {"points", text.points.size()}});
  }
  json["opaque"] = Json::array();
  for (const auto& opaque : run.opaque) {
    json["opaque"].push_back({{"tag", opaque.tag},
                              {"kind", opaque.kind},
                              {"points", opaque.count},
                              {"bytes", opaque.byte_size}});
  }
  json["restarts"] = run.restarts;
  return json;
}

Json TrainingRunListing(const model::Experiment& experiment,
                        const model::TrainingRun& training_run) {
  Json json;
  json["name"] = training_run.name;
  json["source"]["format"] = experiment.format;
  json["source"]["path"] = training_run.path;
  json["grouped_because"] = training_run.grouped_because;
  json["params"] = ParamsJson(training_run.params);
  json["runs"] = Json::array();
  for (const size_t run : training_run.runs) {
    json["runs"].push_back(RunJson(experiment, training_run, run));
  }
  return json;
}

Json GroupListing(const GroupReport& report) {
  Json json;
  json["name"] = report.group.name;
  json["kind"] = report.group.kind == model::GroupKind::kSeeds ? "seeds" : "sweep";
  json["training_runs"] = Json::array();
  for (const size_t i : report.group.training_runs) {
    json["training_runs"].push_back(report.grouping.training_runs[i].name);
  }
  json["differing"] = report.group.differing;
  json["grouped_because"] = report.group.grouped_because;
  return json;
}

}  // namespace

std::string InspectJson(std::span<const PathReport> paths, std::string_view version) {
  Json json;
  json["schema"] = "telltale.inspect/1";
  json["version"] = version;
  json["training_runs"] = Json::array();
  json["groups"] = Json::array();
  json["annotations"] = Json::array();
  json["problems"] = Json::array();
  for (const PathReport& path : paths) {
    for (const auto& training_run : path.grouping.training_runs) {
      json["training_runs"].push_back(TrainingRunListing(path.experiment, training_run));
    }
    for (const auto& group : path.grouping.groups) {
      json["groups"].push_back(GroupListing({path.grouping, group, {}}));
    }
    for (const auto& run : path.experiment.runs) {
      if (run.written_by_telltale) json["annotations"].push_back(run.path);
    }
    for (const Problem& problem : path.experiment.problems) {
      json["problems"].push_back(ProblemJson(problem));
    }
  }
  return Indented(json);
}

std::string InspectJsonLine(const model::Experiment& experiment,
                            const model::TrainingRun& training_run) {
  return Line(TrainingRunListing(experiment, training_run));
}

std::string InspectJsonLine(const GroupReport& report) { return Line(GroupListing(report)); }

}  // namespace telltale::report
