// What diagnosis says about a training run.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace telltale::diagnosis {

enum class Severity { kInfo, kWarning, kError };
std::string_view SeverityName(Severity severity);  // "info", "warning", "error"

enum class Verdict { kHealthy, kAttention, kFailing, kUndiagnosable };
std::string_view VerdictName(
    Verdict verdict);  // "healthy", "attention", "failing", "undiagnosable"

// A number that speaks for a finding. `low` and `high` are its 95 % interval where one could be
// computed.
struct Evidence {
  std::string name = {};  // snake_case, from the rule's documentation
  double value = 0;
  std::string unit = {};    // "sigma", "steps", "%", ...; empty for the unit of the series
  std::string series = {};  // "run:tag"; empty when it is about several
  std::optional<double> low = {};
  std::optional<double> high = {};
};

struct Finding {
  std::string id = {};
  Severity severity = Severity::kWarning;
  double confidence = 0;     // 0..1: how often such a finding is right
  std::string summary = {};  // one sentence with numbers
  std::optional<int64_t> first_step = {};
  std::optional<int64_t> last_step = {};
  std::vector<Evidence> evidence = {};
  std::vector<std::string> remedies = {};   // in the order of likely effect, with concrete values
  std::vector<std::string> ruled_out = {};  // confounders that were looked at
  std::vector<std::string> alternatives =
      {};  // what it could be instead, and the look that tells them apart
};

// A rule that could not judge, and what it would need.
struct NotAssessable {
  std::string id = {};
  std::string reason = {};  // "needs a validation loss"
};

// The step whose weights are worth keeping.
struct BestCheckpoint {
  int64_t step = 0;
  double value = 0;
  std::string series = {};  // "run:tag"
  bool is_last = false;
};

// A curve that makes the diagnosis visible over steps; annotate writes it.
struct DerivedCurve {
  std::string tag = {};  // "telltale/generalization_gap", "telltale/val_loss_trend"
  std::string description = {};
  std::vector<int64_t> steps = {};
  std::vector<double> values = {};
};

struct Diagnosis {
  Verdict verdict = Verdict::kUndiagnosable;
  std::vector<Finding> findings = {};  // most severe first, then most confident, then by id
  std::vector<NotAssessable> not_assessable = {};
  std::optional<BestCheckpoint> best = {};
  // The series that the verdict rests on, as "run:tag"; empty where there is none.
  std::string train_loss = {};
  std::string validation_loss = {};
  std::vector<DerivedCurve> curves = {};
  std::vector<Finding> suppressed = {};  // by telltale.yaml, with the reason in `summary`
};

}  // namespace telltale::diagnosis
