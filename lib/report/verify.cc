#include "lib/report/verify.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/report/json_value.h"
#include "lib/report/number.h"
#include "lib/report/text_finding.h"

namespace telltale::report {
namespace {

// A file and what is wrong with it.
struct FileReport {
  model::RunFile file = {};
  std::vector<const Problem*> problems = {};
};

// All files in the order of runs. Two runs may share a file (sessions); a file is listed once.
// Problems of paths that are no run's file (a directory, a file that could not be opened) have an
// entry of their own.
std::vector<FileReport> FilesOf(const model::Experiment& experiment) {
  std::vector<FileReport> files;
  std::map<std::string_view, size_t> index;
  const auto entry = [&](const model::RunFile& file) -> FileReport& {
    const auto [at, inserted] = index.emplace(file.path, files.size());
    if (inserted) files.push_back({.file = file});
    return files[at->second];
  };
  for (const model::Run& run : experiment.runs) {
    for (const model::RunFile& file : run.files) entry(file);
  }
  std::map<std::string_view, FileReport> others;
  for (const Problem& problem : experiment.problems) {
    if (const auto at = index.find(problem.path); at != index.end()) {
      files[at->second].problems.push_back(&problem);
    } else {
      FileReport& other = others[problem.path];
      other.file.path = problem.path;
      other.problems.push_back(&problem);
    }
  }
  for (auto& [path, other] : others) files.push_back(std::move(other));
  return files;
}

enum class Status { kOk, kGrowing, kDamaged };

Status StatusOf(const FileReport& report) {
  const bool damaged = std::any_of(report.problems.begin(), report.problems.end(),
                                   [](const Problem* p) { return IsDamage(p->kind); });
  if (damaged) return Status::kDamaged;
  return report.file.pending_bytes > 0 ? Status::kGrowing : Status::kOk;
}

std::string_view NameOf(Status status) {
  switch (status) {
    case Status::kOk:
      return "ok";
    case Status::kGrowing:
      return "growing";
    case Status::kDamaged:
      return "damaged";
  }
  return "";
}

std::string ProblemLines(const FileReport& report, size_t width, const Painter& paint) {
  std::string out;
  for (const Problem* problem : report.problems) {
    std::string where;
    if (problem->end > problem->begin) {
      where = StrCat("bytes ", problem->begin, "–", problem->end, ": ");
    }
    std::string what =
        StrCat(where, ProblemKindName(problem->kind), ": ", Printable(problem->message));
    if (problem->records_lost) {
      StrAppend(&what, " (", Count(*problem->records_lost, "record"), " lost)");
    }
    out += Hanging("         ", what, width, paint);
  }
  return out;
}

// The columns before the path, which comes last so that it can stay whole.
struct Widths {
  size_t records = 0;
  size_t bytes = 0;
};

std::string FileLine(const FileReport& report, const Widths& widths, const Painter& paint) {
  const Status status = StatusOf(report);
  const Ink ink = status == Status::kDamaged ? Ink::kRed : Ink::kGreen;
  std::string line = StrCat(paint(ink, PadEnd(NameOf(status), 7)), "  ",
                            PadStart(Count(report.file.records, "record"), widths.records), "  ",
                            PadStart(FormatBytes(report.file.bytes), widths.bytes), "  ",
                            Printable(report.file.path));
  if (report.file.pending_bytes > 0) {
    StrAppend(&line, paint(Ink::kDim, StrCat("  ", FormatBytes(report.file.pending_bytes),
                                             " of a record being written")));
  }
  return line + "\n";
}

std::string ExplanationLines(const std::string& file, const Explanations& explained, size_t width,
                             const Painter& paint) {
  const auto found = explained.find(file);
  if (found == explained.end()) return "";
  std::string out;
  for (const std::string& sentence : found->second) {
    out += Hanging("       → ", Printable(sentence), width, paint);
  }
  return out;
}

Json FileJson(const FileReport& report, const Explanations& explained) {
  Json json;
  json["path"] = report.file.path;
  json["status"] = NameOf(StatusOf(report));
  json["bytes"] = report.file.bytes;
  json["records"] = report.file.records;
  json["pending_bytes"] = report.file.pending_bytes;
  if (const auto found = explained.find(report.file.path); found != explained.end()) {
    json["shown_elsewhere"] = found->second;
  }
  return json;
}

}  // namespace

std::string VerifyText(std::span<const PathReport> paths, const TextOptions& options,
                       const Explanations& explained) {
  const Painter paint(options.color);
  std::vector<FileReport> files;
  for (const PathReport& path : paths) {
    for (FileReport& report : FilesOf(path.experiment)) files.push_back(std::move(report));
  }
  Widths widths;
  uint64_t records = 0;
  for (const FileReport& report : files) {
    widths.records = std::max(widths.records, Count(report.file.records, "record").size());
    widths.bytes = std::max(widths.bytes, FormatBytes(report.file.bytes).size());
    records += report.file.records;
  }
  std::string out;
  size_t damaged = 0;
  for (const FileReport& report : files) {
    const bool bad = StatusOf(report) == Status::kDamaged;
    damaged += bad ? 1 : 0;
    if (options.detail == Detail::kBrief && !bad) continue;
    out += FileLine(report, widths, paint);
    out += ProblemLines(report, ProseWidth(options), paint);
    out += ExplanationLines(report.file.path, explained, ProseWidth(options), paint);
  }
  if (options.detail == Detail::kBrief) return out;
  StrAppend(&out, Count(files.size(), "file"), ", ", Count(records, "record"), ": ",
            damaged == 0 ? paint(Ink::kGreen, "every checksum is right")
                         : paint(Ink::kRed, StrCat(damaged, " damaged")),
            "\n");
  return out;
}

std::string VerifyJson(std::span<const PathReport> paths, std::string_view version,
                       const Explanations& explained) {
  Json json;
  json["schema"] = "telltale.verify/1";
  json["version"] = version;
  json["files"] = Json::array();
  json["problems"] = Json::array();
  for (const PathReport& path : paths) {
    for (const FileReport& report : FilesOf(path.experiment)) {
      json["files"].push_back(FileJson(report, explained));
    }
    for (const Problem& problem : path.experiment.problems) {
      json["problems"].push_back(ProblemJson(problem));
    }
  }
  return Indented(json);
}

std::string VerifyJsonLines(std::span<const PathReport> paths, const Explanations& explained) {
  std::string files;
  std::string problems;
  for (const PathReport& path : paths) {
    for (const FileReport& report : FilesOf(path.experiment))
      files += Line(FileJson(report, explained));
    for (const Problem& problem : path.experiment.problems) {
      problems += Line(Json{{"problem", ProblemJson(problem)}});
    }
  }
  return files + problems;
}

std::string VerifyMarkdown(std::span<const PathReport> paths) {
  std::string out = "| file | status | records | bytes |\n| --- | --- | ---: | ---: |\n";
  for (const PathReport& path : paths) {
    for (const FileReport& report : FilesOf(path.experiment)) {
      StrAppend(&out, "| ", MarkdownCode(report.file.path), " | ", NameOf(StatusOf(report)), " | ",
                report.file.records, " | ", report.file.bytes, " |\n");
    }
  }
  for (const PathReport& path : paths) {
    for (const Problem& problem : path.experiment.problems) {
      StrAppend(&out, out.ends_with("|\n") ? "\n" : "", "- ", MarkdownCode(problem.path), ", byte ",
                problem.begin, ", ", ProblemKindName(problem.kind), ": ",
                EscapeMarkdown(problem.message), "\n");
    }
  }
  return out;
}

}  // namespace telltale::report
