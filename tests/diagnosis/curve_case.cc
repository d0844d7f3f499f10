#include "tests/diagnosis/curve_case.h"

#include <algorithm>
#include <limits>
#include <sstream>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "gtest/gtest.h"
#include "tests/diagnosis/logs.h"

namespace telltale::diagnosis {
namespace {

double ParseValue(const std::string& word) {
  if (word == "nan") return std::numeric_limits<double>::quiet_NaN();
  if (word == "inf") return std::numeric_limits<double>::infinity();
  if (word == "-inf") return -std::numeric_limits<double>::infinity();
  double value = 0;
  EXPECT_TRUE(absl::SimpleAtod(word, &value)) << "not a value: " << word;
  return value;
}

void ParseLine(const std::vector<std::string>& words, testing::Logs& logs) {
  if (words[0] == "param") {
    double number = 0;
    model::ParamValue value = words.at(3);
    if (absl::SimpleAtod(words.at(3), &number)) value = number;
    logs.In(words.at(1)).Param(words.at(2), value);
    return;
  }
  testing::Axis axis{.first = 0};
  testing::Values values;
  for (size_t i = 1; i < words.size(); ++i) {
    if (words[i][0] != '@') {
      values.push_back(ParseValue(words[i]));
      continue;
    }
    const std::vector<std::string> parts = absl::StrSplit(words[i].substr(1), ':');
    EXPECT_TRUE(parts.size() == 2 && absl::SimpleAtoi(parts[0], &axis.first) &&
                absl::SimpleAtoi(parts[1], &axis.every))
        << words[i];
  }
  logs.Add(words[0], values, axis);
}

}  // namespace

CurveCase ParseCurve(std::string_view text) {
  testing::Logs logs;
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream stream(line);
    std::vector<std::string> words;
    for (std::string word; stream >> word;) words.push_back(word);
    if (!words.empty()) ParseLine(words, logs);
  }
  CurveCase curve_case{.experiment = logs.Build()};
  curve_case.grouping = model::GroupRuns(curve_case.experiment);
  return curve_case;
}

Diagnosis DiagnoseFirst(const CurveCase& curve_case, const Options& options) {
  return Diagnose(curve_case.experiment, curve_case.grouping.training_runs.at(0), options);
}

std::vector<Finding> FindingsOf(const CurveCase& curve_case, const Options& options) {
  std::vector<Diagnosis> all;
  for (const model::TrainingRun& run : curve_case.grouping.training_runs) {
    all.push_back(Diagnose(curve_case.experiment, run, options));
  }
  if (all.empty()) return {};
  std::vector<Finding> findings = all.front().findings;
  for (const model::Group& group : curve_case.grouping.groups) {
    const auto more =
        DiagnoseGroup(curve_case.experiment, curve_case.grouping, group, all, options);
    findings.insert(findings.end(), more.begin(), more.end());
  }
  return findings;
}

std::vector<std::string> Ids(const std::vector<Finding>& findings, Severity least) {
  std::vector<std::string> ids;
  for (const Finding& finding : findings) {
    if (finding.severity >= least) ids.push_back(finding.id);
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

std::vector<std::string> IdsIn(std::string_view text, const Options& options) {
  return Ids(FindingsOf(ParseCurve(text), options), Severity::kWarning);
}

const Finding* FindById(const std::vector<Finding>& findings, std::string_view id) {
  const auto found = std::find_if(findings.begin(), findings.end(),
                                  [id](const Finding& finding) { return finding.id == id; });
  return found == findings.end() ? nullptr : &*found;
}

double Noise(int i) {
  uint64_t x = static_cast<uint64_t>(i) * 0x9E3779B97F4A7C15U + 0x1234567U;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBU;
  x ^= x >> 31;
  return static_cast<double>(x >> 11) / static_cast<double>(uint64_t{1} << 52) - 1.0;
}

}  // namespace telltale::diagnosis
