#include "lib/convert/plan.h"

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <numeric>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/convert/fit_contents.h"
#include "lib/convert/fit_names.h"
#include "lib/convert/fit_points.h"
#include "lib/convert/record.h"
#include "lib/formats/fit_name.h"
#include "lib/model/run_names.h"

namespace telltale::convert {
namespace {

// The place that `path` is, however the user typed it; an address stays as it is.
std::string Canonical(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr),
                                                         &std::free);
  return real == nullptr ? path : std::string(real.get());
}

// Fills in who the run is, so that converting it again finds what it wrote before, and what people
// will look for.
void Identify(const model::Experiment& experiment, const std::string& root, model::Run& run) {
  model::RunInfo& info = run.info;
  if (info.id.empty()) info.id = StrCat(experiment.format, ":", root, ":", run.name);
  const std::string root_name = model::NameOfPath(experiment.path);
  if (info.title.empty()) info.title = run.name == "." ? root_name : run.name;
  if (info.project.empty()) info.project = root_name;
  // By its id a later conversion knows the run again, so that it has to come back as it was.
  if (formats::FitText(info.id) != info.id) info.id = Printable(info.id);
  info.title = formats::FitText(info.title);
  info.project = formats::FitText(info.project);
  if (info.start_time == 0) info.start_time = run.first_wall_time;
  if (info.end_time == 0) info.end_time = run.last_wall_time;
  if (info.status == model::RunStatus::kUnknown) info.status = model::RunStatus::kFinished;
}

// Gives things the names that they had before an earlier conversion.
void Unconvert(model::Run& run) {
  const absl::StatusOr<Record> record = TakeRecord(run);
  if (!record.ok()) return;
  Restore(*record, run);
  if (!record->run.empty()) run.name = record->run;
}

// Distinct names, sorted: what was restored need be neither.
void SettleNames(model::Experiment& experiment) {
  absl::flat_hash_map<std::string, int> count;
  for (model::Run& run : experiment.runs) {
    const std::string name = run.name;
    const int n = ++count[name];
    if (n > 1) run.name = StrCat(name, " (", n, ")");
  }
  std::stable_sort(experiment.runs.begin(), experiment.runs.end(),
                   [](const model::Run& a, const model::Run& b) { return a.name < b.name; });
}

// Renames the tags of `run` to what the format takes. Series and texts must not share a name where
// both are shown; opaque values of several kinds may.
void FitTagNames(const NameRules& rules, model::Run& run, Changes& changes) {
  std::vector<std::string*> tags;
  for (model::Series& each : run.series) tags.push_back(&each.tag);
  for (model::TextSeries& each : run.texts) tags.push_back(&each.tag);
  std::vector<std::string> names;
  names.reserve(tags.size());
  for (const std::string* tag : tags) names.push_back(*tag);
  std::vector<std::string> fitted = FitNames(names, rules);
  for (size_t i = 0; i < tags.size(); ++i) {
    if (fitted[i] == names[i]) continue;
    changes.push_back({.kind = ChangeKind::kRenamedTag,
                       .tag = names[i],
                       .detail = StrCat("is called ", fitted[i], " there")});
    *tags[i] = std::move(fitted[i]);
  }
}

std::vector<std::string> TagsOf(const auto& all) {
  std::vector<std::string> tags;
  for (const auto& each : all) tags.push_back(each.tag);
  return tags;
}

// The names that the series of a run had before.
struct Names {
  std::vector<std::string> originals = {};  // in the source
  std::vector<std::string> wanted =
      {};  // after the user's renames; what a conversion back restores
  std::vector<std::string> axes = {};
};

// What the record says of series: whatever a target of another format does not say itself.
void RecordSeries(const Names& names, bool other_format, const model::Run& run, Record& record) {
  for (size_t i = 0; i < run.series.size(); ++i) {
    const model::Series& series = run.series[i];
    SeriesRecord said{.tag = series.tag, .name = names.wanted[i], .original = names.originals[i]};
    said.axis = series.axis.empty() ? names.axes[i] : "";
    if (other_format) {
      said.display_name = series.display_name;
      said.description = series.description;
      said.float32 = series.float32;
    }
    const bool nothing = said.tag == said.name && said.name == said.original &&
                         said.display_name.empty() && said.description.empty() &&
                         said.axis.empty() && !said.float32;
    if (!nothing) record.series.push_back(std::move(said));
  }
}

void RecordTexts(const std::vector<std::string>& sources, const model::Run& run, Record& record) {
  for (size_t i = 0; i < run.texts.size(); ++i) {
    if (run.texts[i].tag == sources[i]) continue;
    record.others.push_back({.tag = run.texts[i].tag, .name = sources[i]});
  }
}

