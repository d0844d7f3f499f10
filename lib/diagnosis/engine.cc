#include "lib/diagnosis/engine.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "lib/diagnosis/arbitration.h"
#include "lib/diagnosis/context.h"
#include "lib/diagnosis/group_view.h"
#include "lib/diagnosis/run_view.h"
#include "lib/diagnosis/summary_curves.h"

namespace telltale::diagnosis {
namespace {

// Fewer points than this of every loss and metric: nothing can be said, good or bad.
constexpr size_t kFewestPoints = 3;

bool IsDisabled(const Rule& rule, const Options& options) {
  return std::find(options.disabled.begin(), options.disabled.end(), rule.id) !=
         options.disabled.end();
}

void RunRule(const Rule& rule, Context& ctx, std::vector<Finding>& findings,
             std::vector<NotAssessable>& not_assessable) {
  rule.check(ctx);
  std::move(ctx.findings().begin(), ctx.findings().end(), std::back_inserter(findings));
  std::move(ctx.not_assessable().begin(), ctx.not_assessable().end(),
            std::back_inserter(not_assessable));
}

bool CanBeJudged(const RunView& view) {
  for (const Curve* curve :
       {view.train_loss, view.validation_loss, view.train_metric, view.validation_metric}) {
    if (curve != nullptr && curve->size() >= kFewestPoints) return true;
  }
  // Adversarial and reinforcement losses are seen, though they say little.
  return view.meaning != LossMeaning::kObjective;
}

std::vector<Finding> DiagnoseView(const GroupView& view, const Options& options) {
  std::vector<Finding> findings;
  std::vector<NotAssessable> not_assessable;
  for (const Rule* rule : AllRules()) {
    if (rule->scope != Scope::kGroup || IsDisabled(*rule, options)) continue;
    Context ctx(*rule, options, nullptr, &view);
    RunRule(*rule, ctx, findings, not_assessable);
  }
  Arbitrate(findings);
  std::vector<Finding> suppressed;
  Suppress(view.name, options, findings, suppressed);
  Rank(findings);
  return findings;
}

}  // namespace

std::string_view SeverityName(Severity severity) {
  switch (severity) {
    case Severity::kInfo:
      return "info";
    case Severity::kWarning:
      return "warning";
    case Severity::kError:
      return "error";
  }
  return "";
}

std::string_view VerdictName(Verdict verdict) {
  switch (verdict) {
    case Verdict::kHealthy:
      return "healthy";
    case Verdict::kAttention:
      return "attention";
    case Verdict::kFailing:
      return "failing";
    case Verdict::kUndiagnosable:
      return "undiagnosable";
  }
  return "";
}

Diagnosis Diagnose(const model::Experiment& experiment, const model::TrainingRun& training_run,
                   const Options& options) {
  Diagnosis diagnosis;
  const RunView view = MakeRunView(experiment, training_run);
  for (const Rule* rule : AllRules()) {
    if (rule->scope != Scope::kTrainingRun || IsDisabled(*rule, options)) continue;
    Context ctx(*rule, options, &view, nullptr);
    RunRule(*rule, ctx, diagnosis.findings, diagnosis.not_assessable);
  }
  Arbitrate(diagnosis.findings);
  Suppress(training_run.name, options, diagnosis.findings, diagnosis.suppressed);
  Rank(diagnosis.findings);
  Rank(diagnosis.suppressed);
  diagnosis.verdict = VerdictOf(diagnosis.findings);
  if (diagnosis.verdict == Verdict::kHealthy && !CanBeJudged(view)) {
    diagnosis.verdict = Verdict::kUndiagnosable;
  }
  if (view.train_loss != nullptr) diagnosis.train_loss = view.train_loss->name;
  if (view.validation_loss != nullptr) diagnosis.validation_loss = view.validation_loss->name;
  diagnosis.best = FindBestCheckpoint(view);
  diagnosis.curves = DeriveCurves(view);
  return diagnosis;
}

std::vector<Finding> DiagnoseGroup(const model::Experiment& experiment,
                                   const model::Grouping& grouping, const model::Group& group,
                                   const std::vector<Diagnosis>& diagnoses,
                                   const Options& options) {
  return DiagnoseView(MakeGroupView(experiment, grouping, group, diagnoses), options);
}

std::vector<Finding> DiagnoseGroup(const model::Grouping& grouping, const model::Group& group,
                                   std::span<const MemberFacts> facts, const Options& options) {
  return DiagnoseView(MakeGroupView(grouping, group, facts), options);
}

}  // namespace telltale::diagnosis
