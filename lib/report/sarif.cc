#include "lib/report/sarif.h"

#include <cstddef>
#include <set>
#include <utility>

#include "absl/strings/str_format.h"
#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/diagnosis/rule.h"
#include "lib/report/json_value.h"
#include "lib/report/markdown.h"

namespace telltale::report {
namespace {

std::string_view LevelOf(diagnosis::Severity severity) {
  switch (severity) {
    case diagnosis::Severity::kInfo:
      return "note";
    case diagnosis::Severity::kWarning:
      return "warning";
    case diagnosis::Severity::kError:
      return "error";
  }
  return "none";
}

// `path` as a URI reference (RFC 3986): what is not unreserved is written %XX.
std::string UriOf(std::string_view path) {
  std::string out = path.starts_with('/') ? "file://" : "";
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '/' || c == '-' || c == '.' || c == '_' || c == '~';
    if (plain) {
      out += c;
    } else {
      absl::StrAppendFormat(&out, "%%%02X", byte);
    }
  }
  return out.empty() ? "." : out;
}

Json LocationJson(std::string_view path, std::string_view name) {
  Json json;
  json["physicalLocation"]["artifactLocation"]["uri"] = UriOf(path);
  // Viewers want a line; logs have none.
  json["physicalLocation"]["region"]["startLine"] = 1;
  if (!name.empty()) {
    json["logicalLocations"] = Json::array();
    json["logicalLocations"].push_back(
        {{"fullyQualifiedName", ValidUtf8(name)}, {"kind", "module"}});
  }
  return json;
}

// `whose` tells training runs and groups of all paths apart.
Json ResultJson(const diagnosis::Finding& finding, std::string_view path, std::string_view name,
                std::string_view whose) {
  Json json;
  json["ruleId"] = finding.id;
  json["level"] = LevelOf(finding.severity);
  json["message"]["text"] = StrCat(Printable(name), ": ", Printable(finding.summary));
  json["message"]["markdown"] = MarkdownOf(finding);
  json["locations"] = Json::array();
  json["locations"].push_back(LocationJson(path, name));
  // The same finding of the same training run stays one alert, whatever its numbers become.
  json["partialFingerprints"]["telltale/1"] = StrCat(finding.id, "@", ValidUtf8(whose));
  json["rank"] = Number(finding.confidence * 100);
  Json& properties = json["properties"];
  properties["training_run"] = ValidUtf8(name);
  properties["first_step"] = OrNull(finding.first_step);
  properties["last_step"] = OrNull(finding.last_step);
  properties["remedies"] = finding.remedies;
  return json;
}

Json RuleJsonOf(const diagnosis::Rule& rule) {
  Json json;
  json["id"] = rule.id;
  json["shortDescription"]["text"] = rule.summary;
  json["help"]["text"] = rule.doc;
  json["help"]["markdown"] = rule.doc;
  json["defaultConfiguration"]["level"] = LevelOf(rule.severity);
  return json;
}

Json NotificationJson(const Problem& problem) {
  Json json;
  json["level"] = "warning";
  json["message"]["text"] = Printable(problem.message);
  json["locations"] = Json::array();
  json["locations"].push_back(LocationJson(problem.path, ""));
  return json;
}

}  // namespace

std::string DiagnosisSarif(std::span<const PathReport> paths, std::string_view version) {
  Json results = Json::array();
  Json notifications = Json::array();
  std::set<std::string> ids;
  const auto add = [&](const diagnosis::Finding& finding, std::string_view path,
                       std::string_view name, std::string_view whose) {
    results.push_back(ResultJson(finding, path, name, whose));
    ids.insert(finding.id);
  };
  for (const PathReport& path : paths) {
    // A path is named only where there are several: elsewhere the same log has another one.
    const std::string where = paths.size() > 1 ? StrCat(path.experiment.path, ":") : "";
    for (size_t i = 0; i < path.diagnoses.size(); ++i) {
      const model::TrainingRun& run = path.grouping.training_runs[i];
      for (const auto& finding : path.diagnoses[i].findings) {
        add(finding, run.path, run.name, StrCat(where, run.name));
      }
    }
    for (size_t i = 0; i < path.group_findings.size(); ++i) {
      for (const auto& finding : path.group_findings[i]) {
        const std::string& name = path.grouping.groups[i].name;
        add(finding, path.experiment.path, name, StrCat(where, "group:", name));
      }
    }
    for (const Problem& problem : path.experiment.problems) {
      notifications.push_back(NotificationJson(problem));
    }
  }
  Json rules = Json::array();
  for (const std::string& id : ids) {
    if (const auto* rule = diagnosis::FindRule(id)) rules.push_back(RuleJsonOf(*rule));
  }
  Json run;
  Json& driver = run["tool"]["driver"];
  driver["name"] = "telltale";
  driver["version"] = version;
  driver["rules"] = std::move(rules);
  run["invocations"] = Json::array();
  run["invocations"].push_back(
      {{"executionSuccessful", true}, {"toolExecutionNotifications", std::move(notifications)}});
  run["results"] = std::move(results);
  Json json;
  json["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json";
  json["version"] = "2.1.0";
  json["runs"] = Json::array();
  json["runs"].push_back(std::move(run));
  return Indented(json);
}

}  // namespace telltale::report
