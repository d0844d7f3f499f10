#include "lib/convert/merge.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "lib/base/str.h"
#include "lib/model/run_names.h"

namespace telltale::convert {
namespace {

// What a run's name says that the training run's does not: "train" of "exp/train" in "exp".
std::string_view OwnPart(const model::Run& run, const model::TrainingRun& training_run) {
  const std::string_view name = model::WithoutSession(run.name, run.session);
  const std::string_view home = training_run.home;
  if (name == home || name == ".") return "";
  if (home == ".") return name;
  if (name.starts_with(home) && name.size() > home.size() + 1) return name.substr(home.size() + 1);
  // "train/exp" in "exp", "exp_train" in "exp": the whole, so that it stays readable.
  return name;
}

class Merger {
 public:
  explicit Merger(model::Run& to) : to_(to) {}

  void Add(model::Run from, std::string_view prefix) {
    for (model::Series& series : from.series) {
      series.tag = FreeTag(Prefixed(prefix, series.tag), series_);
      to_.series.push_back(std::move(series));
    }
    for (model::TextSeries& text : from.texts) {
      text.tag = FreeTag(Prefixed(prefix, text.tag), texts_);
      to_.texts.push_back(std::move(text));
    }
    for (model::OpaqueSeries& opaque : from.opaque) {
      if (!opaque.tag.empty() && opaque.kind != "hparams")
        opaque.tag = Prefixed(prefix, opaque.tag);
      to_.opaque.push_back(std::move(opaque));
    }
    Move(from.params, to_.params);
    Move(from.tags, to_.tags);
    Move(from.files, to_.files);
    Move(from.restarts, to_.restarts);
    TakeInfo(from);
  }

 private:
  static std::string Prefixed(std::string_view prefix, const std::string& tag) {
    if (prefix.empty() || tag.starts_with(StrCat(prefix, "/"))) return tag;
    return StrCat(prefix, "/", tag);
  }

  static std::string FreeTag(std::string tag, absl::flat_hash_set<std::string>& taken) {
    const std::string wanted = tag;
    for (int n = 2; !taken.insert(tag).second; ++n) tag = StrCat(wanted, "_", n);
    return tag;
  }

  template <typename T>
  static void Move(std::vector<T>& from, std::vector<T>& to) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
  }

  void TakeInfo(const model::Run& from) {
    if (to_.info.status == model::RunStatus::kUnknown) to_.info = from.info;
    if (from.first_wall_time != 0 &&
        (to_.first_wall_time == 0 || from.first_wall_time < to_.first_wall_time)) {
      to_.first_wall_time = from.first_wall_time;
    }
    to_.last_wall_time = std::max(to_.last_wall_time, from.last_wall_time);
  }

  model::Run& to_;
  absl::flat_hash_set<std::string> series_;
  absl::flat_hash_set<std::string> texts_;
};

}  // namespace

model::Experiment MergeTrainingRuns(model::Experiment experiment, const model::Grouping& grouping) {
  model::Experiment merged;
  merged.format = experiment.format;
  merged.path = experiment.path;
  merged.problems = std::move(experiment.problems);
  for (const model::TrainingRun& training_run : grouping.training_runs) {
    model::Run& to = merged.runs.emplace_back();
    if (training_run.runs.size() == 1) {
      to = std::move(experiment.runs[training_run.runs[0]]);
    } else {
      Merger merger(to);
      for (const size_t run : training_run.runs) {
        const std::string prefix(OwnPart(experiment.runs[run], training_run));
        merger.Add(std::move(experiment.runs[run]), prefix);
      }
      to.path = training_run.path;
    }
    to.name = training_run.name;
    to.session = 0;
  }
  return merged;  // training runs are sorted by name
}

}  // namespace telltale::convert
