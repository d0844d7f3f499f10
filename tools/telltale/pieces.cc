#include "tools/telltale/pieces.h"

#include <utility>

#include "lib/workflow/diagnose_parts.h"
#include "tools/telltale/exit_code.h"
#include "tools/telltale/load.h"
#include "tools/telltale/progress.h"
#include "tools/telltale/terminal.h"

namespace telltale::cli {
int PrintPieces(const std::vector<std::string>& paths, const Settings& settings,
                const Pieces& pieces) {
  Output output;
  Tally tally;
  std::vector<workflow::PartsDiagnosed> done;
  for (const std::string& path : paths) {
    ProgressBar progress(WhenFor(settings), pieces.doing, Unit::kBytes);
    workflow::PartsOptions options = PartsOptionsFor(settings, progress);
    options.diagnose = pieces.diagnose;
    options.training_run = [&](const report::RunReport& run) {
      progress.Clear();
      tally.Take(run.diagnosis.findings, settings);
      output.Write(pieces.training_run(run));
      return output.status().ok();
    };
    auto one = workflow::DiagnoseParts(path, options);
    if (!one.ok()) {
      Fail(one.status());
      tally.failed = true;
      continue;
    }
    tally.Take(one->problems);
    for (const auto& findings : one->group_findings) tally.Take(findings, settings);
    done.push_back(*std::move(one));
  }
  for (const auto& path : done) {
    for (size_t i = 0; i < path.grouping.groups.size(); ++i) {
      output.Write(pieces.group({path.grouping, path.grouping.groups[i], path.group_findings[i]}));
    }
  }
  for (const auto& path : done) {
    for (const Problem& problem : path.problems) output.Write(pieces.problem(problem));
  }
  if (!done.empty()) output.Write(pieces.end());
  if (!output.status().ok()) return Fail(output.status());
  return done.empty() ? kFailed : tally.exit_code();
}

}  // namespace telltale::cli
