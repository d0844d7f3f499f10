#include "lib/diagnosis/example.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "lib/diagnosis/curve_text.h"
#include "lib/diagnosis/engine.h"

namespace telltale::diagnosis {
namespace {

struct Fixture {
  std::string_view id;
  std::string_view text;
};

// Written by cmake/Embed.cmake.
constexpr Fixture kFixtures[] = {
#define X(id, text) {id, text},
#include "lib/diagnosis/example_list.inc"
#undef X
};

// "# Four evaluations." of the first line.
std::string CaptionOf(std::string_view text) {
  if (!text.starts_with("# ")) return "";
  return std::string(text.substr(2, text.find('\n') - 2));
}

const Finding* FindIn(const std::vector<Finding>& findings, std::string_view id) {
  const auto found = std::find_if(findings.begin(), findings.end(),
                                  [id](const Finding& finding) { return finding.id == id; });
  return found == findings.end() ? nullptr : &*found;
}

// Fills in subject and finding; false where there is none.
bool FindSubject(const Rule& rule, Example& example) {
  if (rule.scope == Scope::kTrainingRun) {
    for (size_t i = 0; i < example.diagnoses.size(); ++i) {
      if (const Finding* finding = FindIn(example.diagnoses[i].findings, rule.id)) {
        example.subject = i;
        example.finding = *finding;
        return true;
      }
    }
    return false;
  }
  for (size_t i = 0; i < example.grouping.groups.size(); ++i) {
    const auto findings = DiagnoseGroup(example.experiment, example.grouping,
                                        example.grouping.groups[i], example.diagnoses);
    if (const Finding* finding = FindIn(findings, rule.id)) {
      example.subject = i;
      example.finding = *finding;
      return true;
    }
  }
  return false;
}

}  // namespace

std::optional<Example> ExampleOf(const Rule& rule) {
  const auto* const fixture =
      std::find_if(std::begin(kFixtures), std::end(kFixtures),
                   [&](const Fixture& candidate) { return candidate.id == rule.id; });
  if (fixture == std::end(kFixtures)) return std::nullopt;
  auto experiment = ParseCurveText(fixture->text);
  if (!experiment.ok()) return std::nullopt;
  Example example{.caption = CaptionOf(fixture->text), .experiment = *std::move(experiment)};
  example.grouping = model::GroupRuns(example.experiment);
  for (const model::TrainingRun& training_run : example.grouping.training_runs) {
    example.diagnoses.push_back(Diagnose(example.experiment, training_run));
  }
  if (!FindSubject(rule, example)) return std::nullopt;
  return example;
}

}  // namespace telltale::diagnosis
