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

constexpr ParamSpec kTiny{"tiny", 1e-7, 1e-12, 1e-3, "gradient norm in the last fifth of the run"};
constexpr ParamSpec kShrunk{"shrunk", 1e-3, 1e-6, 0.1, "the same over that of the first tenth"};
constexpr ParamSpec kLeft{"left", 0.5, 0.05, 1, "share of the first loss that is left at the end"};
constexpr ParamSpec kParams[] = {kTiny, kShrunk, kLeft};

void Check(Context& ctx) {
  const RunView& view = ctx.view();
  const Curve* norm = view.gradient_norm;
  if (norm == nullptr || norm->size() < 10) return ctx.NotAssessable("needs the gradient norm");
  const auto left = RemainingLoss(view);
  if (!left || *left < ctx.param(kLeft)) return;
  const Curve coarse = Coarse(*norm, 2000);
  const std::span<const double> values = coarse.values;
  const size_t n = values.size();
  const double first = Median(values.first(std::max<size_t>(1, n / 10)));
  const double last = Median(values.subspan(n - std::max<size_t>(2, n / 5)));
  const bool tiny = last < ctx.param(kTiny);
  if (!tiny && !(last < ctx.param(kShrunk) * first)) return;
  const bool sure = tiny && *left > 0.7;
  Finding finding{.severity = sure ? Severity::kWarning : Severity::kInfo};
  finding.confidence = sure ? 0.9 : 0.65;
  finding.first_step = coarse.steps[n - std::max<size_t>(2, n / 5)];
  finding.last_step = norm->steps.back();
  finding.summary = absl::StrFormat(
      "Gradient norm falls from %s to %s while %s of the training loss is left: nothing flows back "
      "any more.",
      Num(first), Num(last), Percent(*left));
  finding.evidence = {
      {.name = "norm_at_end", .value = last, .series = norm->name},
      {.name = "norm_over_first",
       .value = first > 0 ? last / first : 0,
       .unit = "x",
       .series = norm->name},
      {.name = "loss_left", .value = 100 * *left, .unit = "%", .series = view.trend.name}};
  finding.remedies = {
      "Use ReLU-like activations instead of sigmoid or tanh in deep networks, with residual "
      "connections.",
      "Initialise by He or Glorot; add batch or layer normalisation.",
      "If units died (ReLU), lower the learning rate 3-10 times and start again."};
  finding.ruled_out = {"The end of a good run, where gradients fade too: the loss is still high."};
  finding.alternatives = {"Saturated outputs, or a loss that ignores the prediction (masked out)."};
  ctx.Report(std::move(finding));
}

constexpr std::string_view kExplainedBy[] = {"non-finite", "divergence"};

}  // namespace

extern constinit const Rule vanishing_gradient{
    .id = "vanishing-gradient",
    .severity = Severity::kWarning,
    .summary = "the gradient fades although the loss is still high",
    .doc = R"(## What it finds
A gradient norm below 1e-7, or below a thousandth of what it was at first, while half of the first loss is left.
## Why it matters
Without a gradient nothing is learned, however long it runs.
## What to try
Other activations, residual connections, initialisation, normalisation; a restart with a lower rate if units died.
## Known limits
Needs the gradient norm in the logs, of all weights together: a single dead layer does not show.
)",
    .params = kParams,
    .explained_by = kExplainedBy,
    .check = Check,
};

}  // namespace telltale::diagnosis::rules
