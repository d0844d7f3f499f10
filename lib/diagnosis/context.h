// What a rule is given: the training run (or the group) and its parameters; and where it says what
// it found.
#pragma once

#include <string>
#include <vector>

#include "lib/diagnosis/engine.h"
#include "lib/diagnosis/finding.h"
#include "lib/diagnosis/group_view.h"
#include "lib/diagnosis/rule.h"
#include "lib/diagnosis/run_view.h"

namespace telltale::diagnosis {

class Context {
 public:
  // All arguments must outlive the context. A rule of scope kTrainingRun sees `view`, one of scope
  // kGroup sees `group`.
  Context(const Rule& rule, const Options& options, const RunView* view, const GroupView* group)
      : rule_(rule), options_(options), view_(view), group_(group) {}

  const RunView& view() const { return *view_; }
  const GroupView& group() const { return *group_; }

  // The user's value, or the default.
  double param(const ParamSpec& spec) const;

  // Adds a finding; id is filled in. The reference is valid until the next call.
  Finding& Report(Finding finding);

  // The rule cannot judge this run; `reason` starts with "needs" and ends bare.
  void NotAssessable(std::string reason);

  std::vector<Finding>& findings() { return findings_; }
  std::vector<diagnosis::NotAssessable>& not_assessable() { return not_assessable_; }

 private:
  const Rule& rule_;
  const Options& options_;
  const RunView* view_;
  const GroupView* group_;
  std::vector<Finding> findings_;
  std::vector<diagnosis::NotAssessable> not_assessable_;
};

// Guards that many rules share: false, and said so in `ctx`, when the run lacks what the rule
// needs.
enum class Needs { kTrainLoss, kLossPair, kMetric };
bool Has(Context& ctx, Needs what, size_t points);

// 0..1 for how far `value` is beyond `threshold`: 0.5 at it, rising towards 1 at `factor` times it.
double Strength(double value, double threshold, double factor = 3);

// Grades of confidence from the strength of the evidence: low + strength * (high - low), two
// decimals.
double Grade(double low, double high, double strength);

}  // namespace telltale::diagnosis
