#include "tests/convert/hostile_runs.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tests/support/not_finite.h"

namespace telltale::testing {
namespace {

constexpr double kStart = 1700000000.125;

model::Series SeriesOf(std::string tag, const std::vector<int64_t>& steps,
                       const std::vector<double>& values) {
  model::Series series;
  series.tag = std::move(tag);
  for (size_t i = 0; i < steps.size(); ++i) {
    series.steps.push_back(steps[i]);
    series.wall_times.push_back(kStart + static_cast<double>(i) * 0.5);
    series.values.push_back(values[i % values.size()]);
  }
  return series;
}

model::Run RunOf(std::string name, std::vector<model::Series> series) {
  model::Run run;
  run.name = std::move(name);
  run.series = std::move(series);
  run.first_wall_time = kStart;
  run.last_wall_time = kStart + 10;
  return run;
}

model::Run Values() {
  return RunOf("values",
               {SeriesOf("loss", {0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
                         {kNaN, kInfinity, -kInfinity, -0.0, 5e-324, 0.1, 1e308, -1e-300,
                          9007199254740993.0, 3}),
                SeriesOf("flat", {0, 1, 2}, {1, 1, 1}),
                SeriesOf("huge", {0, 1}, {std::numeric_limits<double>::max(), 0x1p-1074})});
}

model::Run Steps() {
  const int64_t big = (int64_t{1} << 53) + 1;
  model::Run run = RunOf("steps", {SeriesOf("far", {0, big, big + 2}, {1, 2, 3}),
                                   SeriesOf("negative", {-5, -1, 0}, {1}),
                                   SeriesOf("repeated", {0, 1, 1, 1, 2}, {1, 2, 2, 3, 4}),
                                   SeriesOf("back", {0, 1, 2, 1, 2, 3}, {1, 2, 3, 4, 5, 6}),
                                   SeriesOf("ends", {INT64_MIN + 1, INT64_MAX - 1}, {1, 2})});
  run.restarts = {1};
  return run;
}

model::Run Names() {
  model::Run run = RunOf("../../etc/x", {});
  for (const std::string& tag : {std::string("../../etc/x"),
                                 std::string(300, 'n'),
                                 std::string(300, 'n') + "2",
                                 std::string("new\nline\ttab\r"),
                                 std::string("a:b"),
                                 std::string("a?b"),
                                 std::string("a_b"),
                                 std::string(""),
                                 std::string("loss"),
                                 std::string("loss/x"),
                                 std::string("loss/x/y"),
                                 std::string("lr[0]"),
                                 std::string("metrics/mAP50(B)"),
                                 std::string("验证/损失"),
                                 std::string("<img src=x onerror=alert(1)>"),
                                 std::string("=cmd|' /C calc'!A0"),
                                 std::string("a,b;\"c\""),
                                 std::string("."),
                                 std::string(".."),
                                 std::string("/abs"),
                                 std::string("tail/"),
                                 std::string("dou//ble"),
                                 std::string(" space "),
                                 std::string("step"),
                                 std::string("_step"),
                                 std::string("_timestamp"),
                                 std::string("global_step"),
                                 std::string("run"),
                                 std::string("tag"),
                                 std::string("value"),
                                 std::string("wall_time"),
                                 std::string("emoji 🚀"),
                                 std::string("dot.ted.name")}) {
    run.series.push_back(SeriesOf(tag, {0, 1}, {0.5, 0.25}));
  }
  return run;
}

model::Run Everything() {
  model::Run run = RunOf("all/of it", {SeriesOf("train/loss", {0, 1, 2}, {3, 2, 1})});
  run.params = {{"lr", 0.1},
                {"epochs", 64.0},
                {"amp", true},
                {"name", std::string("ReLU é\n\"quoted\"")},
                {"opt/betas", std::string("[0.9, 0.999]")},
                {"odd[name]:?", std::string("")},
                {"long", std::string(9000, 'p')}};
  run.tags = {{"team", std::string("a,b")}, {"label", true}};
  run.info.note = "# Note\n\n*of a person*";
  run.info.group = "g";
  run.texts = {
      {.tag = "samples",
       .points = {{.step = 1, .wall_time = kStart, .strings = {"one\n**two** ü"}},
                  {.step = 2, .wall_time = kStart + 1, .strings = {"a", "b"}, .shape = {2}}}}};
  run.series[0].display_name = "Loss";
  run.series[0].description = "what *falls*";
  return run;
}

model::Run Many(size_t tags) {
  model::Run run = RunOf("many", {});
  for (size_t i = 0; i < tags; ++i) {
    run.series.push_back(SeriesOf(absl::StrCat("tag/", i), {0, 10}, {static_cast<double>(i), 0.5}));
  }
  return run;
}

}  // namespace

model::Experiment HostileRuns(size_t tags) {
  model::Experiment experiment{.format = "tensorboard", .path = "/logs"};
  experiment.runs = {RunOf(".", {SeriesOf("root", {0}, {1})}),
                     RunOf("empty", {}),
                     RunOf("<script>alert(1)</script>", {SeriesOf("x", {0}, {1})}),
                     RunOf("a:b", {SeriesOf("x", {0}, {1})}),
                     RunOf("a?b", {SeriesOf("x", {0}, {2})}),
                     RunOf(std::string(400, 'r'), {SeriesOf("x", {0}, {3})}),
                     RunOf("训练", {SeriesOf("x", {0}, {4})}),
                     Values(),
                     Steps(),
                     Names(),
                     Everything(),
                     Many(tags)};
  std::sort(experiment.runs.begin(), experiment.runs.end(),
            [](const model::Run& a, const model::Run& b) { return a.name < b.name; });
  return experiment;
}

}  // namespace telltale::testing
