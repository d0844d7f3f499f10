#include "lib/workflow/result_json.h"

#include <nlohmann/json.hpp>

#include "lib/base/text.h"
#include "lib/base/version.h"
#include "lib/formats/format.h"

namespace telltale::workflow {
namespace {

using annotate::Outcome;
using convert::Change;
using convert::Conversion;

std::string Document(const nlohmann::ordered_json& json) {
  return PrintableJson(json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace)) +
         "\n";
}

nlohmann::ordered_json AnnotationJson(std::span<const report::PathReport> paths,
                                      const annotate::Annotation& annotation) {
  const report::PathReport& path = paths[annotation.path];
  nlohmann::ordered_json json;
  json["name"] = path.grouping.training_runs[annotation.training_run].name;
  json["verdict"] = diagnosis::VerdictName(path.diagnoses[annotation.training_run].verdict);
  json["outcome"] = OutcomeName(annotation.outcome);
  json["file"] = annotation.file;
  json["removed"] = annotation.removed;
  json["texts"] = annotation.texts;
  json["curves"] = annotation.curves;
  if (!annotation.why.ok()) json["why"] = std::string(annotation.why.message());
  return json;
}

nlohmann::ordered_json ChangeJson(const Change& change) {
  return {{"kind", ChangeKindName(change.kind)},
          {"tag", change.tag},
          {"count", change.count},
          {"detail", change.detail},
          {"lost", change.lost}};
}

nlohmann::ordered_json RunJson(const convert::RunPlan& run) {
  nlohmann::ordered_json json{{"source", run.source},
                              {"target", run.target},
                              {"series", run.series},
                              {"points", run.points}};
  json["changes"] = nlohmann::ordered_json::array();
  for (const Change& change : run.changes) json["changes"].push_back(ChangeJson(change));
  return json;
}

nlohmann::ordered_json VerificationJson(const convert::Verification& verification) {
  nlohmann::ordered_json json{
      {"same", verification.ok()}, {"runs", verification.runs}, {"points", verification.points}};
  json["differences"] = nlohmann::ordered_json::array();
  for (const auto& each : verification.differences) {
    json["differences"].push_back({{"run", each.run}, {"tag", each.tag}, {"what", each.what}});
  }
  json["more"] = verification.more;
  return json;
}

}  // namespace

std::string_view OutcomeName(Outcome outcome) {
  switch (outcome) {
    case Outcome::kWritten:
      return "written";
    case Outcome::kReplaced:
      return "replaced";
    case Outcome::kUnchanged:
      return "unchanged";
    case Outcome::kFailed:
      return "failed";
  }
  return "";
}

std::string AnnotationsJson(std::span<const report::PathReport> paths,
                            const annotate::AnnotateResult& result) {
  nlohmann::ordered_json json;
  json["schema"] = "telltale.annotations/1";
  json["version"] = Version();
  json["annotations"] = nlohmann::ordered_json::array();
  for (const auto& annotation : result.annotations) {
    json["annotations"].push_back(AnnotationJson(paths, annotation));
  }
  return Document(json);
}

std::string ConversionJson(const Conversion& conversion, const ConvertedPaths& paths) {
  nlohmann::ordered_json json;
  json["schema"] = "telltale.convert/1";
  json["version"] = Version();
  json["source"] = {{"format", conversion.from == nullptr ? "" : conversion.from->id},
                    {"path", paths.source}};
  json["target"] = {{"format", conversion.plan.to->id}, {"path", paths.destination}};
  json["dry_run"] = paths.dry_run;
  json["runs"] = nlohmann::ordered_json::array();
  for (const convert::RunPlan& run : conversion.plan.runs) json["runs"].push_back(RunJson(run));
  json["written"] = {{"places", conversion.written.places},
                     {"runs", conversion.written.runs},
                     {"points", conversion.written.points},
                     {"replaced_runs", conversion.written.replaced_runs}};
  json["verification"] = conversion.verification ? VerificationJson(*conversion.verification)
                                                 : nlohmann::ordered_json(nullptr);
  json["problems"] = nlohmann::ordered_json::array();
  for (const Problem& problem : conversion.problems) {
    json["problems"].push_back(
        {{"path", problem.path},
         {"offset", problem.begin},
         {"kind", ProblemKindName(problem.kind)},
         {"message", problem.message},
         {"records_lost", problem.records_lost ? nlohmann::ordered_json(*problem.records_lost)
                                               : nlohmann::ordered_json(nullptr)}});
  }
  return Document(json);
}

}  // namespace telltale::workflow
