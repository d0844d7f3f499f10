#include "lib/report/html.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <set>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/diagnosis/rule.h"
#include "lib/model/downsample.h"
#include "lib/report/json.h"
#include "lib/report/json_value.h"

namespace telltale::report {
namespace {

constexpr size_t kBytesOfCurves = 1 << 20;
constexpr size_t kBytesOfPoint = 18;  // a step and a value of four to six digits, as JSON
constexpr size_t kFewestPoints = 60;
constexpr size_t kMostPoints = 600;

struct Embedded {
  std::string_view name;
  std::string_view contents;
};
#define X(name, contents) Embedded{name, contents},
// The script, and the Base64 of its SHA-256.
constexpr Embedded kScripts[] = {
#include "lib/report/page_script.inc"
};
constexpr Embedded kHashes[] = {
#include "lib/report/page_hash.inc"
};
#undef X

// Six digits are more than a chart shows.
Json Short(double value) {
  if (!std::isfinite(value)) return Number(value);
  double rounded = value;
  const std::string text = absl::StrFormat("%.6g", value);
  return absl::SimpleAtod(text, &rounded) ? Json(rounded) : Json(value);
}

Json SamplesJson(const model::Run& run, const model::Series& series, size_t points) {
  model::Series thinned;
  thinned.steps = series.steps;
  thinned.wall_times = series.wall_times;
  thinned.values = series.values;
  model::Downsample({.method = model::DownsampleMethod::kMinMax, .points = points}, thinned);
  Json json;
  json["run"] = run.name;
  json["tag"] = series.tag;
  Json& steps = json["steps"] = Json::array();
  Json& values = json["values"] = Json::array();
  for (size_t i = 0; i < thinned.size(); ++i) {
    steps.push_back(thinned.steps[i]);
    values.push_back(Short(thinned.values[i]));
  }
  return json;
}

// The series of each training run, in the order of the document.
Json CurvesJson(std::span<const PathReport> paths) {
  size_t count = 0;
  for (const PathReport& path : paths) {
    for (const auto& run : path.grouping.training_runs) count += run.series.size();
  }
  const size_t points = std::clamp(kBytesOfCurves / kBytesOfPoint / std::max<size_t>(count, 1),
                                   kFewestPoints, kMostPoints);
  Json json = Json::array();
  for (const PathReport& path : paths) {
    for (const auto& training_run : path.grouping.training_runs) {
      Json curves = Json::array();
      for (const auto& ref : training_run.series) {
        const model::Run& run = path.experiment.runs[ref.run];
        curves.push_back(SamplesJson(run, run.series[ref.series], points));
      }
      json.push_back(std::move(curves));
    }
  }
  return json;
}

// What the rules say that found something.
Json RulesFound(std::span<const PathReport> paths) {
  std::set<std::string> ids;
  const auto add = [&](std::span<const diagnosis::Finding> findings) {
    for (const auto& finding : findings) ids.insert(finding.id);
  };
  for (const PathReport& path : paths) {
    for (const auto& diagnosis : path.diagnoses) add(diagnosis.findings);
    for (const auto& findings : path.group_findings) add(findings);
  }
  Json json = Json::array();
  for (const std::string& id : ids) {
    const diagnosis::Rule* rule = diagnosis::FindRule(id);
    if (rule == nullptr) continue;
    json.push_back({{"id", rule->id},
                    {"severity", diagnosis::SeverityName(rule->severity)},
                    {"summary", rule->summary},
                    {"doc", rule->doc}});
  }
  return json;
}

// JSON as a script element may hold it: no "<" begins an end tag or a comment.
std::string ForScript(const Json& json) {
  return absl::StrReplaceAll(Line(json), {{"<", "\\u003c"}});
}

std::string EscapeHtml(std::string_view text) {
  return absl::StrReplaceAll(Printable(text),
                             {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}});
}

// For readers without scripts: the verdicts.
std::string Plain(std::span<const PathReport> paths) {
  std::string out = "<noscript><p>The curves need JavaScript. The verdicts:</p><ul>\n";
  for (const PathReport& path : paths) {
    for (size_t i = 0; i < path.diagnoses.size(); ++i) {
      StrAppend(&out, "<li>", EscapeHtml(path.grouping.training_runs[i].name), ": ",
                diagnosis::VerdictName(path.diagnoses[i].verdict), "</li>\n");
    }
  }
  return out + "</ul></noscript>\n";
}

}  // namespace

std::string DiagnosisHtml(std::span<const PathReport> paths, std::string_view version) {
  Json data;
  data["diagnosis"] = Json::parse(DiagnosisJson(paths, version));
  data["series"] = CurvesJson(paths);
  data["rules"] = RulesFound(paths);
  std::string title = "Telltale";
  for (const PathReport& path : paths) StrAppend(&title, " · ", EscapeHtml(path.experiment.path));
  return StrCat(
      kPageBeginning,
      "<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
      "script-src 'sha256-",
      kHashes[0].contents,
      "'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'\">\n"
      "<meta name=\"generator\" content=\"telltale ",
      EscapeHtml(version), "\">\n<title>", title, "</title>\n</head>\n<body>\n", Plain(paths),
      "<script type=\"application/json\" id=\"telltale-data\">", ForScript(data),
      "</script>\n<script type=\"module\">", kScripts[0].contents, "</script>\n</body>\n</html>\n");
}

}  // namespace telltale::report
