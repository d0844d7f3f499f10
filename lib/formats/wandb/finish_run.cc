// The end of a run: its axes, and the model's promises.
#include <cstdint>
#include <utility>
#include <vector>

#include "lib/formats/wandb/names.h"
#include "lib/formats/wandb/run_builder.h"

namespace telltale::formats::wandb {

void RunBuilder::SetAxes() {
  if (!axes_.any()) return;
  absl::flat_hash_map<std::string, size_t> series_of;  // by both names that axes go by
  for (size_t i = 0; i < series_paths_.size(); ++i) {
    series_of.emplace(Joined(series_paths_[i]), i);
    series_of.emplace(JoinedEscaped(series_paths_[i]), i);
  }
  for (size_t i = 0; i < run_.series.size(); ++i) {
    model::Series& series = run_.series[i];
    std::string axis = axes_.AxisOf(series_paths_[i]);
    if (axis.empty() || axis == steps_key_) continue;
    if (axis == kTimeKey) {
      series.axis_values = series.wall_times;
      series.axis = std::move(axis);
      continue;
    }
    const auto found = series_of.find(axis);
    if (found == series_of.end()) continue;  // never logged
    const size_t k = found->second;
    series.axis_values = ValuesAt(rows_[i].span(), rows_[k].span(), run_.series[k].values.span());
    const bool own = !steps_key_.empty() && axis.starts_with(kAxisPrefix);
    series.axis = own ? axis.substr(kAxisPrefix.size()) : std::move(axis);
  }
}

model::Run RunBuilder::Finish(uint64_t& bad_values) {
  bad_values = AddConfig(config_, run_);
  SetAxes();
  NameAll();
  AddSummaryTags(bad_values);
  std::vector<model::Series> kept;
  for (size_t i = 0; i < run_.series.size(); ++i) {
    const Slot& slot = slots_[slot_of_[series_paths_[i]]];
    if (!slot.hidden && slot.selected) kept.push_back(std::move(run_.series[i]));
  }
  for (model::Series& each : system_) {
    if (!options_.select || options_.select(Label(), each.tag)) kept.push_back(std::move(each));
  }
  run_.series = std::move(kept);
  for (model::Series& series : run_.series) {
    series.steps.shrink_to_fit();
    series.wall_times.shrink_to_fit();
    series.values.shrink_to_fit();
  }
  FindTimes();
  run_.whole = true;
  return std::move(run_);
}

}  // namespace telltale::formats::wandb
