#include "lib/report/json.h"

#include <iterator>
#include <utility>

#include "lib/base/str.h"
#include "lib/report/json_value.h"

namespace telltale::report {
namespace {

// The document's, in this order.
constexpr std::string_view kLists[] = {"training_runs", "groups", "problems"};

Json FindingsJson(std::span<const diagnosis::Finding> findings) {
  Json json = Array(findings.size());
  for (const auto& finding : findings) json.push_back(FindingJson(finding));
  return json;
}

Json SeriesJson(const RunReport& report, const model::SeriesRef& ref) {
  const model::Run& run = report.experiment.runs[ref.run];
  const model::Series& series = run.series[ref.series];
  const auto range = StepRangeOf(series);
  Json role = Object(2);
  role["split"] = model::SplitName(ref.role.split);
  role["quantity"] = model::QuantityName(ref.role.quantity);
  Json json = Object(6);
  json["run"] = run.name;
  json["tag"] = series.tag;
  json["role"] = std::move(role);
  json["points"] = series.size();
  json["first_step"] = range ? Json(range->first) : Json(nullptr);
  json["last_step"] = range ? Json(range->last) : Json(nullptr);
  return json;
}

Json BestJson(const diagnosis::BestCheckpoint& best) {
  Json json = Object(4);
  json["step"] = best.step;
  json["value"] = Number(best.value);
  json["series"] = best.series;
  json["is_last"] = best.is_last;
  return json;
}

Json TrainingRunJson(const RunReport& report) {
  const model::TrainingRun& training_run = report.training_run;
  const diagnosis::Diagnosis& diagnosis = report.diagnosis;
  Json source = Object(2);
  source["format"] = report.experiment.format;
  source["path"] = training_run.path;
  Json runs = Array(training_run.runs.size());
  for (const size_t run : training_run.runs) runs.push_back(report.experiment.runs[run].name);
  Json series = Array(training_run.series.size());
  for (const auto& ref : training_run.series) series.push_back(SeriesJson(report, ref));
  Json json = Object(9);
  json["name"] = training_run.name;
  json["source"] = std::move(source);
  json["runs"] = std::move(runs);
  json["verdict"] = diagnosis::VerdictName(diagnosis.verdict);
  json["series"] = std::move(series);
  json["findings"] = FindingsJson(diagnosis.findings);
  json["best_checkpoint"] = diagnosis.best ? BestJson(*diagnosis.best) : Json(nullptr);
  Json not_assessable = Array(diagnosis.not_assessable.size());
  for (const auto& rule : diagnosis.not_assessable) {
    Json reason = Object(2);
    reason["id"] = rule.id;
    reason["reason"] = rule.reason;
    not_assessable.push_back(std::move(reason));
  }
  json["not_assessable"] = std::move(not_assessable);
  json["suppressed"] = FindingsJson(diagnosis.suppressed);
  return json;
}

Json GroupJson(const GroupReport& report) {
  Json json = Object(5);
  json["name"] = report.group.name;
  json["training_runs"] = Array(report.group.training_runs.size());
  for (const size_t i : report.group.training_runs) {
    json["training_runs"].push_back(report.grouping.training_runs[i].name);
  }
  json["findings"] = FindingsJson(report.findings);
  json["kind"] = report.group.kind == model::GroupKind::kSeeds ? "seeds" : "sweep";
  json["differing"] = report.group.differing;
  return json;
}

}  // namespace

std::string DiagnosisDocument::Add(const RunReport& report) {
  return Element(0, Indented(TrainingRunJson(report)));
}

std::string DiagnosisDocument::Add(const GroupReport& report) {
  return Element(1, Indented(GroupJson(report)));
}

std::string DiagnosisDocument::Add(const Problem& problem) {
  return Element(2, Indented(ProblemJson(problem)));
}

std::string DiagnosisDocument::Finish() { return GoTo(std::size(kLists)); }

// Ends the lists before `list`, and begins it.
std::string DiagnosisDocument::GoTo(size_t list) {
  std::string text;
  const auto begin = [&] { StrAppend(&text, ",\n  \"", kLists[list_], "\": ["); };
  if (!begun_) {
    std::string version = Line(Json(version_));
    version.pop_back();
    text = StrCat("{\n  \"schema\": \"telltale.diagnosis/1\",\n  \"version\": ", version);
    begin();
    begun_ = true;
  }
  while (list_ < list) {
    text += empty_ ? "]" : "\n  ]";
    empty_ = true;
    ++list_;
    if (list_ < std::size(kLists)) begin();
  }
  return list < std::size(kLists) ? text : text + "\n}\n";
}

// `json` begins at the edge of the line and ends with a newline; no text in it holds one.
std::string DiagnosisDocument::Element(size_t list, const std::string& json) {
  std::string text = GoTo(list);
  if (!empty_) text += ",";
  empty_ = false;
  for (size_t begin = 0; begin < json.size();) {
    const size_t end = json.find('\n', begin);
    StrAppend(&text, "\n    ", std::string_view(json).substr(begin, end - begin));
    begin = end + 1;
  }
  return text;
}

std::string DiagnosisJson(std::span<const PathReport> paths, std::string_view version) {
  DiagnosisDocument document(version);
  std::string text;
  for (const PathReport& path : paths) {
    for (size_t i = 0; i < path.grouping.training_runs.size(); ++i) {
      text += document.Add(
          RunReport{path.experiment, path.grouping.training_runs[i], path.diagnoses[i]});
    }
  }
  for (const PathReport& path : paths) {
    for (size_t i = 0; i < path.grouping.groups.size(); ++i) {
      text +=
          document.Add(GroupReport{path.grouping, path.grouping.groups[i], path.group_findings[i]});
    }
  }
  for (const PathReport& path : paths) {
    for (const Problem& problem : path.experiment.problems) text += document.Add(problem);
  }
  return text + document.Finish();
}

std::string JsonLine(const RunReport& report) { return Line(TrainingRunJson(report)); }

std::string JsonLine(const GroupReport& report) { return Line(GroupJson(report)); }

std::string JsonLine(const Problem& problem) {
  Json json;
  json["problem"] = ProblemJson(problem);
  return Line(json);
}

}  // namespace telltale::report
