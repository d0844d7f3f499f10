// Experiments in memory, as readers would give them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/base/str.h"
#include "lib/model/experiment.h"

namespace telltale::testing {

// Adds runs in any order; Build() sorts them as readers do.
class ExperimentBuilder {
 public:
  explicit ExperimentBuilder(std::string path = "/logs") { experiment_.path = std::move(path); }

  // A run with one series of `points` points for each tag. "train#2" is session 2 of "train".
  ExperimentBuilder& Run(const std::string& name, const std::vector<std::string>& tags,
                         size_t points = 3) {
    model::Run run;
    run.name = name;
    const size_t hash = name.rfind('#');
    if (hash != std::string::npos) run.session = static_cast<uint32_t>(name[hash + 1] - '0');
    const std::string base = name.substr(0, run.session > 0 ? hash : std::string::npos);
    run.path = base == "." ? experiment_.path : StrCat(experiment_.path, "/", base);
    for (const std::string& tag : tags) run.series.push_back(Constant(tag, points));
    experiment_.runs.push_back(std::move(run));
    return *this;
  }

  // Of the run added last.
  ExperimentBuilder& Param(const std::string& name, model::ParamValue value) {
    experiment_.runs.back().params.push_back({.name = name, .value = std::move(value)});
    return *this;
  }
  ExperimentBuilder& WallTimes(double first, double last) {
    experiment_.runs.back().first_wall_time = first;
    experiment_.runs.back().last_wall_time = last;
    return *this;
  }
  ExperimentBuilder& WrittenByTelltale() {
    experiment_.runs.back().written_by_telltale = true;
    return *this;
  }

  model::Experiment Build() {
    std::sort(experiment_.runs.begin(), experiment_.runs.end(),
              [](const model::Run& a, const model::Run& b) { return a.name < b.name; });
    return std::move(experiment_);
  }

 private:
  static model::Series Constant(const std::string& tag, size_t points) {
    model::Series series;
    series.tag = tag;
    for (size_t i = 0; i < points; ++i) {
      series.steps.push_back(static_cast<int64_t>(i));
      series.wall_times.push_back(1000.0 + static_cast<double>(i));
      series.values.push_back(0.5);
    }
    return series;
  }

  model::Experiment experiment_;
};

}  // namespace telltale::testing
