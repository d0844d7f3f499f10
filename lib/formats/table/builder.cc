#include "lib/formats/table/builder.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "lib/base/str.h"
#include "lib/base/text.h"

namespace telltale::formats::table {
namespace {

void FindTimes(model::Run& run) {
  for (const model::Series& series : run.series) {
    for (const double time : series.wall_times) {
      if (!std::isfinite(time) || time == 0) continue;  // 0: the table has no times
      const bool first = run.first_wall_time == 0;
      run.first_wall_time = first ? time : std::min(run.first_wall_time, time);
      run.last_wall_time = first ? time : std::max(run.last_wall_time, time);
    }
  }
}

}  // namespace

TableBuilder::Building& TableBuilder::Of(std::string_view name) {
  const auto [it, inserted] = index_.try_emplace(std::string(name), nullptr);
  if (inserted) {
    it->second = &runs_.emplace_back();
    it->second->run.name = std::string(name);
  }
  return *it->second;
}

model::Run& TableBuilder::RunOf(std::string_view name) { return Of(name).run; }

model::Series* TableBuilder::SeriesOf(std::string_view run, std::string_view tag) {
  Building& building = Of(run);
  const auto [it, inserted] = building.index.try_emplace(std::string(tag), nullptr);
  if (inserted) {
    if (!options_.select || options_.select(run.empty() ? label_ : run, tag)) {
      it->second = &building.series.emplace_back();
      it->second->tag = std::string(tag);
    }
  }
  return it->second;
}

bool TableBuilder::HasPoints(std::string_view tag) const {
  return std::any_of(runs_.begin(), runs_.end(), [&](const Building& building) {
    const auto found = building.index.find(ToAbsl(tag));
    return found != building.index.end() && found->second != nullptr && found->second->size() > 0;
  });
}

std::vector<model::Run> TableBuilder::Finish() {
  std::vector<model::Run> runs;
  for (Building& building : runs_) {
    for (model::Series& series : building.series) {
      if (series.size() == 0) continue;
      series.steps.shrink_to_fit();
      series.wall_times.shrink_to_fit();
      series.values.shrink_to_fit();
      building.run.series.push_back(std::move(series));
    }
    FindTimes(building.run);
    runs.push_back(std::move(building.run));
  }
  return runs;
}

void AddPoint(model::Series& series, int64_t step, double wall_time, double value) {
  series.steps.push_back(step);
  series.wall_times.push_back(wall_time);
  series.values.push_back(value);
}

void CellProblems::Add(std::string_view column, uint64_t line, std::string_view what) {
  const auto found = index_.find(ToAbsl(column));
  if (found != index_.end()) {
    ++counts_[found->second].second.cells;
    return;
  }
  if (counts_.size() >= kMost) return;
  index_.emplace(std::string(column), counts_.size());
  counts_.emplace_back(std::string(column),
                       Count{1, line, FitEnd(Printable(what.substr(0, 200)), 40)});
}

void CellProblems::AddStep(std::string_view column, uint64_t line, std::string_view what) {
  Add(column, line, what);
  if (const auto found = index_.find(ToAbsl(column)); found != index_.end()) {
    counts_[found->second].second.step = true;
  }
}

void CellProblems::Report(const std::string& path, const TableBuilder& builder,
                          std::vector<Problem>& problems) const {
  for (const auto& [column, count] : counts_) {
    const std::string name = FitEnd(Printable(column), 60);
    if (!count.step && !builder.HasPoints(column)) {
      problems.push_back({.path = path,
                          .kind = ProblemKind::kUnsupported,
                          .message = StrCat("column ", name, " holds text, which is left out")});
      continue;
    }
    problems.push_back({.path = path,
                        .kind = ProblemKind::kUnparsable,
                        .message = StrCat("column ", name, ": ", count.cells,
                                          count.cells == 1 ? " cell is" : " cells are",
                                          " no number, the first in line ", count.first_line,
                                          ": \"", count.example, "\""),
                        .records_lost = count.cells});
  }
}

}  // namespace telltale::formats::table