class Planner {
 public:
  Planner(model::Experiment experiment, const formats::Format& to, const PlanOptions& options)
      : to_(to), sink_(*to.sink), options_(options), experiment_(std::move(experiment)) {}

  absl::StatusOr<Plan> Make() {
    std::erase_if(experiment_.runs, [](const model::Run& run) { return run.written_by_telltale; });
    for (model::Run& run : experiment_.runs) Unconvert(run);
    SettleNames(experiment_);
    const std::string root = Canonical(experiment_.path);
    Plan plan{.to = &to_};
    for (model::Run& run : experiment_.runs) {
      Identify(experiment_, root, run);
      RunPlan& planned = plan.runs.emplace_back();
      planned.source = run.name;
      TELLTALE_RETURN_IF_ERROR(FitRun(run, planned));
    }
    NameRuns(plan);
    plan.fitted = std::move(experiment_);
    plan.fitted.format = to_.id;
    return plan;
  }

 private:
  absl::Status FitRun(model::Run& run, RunPlan& planned) {
    Record record{.from = experiment_.format, .source = experiment_.path, .run = run.name};
    Names names{.originals = TagsOf(run.series)};
    for (const model::Series& series : run.series) names.axes.push_back(series.axis);
    TELLTALE_RETURN_IF_ERROR(RenameTags(options_.renames, run));
    names.wanted = TagsOf(run.series);
    const std::vector<std::string> text_sources = TagsOf(run.texts);
    DownsampleAll(run, planned.changes);
    FitPoints(sink_.capacity, run, planned.changes);
    FitContents(experiment_.format, to_.id, sink_.capacity, run, record, planned.changes);
    const NameRules rules{.fit = sink_.fit_tag, .are_paths = sink_.capacity.tags_are_paths};
    FitTagNames(rules, run, planned.changes);
    RecordSeries(names, experiment_.format != to_.id, run, record);
    if (run.texts.size() == text_sources.size()) RecordTexts(text_sources, run, record);
    record.changes = planned.changes;
    records_.push_back(std::move(record));
    planned.series = run.series.size();
    for (const model::Series& series : run.series) planned.points += series.size();
    return absl::OkStatus();
  }

  void DownsampleAll(model::Run& run, Changes& changes) {
    for (model::Series& series : run.series) {
      const size_t dropped = model::Downsample(options_.downsampling, series);
      if (dropped == 0) continue;
      changes.push_back({.kind = ChangeKind::kDownsampled,
                         .tag = series.tag,
                         .count = dropped,
                         .detail = "points are left out, as --downsample asks",
                         .lost = true});
    }
  }

  // Last, because runs are sorted by their new names.
  void NameRuns(Plan& plan) {
    std::vector<model::Run>& runs = experiment_.runs;
    std::vector<std::string> names;
    for (const model::Run& run : runs) names.push_back(run.name);
    const std::vector<std::string> fitted = FitNames(names, {.fit = sink_.fit_run});
    for (size_t i = 0; i < runs.size(); ++i) {
      plan.runs[i].target = fitted[i];
      if (fitted[i] != names[i]) {
        Change change{.kind = ChangeKind::kRenamedRun,
                      .detail = StrCat("is called ", fitted[i], " there")};
        plan.runs[i].changes.push_back(change);
        records_[i].changes.push_back(std::move(change));
      }
      runs[i].name = fitted[i];
      AddRecord(records_[i], sink_.capacity, runs[i]);
    }
    std::vector<size_t> order(runs.size());
    std::iota(order.begin(), order.end(), size_t{0});
    std::sort(order.begin(), order.end(),
              [&](size_t a, size_t b) { return runs[a].name < runs[b].name; });
    Reorder(order, runs);
    Reorder(order, plan.runs);
  }

  template <typename T>
  static void Reorder(const std::vector<size_t>& order, std::vector<T>& items) {
    std::vector<T> ordered;
    ordered.reserve(items.size());
    for (const size_t i : order) ordered.push_back(std::move(items[i]));
    items = std::move(ordered);
  }

  const formats::Format& to_;
  const formats::Sink& sink_;
  const PlanOptions& options_;
  model::Experiment experiment_;
  std::vector<Record> records_;
};

}  // namespace

uint64_t Plan::points() const {
  uint64_t points = 0;
  for (const RunPlan& run : runs) points += run.points;
  return points;
}

absl::StatusOr<Plan> MakePlan(model::Experiment experiment, const formats::Format& to,
                              const PlanOptions& options) {
  if (to.sink == nullptr) {
    return absl::InvalidArgumentError(StrCat("format ", to.id, " is only read, never written"));
  }
  return Planner(std::move(experiment), to, options).Make();
}

}  // namespace telltale::convert
