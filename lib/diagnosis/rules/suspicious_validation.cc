#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "lib/diagnosis/context.h"
#include "lib/diagnosis/level.h"
#include "lib/diagnosis/stats.h"
#include "lib/diagnosis/wording.h"

namespace telltale::diagnosis::rules {
namespace {

constexpr ParamSpec kClose{"close", 0.01, 1e-6, 0.2,
                           "largest distance of the two losses, as a share of their level"};
constexpr ParamSpec kTogether{"together", 0.95, 0.5, 1,
                              "correlation of their changes from point to point"};
constexpr ParamSpec kPerfect{"perfect", 0.99, 0.8, 1, "validation accuracy from the first one on"};
constexpr ParamSpec kParams[] = {kClose, kTogether, kPerfect};

struct Likeness {
  double distance = 0;  // largest relative one
  double together = 0;  // of the changes
  bool identical = true;
};

Likeness Compare(const std::vector<double>& a, const std::vector<double>& b) {
  Likeness out;
  std::vector<double> da, db;
  for (size_t i = 0; i < a.size(); ++i) {
    out.identical = out.identical && a[i] == b[i];
    const double level = std::max(std::abs(a[i]), std::abs(b[i]));
    if (level > 0) out.distance = std::max(out.distance, std::abs(a[i] - b[i]) / level);
    if (i == 0) continue;
    da.push_back(a[i] - a[i - 1]);
    db.push_back(b[i] - b[i - 1]);
  }
  out.together = Spearman(da, db);
  return out;
}

void Say(Context& ctx, Severity severity, double confidence, std::string summary,
         std::vector<Evidence> evidence) {
  const RunView& view = ctx.view();
  Finding finding{.severity = severity, .confidence = confidence};
  finding.summary = std::move(summary);
  const Curve* curve =
      view.validation_loss != nullptr ? view.validation_loss : view.validation_metric;
  finding.first_step = curve->steps.front();
  finding.last_step = curve->steps.back();
  finding.evidence = std::move(evidence);
  finding.remedies = {
      "Check that the two loaders read different files, and look for duplicates across the split.",
      "Split again, 80/20, by patient, user or time where examples belong together.",
      "Keep a test set that neither training nor the choice of a checkpoint has seen."};
  finding.alternatives = {
      "Easy data, or a single pass over very many: then the two agree for a good reason."};
  ctx.Report(std::move(finding));
}

// A test series that is the validation series under another name.
const Curve* SameAsTest(const RunView& view) {
  const Curve* validation = view.validation_loss;
  if (validation == nullptr || validation->role.split != model::Split::kValidation) return nullptr;
  for (const auto& curve : view.curves) {
    if (curve->role.split == model::Split::kTest && curve->size() >= 4 &&
        curve->role.quantity == model::Quantity::kLoss && curve->values == validation->values) {
      return curve.get();
    }
  }
  return nullptr;
}

void Check(Context& ctx) {
  const RunView& view = ctx.view();
  if (const Curve* test = SameAsTest(view); test != nullptr) {
    Say(ctx, Severity::kInfo, 0.9,
        "Validation and test loss are the same series: the test set is used as validation set.",
        {{.name = "points", .value = static_cast<double>(test->size()), .series = test->name}});
    return;
  }
  if (view.loss.size() >= 6 && view.loss_train.fall > 0) {
    const Likeness like = Compare(view.loss.train, view.loss.validation);
    if (like.identical) {
      Say(ctx, Severity::kWarning, 0.95,
          "Training and validation loss are identical at every evaluation: both were measured on "
          "the same data.",
          {{.name = "points", .value = static_cast<double>(view.loss.size())}});
      return;
    }
    // Two losses that hardly move are close in any case.
    const bool moved = view.loss_train.fall > 0.5 * std::abs(view.loss_train.start);
    if (moved && like.distance < ctx.param(kClose) && like.together > ctx.param(kTogether)) {
      Say(ctx, Severity::kInfo, 0.6,
          absl::StrFormat("Validation loss stays within %s of training loss and moves with it "
                          "(correlation %s): it may be measured on training data.",
                          Percent(like.distance), Num(like.together)),
          {{.name = "largest_distance", .value = 100 * like.distance, .unit = "%"},
           {.name = "correlation_of_changes", .value = like.together}});
      return;
    }
  }
  const Curve* metric = view.validation_metric;
  if (metric == nullptr || metric->role.quantity != model::Quantity::kAccuracy) return;
  const std::vector<double> shares = AsShares(metric->values);
  if (shares.size() < 4) return;
  const double least = *std::min_element(shares.begin(), shares.begin() + 3);
  if (least < ctx.param(kPerfect)) return;
  Say(ctx, Severity::kInfo, 0.55,
      absl::StrFormat("Validation accuracy is above %s from the first evaluation on.",
                      Num(ctx.param(kPerfect))),
      {{.name = "first_accuracy", .value = shares.front(), .series = metric->name}});
}

constexpr std::string_view kExplainedBy[] = {"not-learning", "loss-increasing"};

}  // namespace

extern constinit const Rule suspicious_validation{
    .id = "suspicious-validation",
    .severity = Severity::kWarning,
    .summary = "validation looks as if measured on training or test data",
    .doc = R"(## What it finds
Training and validation losses that are identical (a warning), or within 1 % everywhere with changes that go together; a validation series that is also the test
series; a validation accuracy above 0.99 from the start.
## Why it matters
Such a validation set cannot show overfitting, and a checkpoint chosen on the test set makes its score worthless.
## What to try
Look at the loaders and for duplicates; split again 80/20; keep a test set apart.
## Known limits
Easy tasks and single passes over huge data agree as well.
)",
    .params = kParams,
    .explained_by = kExplainedBy,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
