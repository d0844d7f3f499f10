#include "lib/diagnosis/arbitration.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/str_format.h"
#include "lib/base/glob.h"
#include "lib/base/str.h"
#include "lib/diagnosis/rule.h"

namespace telltale::diagnosis {
namespace {

// The finding that explains `finding`, or nullptr.
const Finding* Explanation(const Finding& finding, const std::vector<Finding>& findings) {
  const Rule* rule = FindRule(finding.id);
  if (rule == nullptr) return nullptr;
  for (const std::string_view cause : rule->explained_by) {
    for (const Finding& other : findings) {
      if (other.id == cause && other.severity > Severity::kInfo) {
        return &other;
      }
    }
  }
  return nullptr;
}

}  // namespace

void Arbitrate(std::vector<Finding>& findings) {
  std::vector<std::pair<std::string, std::string>> notes;  // cause, note
  std::vector<bool> drop(findings.size());
  for (size_t i = 0; i < findings.size(); ++i) {
    const Finding* cause = Explanation(findings[i], findings);
    if (cause == nullptr || cause == &findings[i]) continue;
    drop[i] = true;
    notes.emplace_back(cause->id, StrCat("Taken as a consequence, not said on its own: ",
                                         findings[i].id, " (", findings[i].summary, ")"));
  }
  std::vector<Finding> kept;
  for (size_t i = 0; i < findings.size(); ++i) {
    if (!drop[i]) kept.push_back(std::move(findings[i]));
  }
  for (Finding& finding : kept) {
    for (auto& [cause, note] : notes) {
      if (finding.id == cause) finding.alternatives.push_back(note);
    }
  }
  findings = std::move(kept);
}

void Suppress(const std::string& training_run, const Options& options,
              std::vector<Finding>& findings, std::vector<Finding>& suppressed) {
  std::vector<Finding> kept;
  for (Finding& finding : findings) {
    const auto accepted = std::find_if(
        options.suppressions.begin(), options.suppressions.end(), [&](const Suppression& s) {
          return GlobMatches(s.run, training_run) && GlobMatches(s.id, finding.id);
        });
    if (accepted == options.suppressions.end()) {
      kept.push_back(std::move(finding));
      continue;
    }
    finding.summary = StrCat(finding.summary, " (Suppressed: ", accepted->reason, ")");
    suppressed.push_back(std::move(finding));
  }
  findings = std::move(kept);
}

void Rank(std::vector<Finding>& findings) {
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    return std::tuple(-static_cast<int>(a.severity), -a.confidence, std::string_view(a.id)) <
           std::tuple(-static_cast<int>(b.severity), -b.confidence, std::string_view(b.id));
  });
}

Verdict VerdictOf(const std::vector<Finding>& findings) {
  Verdict verdict = Verdict::kHealthy;
  for (const Finding& finding : findings) {
    if (finding.severity == Severity::kError) return Verdict::kFailing;
    if (finding.severity == Severity::kWarning) verdict = Verdict::kAttention;
  }
  return verdict;
}

}  // namespace telltale::diagnosis
