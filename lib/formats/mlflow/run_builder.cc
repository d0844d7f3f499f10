#include "lib/formats/mlflow/run_builder.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "lib/base/str.h"
#include "lib/formats/mlflow/file_store.h"
#include "lib/formats/mlflow/names.h"
#include "lib/model/wall_times.h"

namespace telltale::formats::mlflow {
namespace {

void RestoreNames(model::Run& run) {
  const auto tag = std::find_if(run.tags.begin(), run.tags.end(),
                                [](const model::Param& each) { return each.name == kNamesTag; });
  if (tag == run.tags.end()) return;
  const auto* text = std::get_if<std::string>(&tag->value);
  const auto names = nlohmann::json::parse(text == nullptr ? "" : *text, nullptr, false);
  if (!names.is_object()) return;
  run.tags.erase(tag);
  for (std::vector<model::Param>* params : {&run.params, &run.tags}) {
    for (model::Param& param : *params) {
      const auto found = names.find(param.name);
      if (found != names.end() && found->is_string()) param.name = found->get<std::string>();
    }
  }
}

}  // namespace

double Seconds(int64_t timestamp) { return static_cast<double>(timestamp) / 1000; }

int64_t Milliseconds(double seconds) {
  constexpr double kMost = 9e15;  // beyond that, doubles do not hold every millisecond
  if (!std::isfinite(seconds)) return 0;
  return std::llround(std::clamp(seconds * 1000, -kMost, kMost));
}

double OldSeconds(int64_t timestamp) {
  constexpr int64_t kEarliestMilliseconds = 100000000000;  // in March 1973
  if (timestamp > -kEarliestMilliseconds && timestamp < kEarliestMilliseconds) {
    return static_cast<double>(timestamp);
  }
  return Seconds(timestamp);
}

std::string LabelOf(const model::Run& run) {
  const std::string& project = run.info.project;
  const std::string& title = run.info.title.empty() ? run.info.id : run.info.title;
  return StrCat(project.empty() ? "Default" : project, "/", title.empty() ? "run" : title);
}

std::string TitleOf(const model::Run& run) {
  const std::string experiment = StrCat(run.info.project, "/");
  const bool begins = run.name.size() > experiment.size() && run.name.starts_with(experiment);
  return begins ? run.name.substr(experiment.size()) : run.name;
}

void AddTag(std::string name, std::string value, model::Run& run) {
  if (name == kNoteTag) {
    run.info.note = std::move(value);
    return;
  }
  if (name == kNameTag) {
    if (run.info.title.empty()) run.info.title = std::move(value);
    return;
  }
  if (name == kStateTag || name == kRunTag || name == kContentTag) return;
  if (name == kParentTag) run.info.group = value;
  run.tags.push_back({std::move(name), std::move(value)});
}

void Finish(std::vector<model::Run>& runs) {
  absl::flat_hash_map<std::string, int> count;
  for (model::Run& run : runs) {
    run.name = LabelOf(run);
    ++count[run.name];
  }
  for (model::Run& run : runs) {
    if (count[run.name] > 1) StrAppend(&run.name, " ", run.info.id.substr(0, 8));
    run.whole = true;
    RestoreNames(run);
    model::SetWallTimes(run);
    for (model::Series& series : run.series) {
      series.steps.shrink_to_fit();
      series.wall_times.shrink_to_fit();
      series.values.shrink_to_fit();
    }
  }
  std::sort(runs.begin(), runs.end(), [](const model::Run& a, const model::Run& b) {
    return a.name != b.name ? a.name < b.name : a.info.id < b.info.id;
  });
  // Ids that begin alike: whoever made them up wanted this.
  for (size_t i = 1; i < runs.size(); ++i) {
    if (runs[i].name <= runs[i - 1].name) {
      runs[i].name = StrCat(runs[i - 1].name, "'");
    }
  }
}

}  // namespace telltale::formats::mlflow
