#include "lib/edit/reduce.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <utility>

#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/edit/destination.h"
#include "lib/formats/tensorboard/event_writer.h"
#include "lib/formats/tensorboard/own_writer.h"

namespace telltale::edit {
namespace {

namespace tensorboard = formats::tensorboard;

constexpr std::string_view kFileName = "events.out.tfevents.0.telltale-reduce";
constexpr size_t kFewestMembers = 2;

struct Statistic {
  std::string_view name;
  std::vector<double> model::ReducedSeries::*values;
};
constexpr Statistic kStatistics[] = {{"mean", &model::ReducedSeries::mean},
                                     {"std", &model::ReducedSeries::deviation},
                                     {"min", &model::ReducedSeries::least},
                                     {"max", &model::ReducedSeries::greatest},
                                     {"median", &model::ReducedSeries::median}};

// A tag of a group with what its members' series come to.
struct TagCurves {
  std::string tag;
  model::ReducedSeries reduced;
};
using RunCurves = std::map<std::string, std::vector<TagCurves>>;  // by the run below

// What the run is called within its training run.
std::string BelowHome(const model::Run& run, const model::TrainingRun& training_run) {
  if (training_run.home == ".") return run.name == "." ? "" : run.name;
  if (run.name.starts_with(StrCat(training_run.home, "/"))) {
    return run.name.substr(training_run.home.size() + 1);
  }
  return "";
}

// A group may be named by a pattern, "sweep/seed*".
std::string DirectoryOf(const std::string& group) {
  std::string name = group;
  std::erase(name, '*');
  while (!name.empty() &&
         (name.back() == '_' || name.back() == '-' || name.back() == '/' || name.back() == '.')) {
    name.pop_back();
  }
  return name.empty() ? "group" : name;
}

RunCurves CurvesOf(const model::Experiment& experiment, const model::Grouping& grouping,
                   const model::Group& group, model::StepsOf steps, ReducedGroup& told) {
  std::map<std::pair<std::string, std::string>, std::vector<const model::Series*>> members;
  for (const size_t i : group.training_runs) {
    const model::TrainingRun& training_run = grouping.training_runs[i];
    told.training_runs.push_back(training_run.name);
    std::set<std::pair<std::string, std::string>> seen;
    for (const model::SeriesRef& ref : training_run.series) {
      const model::Run& run = experiment.runs[ref.run];
      const model::Series& series = run.series[ref.series];
      const std::pair key(BelowHome(run, training_run), series.tag);
      if (seen.insert(key).second) members[key].push_back(&series);
    }
  }
  RunCurves curves;
  for (const auto& [key, series] : members) {
    if (series.size() < kFewestMembers) continue;
    TagCurves made{.tag = key.second, .reduced = model::Reduce(series, steps)};
    told.tags.push_back({.run = key.first,
                         .tag = key.second,
                         .members = series.size(),
                         .points = made.reduced.steps.size(),
                         .left_out = made.reduced.left_out});
    if (!made.reduced.steps.empty()) curves[key.first].push_back(std::move(made));
  }
  return curves;
}

double FirstTime(const std::vector<TagCurves>& curves) {
  double first = 0;
  bool any = false;
  for (const TagCurves& each : curves) {
    for (const double time : each.reduced.wall_times) {
      if (!std::isfinite(time) || (any && time >= first)) continue;
      first = time;
      any = true;
    }
  }
  return first;
}

class GroupWriter {
 public:
  GroupWriter(const io::StagingDirectory& staging, const std::string& group)
      : staging_(staging), group_(group) {}

  absl::Status WriteStatistic(const Statistic& statistic, const std::string& below,
                              const std::vector<TagCurves>& curves) {
    return WriteRun(statistic.name, below, curves, [&](tensorboard::EventWriter& writer) {
      for (const TagCurves& each : curves) {
        TELLTALE_RETURN_IF_ERROR(
            WriteSeries(writer, each.reduced, {{each.tag, each.reduced.*statistic.values}}));
      }
      return absl::OkStatus();
    });
  }

