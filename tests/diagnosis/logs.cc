#include "tests/diagnosis/logs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "lib/base/str.h"
#include "lib/diagnosis/context.h"
#include "lib/diagnosis/curve_text.h"
#include "lib/diagnosis/group_view.h"
#include "lib/diagnosis/rule.h"
#include "lib/diagnosis/run_view.h"
#include "lib/model/training_run.h"

namespace telltale::testing {
namespace {

using diagnosis::Context;
using diagnosis::Options;

constexpr double kFirstWallTime = 1.7e9;

std::string RunOf(std::string_view name) {
  return std::string(name.substr(0, std::min(name.find(':'), name.size())));
}

struct Analysed {
  std::vector<diagnosis::Finding> findings = {};
  std::vector<diagnosis::NotAssessable> not_assessable = {};
};

Analysed Check(std::string_view id, const Logs& logs, const Options& options) {
  const diagnosis::Rule* rule = diagnosis::FindRule(id);
  EXPECT_NE(rule, nullptr) << id;
  const model::Experiment experiment = logs.Build();
  const model::Grouping grouping = model::GroupRuns(experiment);
  if (rule == nullptr || grouping.training_runs.empty()) return {};
  if (rule->scope == diagnosis::Scope::kTrainingRun) {
    const auto view = diagnosis::MakeRunView(experiment, grouping.training_runs.front());
    Context ctx(*rule, options, &view, nullptr);
    rule->check(ctx);
    return {ctx.findings(), ctx.not_assessable()};
  }
  if (grouping.groups.empty()) return {};
  std::vector<diagnosis::Diagnosis> diagnoses;
  for (const auto& run : grouping.training_runs) {
    diagnoses.push_back(diagnosis::Diagnose(experiment, run, options));
  }
  const auto group =
      diagnosis::MakeGroupView(experiment, grouping, grouping.groups.front(), diagnoses);
  Context ctx(*rule, options, nullptr, &group);
  rule->check(ctx);
  return {ctx.findings(), ctx.not_assessable()};
}

}  // namespace

model::Run& Logs::RunNamed(std::string_view name) {
  for (last_ = 0; last_ < runs_.size(); ++last_) {
    if (runs_[last_].name == name) return runs_[last_];
  }
  runs_.push_back({.name = std::string(name), .path = StrCat("/logs/", name)});
  return runs_.back();
}

Logs& Logs::Add(std::string_view name, const Values& values, Axis axis) {
  std::vector<int64_t> steps;
  Values wall_times;
  for (size_t i = 0; i < values.size(); ++i) {
    steps.push_back(axis.first + static_cast<int64_t>(i) * axis.every);
    wall_times.push_back(kFirstWallTime + static_cast<double>(i) * axis.seconds);
  }
  return Add(name, steps, wall_times, values);
}

Logs& Logs::Add(std::string_view name, const std::vector<int64_t>& steps, const Values& wall_times,
                const Values& values) {
  EXPECT_EQ(steps.size(), values.size());
  EXPECT_EQ(wall_times.size(), values.size());
  const std::string run = RunOf(name);
  model::Series series;
  series.tag = std::string(name.substr(std::min(run.size() + 1, name.size())));
  for (size_t i = 0; i < values.size(); ++i) {
    series.steps.push_back(steps[i]);
    series.wall_times.push_back(wall_times[i]);
    series.values.push_back(values[i]);
  }
  RunNamed(run).series.push_back(std::move(series));
  return *this;
}

Logs& Logs::In(std::string_view run) {
  RunNamed(run);
  return *this;
}

Logs& Logs::Param(std::string name, model::ParamValue value) {
  runs_[last_].params.push_back({.name = std::move(name), .value = std::move(value)});
  return *this;
}

model::Experiment Logs::Build() const {
  model::Experiment experiment{.format = "tensorboard", .path = "/logs"};
  experiment.runs = runs_;
  std::sort(experiment.runs.begin(), experiment.runs.end(),
            [](const model::Run& a, const model::Run& b) { return a.name < b.name; });
  const auto broken = model::Validate(experiment);
  EXPECT_FALSE(broken.has_value()) << broken.value_or("");
  return experiment;
}

diagnosis::Diagnosis Diagnose(const Logs& logs, const Options& options) {
  const model::Experiment experiment = logs.Build();
  const model::Grouping grouping = model::GroupRuns(experiment);
  EXPECT_FALSE(grouping.training_runs.empty());
  if (grouping.training_runs.empty()) return {};
  return diagnosis::Diagnose(experiment, grouping.training_runs.front(), options);
}

std::vector<diagnosis::Finding> FindingsOf(std::string_view rule, const Logs& logs,
                                           const Options& options) {
  return Check(rule, logs, options).findings;
}

std::vector<std::string> NotAssessableBy(std::string_view rule, const Logs& logs) {
  std::vector<std::string> reasons;
  for (const auto& said : Check(rule, logs, {}).not_assessable) reasons.push_back(said.reason);
  return reasons;
}

Logs ParseLogs(std::string_view text) {
  const auto experiment = diagnosis::ParseCurveText(text);
  EXPECT_TRUE(experiment.ok()) << experiment.status();
  return experiment.ok() ? Logs(*experiment) : Logs();
}

Values Noise(size_t n, uint64_t seed) {
  // The sum of twelve uniform numbers from a linear congruential generator.
  uint64_t state = 0x9E3779B97F4A7C15u * (seed + 1);
  Values out(n);
  for (double& x : out) {
    for (int i = 0; i < 12; ++i) {
      state = state * 6364136223846793005u + 1442695040888963407u;
      x += static_cast<double>(state >> 11) / 9007199254740992.0;
    }
    x -= 6;
  }
  return out;
}

Values Decay(size_t n, double from, double to, double noise, double halvings) {
  Values out = Noise(n, n);
  for (size_t i = 0; i < n; ++i) {
    const double at = n > 1 ? static_cast<double>(i) / static_cast<double>(n - 1) : 0;
    out[i] = to + (from - to) * std::exp2(-halvings * at) + noise * out[i];
  }
  return out;
}

Values Line(size_t n, double from, double to, double noise) {
  Values out = Noise(n, n + 1000);
  for (size_t i = 0; i < n; ++i) {
    const double at = n > 1 ? static_cast<double>(i) / static_cast<double>(n - 1) : 0;
    out[i] = from + (to - from) * at + noise * out[i];
  }
  return out;
}

Values operator+(const Values& a, const Values& b) {
  Values out = a;
  out.insert(out.end(), b.begin(), b.end());
  return out;
}

Values Rounded(Values values, double unit) {
  for (double& v : values) v = std::round(v / unit) * unit;
  return values;
}

}  // namespace telltale::testing
