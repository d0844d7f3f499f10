#include "lib/report/report.h"

#include "lib/base/str.h"

namespace telltale::report {

std::string SeriesName(const model::Run& run, const model::Series& series) {
  return StrCat(run.name, ":", series.tag);
}

const model::Series* FindSeries(const RunReport& report, std::string_view name) {
  for (const model::SeriesRef& ref : report.training_run.series) {
    const model::Run& run = report.experiment.runs[ref.run];
    const model::Series& series = run.series[ref.series];
    // Compared in pieces: a run's name and a tag may both hold colons.
    if (name.size() == run.name.size() + 1 + series.tag.size() && name.starts_with(run.name) &&
        name[run.name.size()] == ':' && name.ends_with(series.tag)) {
      return &series;
    }
  }
  return nullptr;
}

}  // namespace telltale::report