  // The mean within its spread: TensorBoard draws a band of tags of one run only.
  absl::Status WriteBand(const std::string& below, const std::vector<TagCurves>& curves) {
    return WriteRun("band", below, curves, [&](tensorboard::EventWriter& writer) {
      tensorboard::ChartCategory category{.title = group_ + (below.empty() ? "" : "/" + below)};
      for (const TagCurves& each : curves) {
        std::vector<double> lower = each.reduced.mean;
        std::vector<double> upper = each.reduced.mean;
        for (size_t i = 0; i < lower.size(); ++i) {
          lower[i] -= each.reduced.deviation[i];
          upper[i] += each.reduced.deviation[i];
        }
        const tensorboard::Band band{.value = StrCat(each.tag, "/mean"),
                                     .lower = StrCat(each.tag, "/mean-std"),
                                     .upper = StrCat(each.tag, "/mean+std")};
        TELLTALE_RETURN_IF_ERROR(WriteSeries(
            writer, each.reduced,
            {{band.value, each.reduced.mean}, {band.lower, lower}, {band.upper, upper}}));
        category.charts.push_back({.title = each.tag, .bands = {band}});
      }
      return writer.AddLayout(std::span(&category, 1));
    });
  }

 private:
  template <typename Fill>
  absl::Status WriteRun(std::string_view name, const std::string& below,
                        const std::vector<TagCurves>& curves, Fill fill) {
    const std::string path =
        StrCat(group_, "/", name, below.empty() ? "" : "/", below, "/", kFileName);
    TELLTALE_ASSIGN_OR_RETURN(io::StagedFile file, staging_.CreateFile(path));
    tensorboard::EventWriter writer([&file](std::string_view bytes) { return file.Write(bytes); },
                                    FirstTime(curves));
    TELLTALE_RETURN_IF_ERROR(writer.Begin(tensorboard::ConvertWriter()));
    TELLTALE_RETURN_IF_ERROR(fill(writer));
    return file.Close();
  }

  static absl::Status WriteSeries(
      tensorboard::EventWriter& writer, const model::ReducedSeries& reduced,
      const std::vector<std::pair<std::string, std::vector<double>>>& columns) {
    std::vector<tensorboard::ScalarValue> values;
    for (size_t i = 0; i < reduced.steps.size(); ++i) {
      values.clear();
      for (const auto& [tag, column] : columns) values.push_back({.tag = tag, .value = column[i]});
      TELLTALE_RETURN_IF_ERROR(writer.AddScalars(reduced.steps[i], reduced.wall_times[i], values));
    }
    return absl::OkStatus();
  }

  const io::StagingDirectory& staging_;
  const std::string& group_;
};

std::string NamesJson(const std::vector<ReducedGroup>& groups) {
  auto names = nlohmann::ordered_json::array();
  for (const ReducedGroup& group : groups) names.push_back(group.name);
  return names.dump(1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

absl::StatusOr<std::vector<ReducedGroup>> ReduceGroups(const model::Experiment& experiment,
                                                       const model::Grouping& grouping,
                                                       const std::vector<model::Group>& groups,
                                                       const std::string& destination,
                                                       const ReduceOptions& options) {
  TELLTALE_ASSIGN_OR_RETURN(const Destination place,
                            Destination::Check("reduce", experiment.path, destination));
  std::optional<io::StagingDirectory> staging;
  if (!options.dry_run) {
    TELLTALE_ASSIGN_OR_RETURN(auto begun, place.Begin());
    staging.emplace(std::move(begun));
  }
  std::vector<ReducedGroup> told;
  std::set<std::string> taken;
  for (const model::Group& group : groups) {
    ReducedGroup& one = told.emplace_back();
    one.name = DirectoryOf(group.name);
    for (int n = 2; !taken.insert(one.name).second; ++n) {
      one.name = StrCat(DirectoryOf(group.name), "-", n);
    }
    const RunCurves curves = CurvesOf(experiment, grouping, group, options.steps, one);
    if (!staging) continue;
    GroupWriter writer(*staging, one.name);
    for (const auto& [below, tags] : curves) {
      for (const Statistic& statistic : kStatistics) {
        TELLTALE_RETURN_IF_ERROR(writer.WriteStatistic(statistic, below, tags));
      }
      TELLTALE_RETURN_IF_ERROR(writer.WriteBand(below, tags));
    }
  }
  if (staging) TELLTALE_RETURN_IF_ERROR(place.Commit(std::move(*staging), NamesJson(told)));
  return told;
}

}  // namespace telltale::edit
