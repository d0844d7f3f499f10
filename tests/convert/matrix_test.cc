// Every source into every sink: hostile runs go from memory into one format, from there into
// another, and what comes out of that one is what went in, as far as both hold it.

#include <algorithm>
#include <cmath>
#include <string>
#include <tuple>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/convert/plan.h"
#include "lib/convert/verify.h"
#include "lib/formats/format.h"
#include "tests/convert/hostile_runs.h"
#include "tests/support/temp_dir.h"

namespace telltale::convert {
namespace {

using formats::Format;
using testing::HostileRuns;
using testing::TempDir;

std::vector<const Format*> Writable() {
  std::vector<const Format*> writable;
  for (const Format* format : formats::AllFormats()) {
    if (format->sink != nullptr) writable.push_back(format);
  }
  return writable;
}

// Plans, writes and reads back; the reader must give what was planned.
model::Experiment Through(model::Experiment experiment, const Format& format,
                          const std::string& destination) {
  auto plan = MakePlan(std::move(experiment), format);
  EXPECT_TRUE(plan.ok()) << plan.status();
  const auto written = format.sink->write(plan->fitted, destination, {});
  EXPECT_TRUE(written.ok()) << written.status();
  if (!written.ok()) return {};
  EXPECT_EQ(written->runs, plan->fitted.runs.size());
  auto read = format.read(destination, {});
  EXPECT_TRUE(read.ok()) << read.status();
  if (!read.ok()) return {};
  const auto broken = model::Validate(*read);
  EXPECT_FALSE(broken.has_value()) << *broken;
  const Verification verification = Compare(plan->fitted, *read, format.sink->capacity);
  EXPECT_TRUE(verification.ok());
  for (const Difference& each : verification.differences) {
    ADD_FAILURE() << format.id << " " << each.run.substr(0, 60) << ":" << each.tag.substr(0, 60)
                  << " " << each.what;
  }
  return *std::move(read);
}

// A sink that takes all names as they are: a plan for it gives everything its old name.
std::string Same(std::string_view name) { return std::string(name); }
constexpr formats::Sink kMemory{.capacity = {.custom_axes = true,
                                             .texts = true,
                                             .opaque = true,
                                             .typed_params = true,
                                             .params = true,
                                             .tags = true,
                                             .notes = true},
                                .fit_tag = Same,
                                .fit_run = Same};
constexpr Format kMemoryFormat{.id = "memory", .sink = &kMemory};

bool SameValue(double a, double b, const std::vector<const formats::Capacity*>& passed) {
  for (const formats::Capacity* capacity : passed) {
    if (!capacity->float64) a = static_cast<double>(static_cast<float>(a));
    if (!capacity->greatest_double && std::abs(a) == std::numeric_limits<double>::max()) {
      a = a > 0 ? std::numeric_limits<double>::infinity()
                : -std::numeric_limits<double>::infinity();
    }
    if (!capacity->negative_zero && a == 0) a = 0.0;
  }
  if (std::isnan(a)) return std::isnan(b);
  return a == b && std::signbit(a) == std::signbit(b);
}

void ExpectSeries(const model::Series& before, const model::Series& after,
                  const std::vector<const formats::Capacity*>& passed) {
  ASSERT_EQ(before.size(), after.size());
  for (size_t i = 0; i < before.size(); ++i) {
    EXPECT_EQ(before.steps[i], after.steps[i]);
    EXPECT_TRUE(SameValue(before.values[i], after.values[i], passed))
        << i << ": " << before.values[i] << " became " << after.values[i];
  }
}

std::string ParamOf(const model::Run& run, const std::string& name) {
  for (const model::Param& param : run.params) {
    if (param.name == name) return ::testing::PrintToString(param.value.index());
  }
  return "none";
}

class Matrix : public ::testing::TestWithParam<std::tuple<const Format*, const Format*>> {};

TEST_P(Matrix, CarriesHostileRuns) {
  const auto [first, second] = GetParam();
  const model::Experiment source = HostileRuns(500);
  const TempDir dir;
  model::Experiment there = Through(source, *first, dir.path() + "/first");
  model::Experiment again = Through(std::move(there), *second, dir.path() + "/second");
  auto restored = MakePlan(std::move(again), kMemoryFormat);
  ASSERT_TRUE(restored.ok()) << restored.status();
  const std::vector<const formats::Capacity*> passed = {&first->sink->capacity,
                                                        &second->sink->capacity};
  for (const model::Run& before : source.runs) {
    const auto run = std::find_if(restored->fitted.runs.begin(), restored->fitted.runs.end(),
                                  [&](const model::Run& each) { return each.name == before.name; });
    ASSERT_NE(run, restored->fitted.runs.end()) << before.name;
    for (const model::Series& series : before.series) {
      const auto found =
          std::find_if(run->series.begin(), run->series.end(),
                       [&](const model::Series& each) { return each.tag == series.tag; });
      ASSERT_NE(found, run->series.end()) << before.name << ":" << series.tag;
      SCOPED_TRACE(before.name + ":" + series.tag);
      ExpectSeries(series, *found, passed);
    }
    EXPECT_EQ(before.texts.size(), run->texts.size()) << before.name;
    for (const model::Param& param : before.params) {
      EXPECT_EQ(ParamOf(before, param.name), ParamOf(*run, param.name)) << param.name;
    }
    if (!before.info.note.empty()) {
      EXPECT_EQ(before.info.note, run->info.note);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Formats, Matrix,
                         ::testing::Combine(::testing::ValuesIn(Writable()),
                                            ::testing::ValuesIn(Writable())),
                         [](const auto& param) {
                           std::string name = std::string(std::get<0>(param.param)->id) + "_to_" +
                                              std::string(std::get<1>(param.param)->id);
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

class EachSink : public ::testing::TestWithParam<const Format*> {};

TEST_P(EachSink, HoldsTenThousandTags) {
  model::Experiment source = HostileRuns(10000);
  std::erase_if(source.runs, [](const model::Run& run) { return run.name != "many"; });
  const TempDir dir;
  Through(std::move(source), *GetParam(), dir.path() + "/out");
}

TEST_P(EachSink, WritesTheSameAgainWithoutDuplicates) {
  const TempDir dir;
  const std::string destination = dir.path() + "/out";
  Through(HostileRuns(20), *GetParam(), destination);
  const model::Experiment again = Through(HostileRuns(20), *GetParam(), destination);
  EXPECT_EQ(again.runs.size(), HostileRuns(20).runs.size());
}

TEST_P(EachSink, FitsNamesOnce) {
  const formats::Sink& sink = *GetParam()->sink;
  for (const model::Run& run : HostileRuns(1).runs) {
    EXPECT_EQ(sink.fit_run(sink.fit_run(run.name)), sink.fit_run(run.name)) << run.name;
    EXPECT_FALSE(sink.fit_run(run.name).empty());
    for (const model::Series& series : run.series) {
      EXPECT_EQ(sink.fit_tag(sink.fit_tag(series.tag)), sink.fit_tag(series.tag)) << series.tag;
      EXPECT_FALSE(sink.fit_tag(series.tag).empty());
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Formats, EachSink, ::testing::ValuesIn(Writable()), [](const auto& param) {
  std::string name(param.param->id);
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

}  // namespace
}  // namespace telltale::convert
