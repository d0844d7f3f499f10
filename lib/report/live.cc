#include "lib/report/live.h"

#include "absl/strings/str_replace.h"
#include "absl/time/time.h"
#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/base/version.h"
#include "lib/report/json_value.h"
#include "lib/report/number.h"

namespace telltale::report {
namespace {

std::string_view SeveritySign(diagnosis::Severity severity) {
  switch (severity) {
    case diagnosis::Severity::kError:
      return "✗";
    case diagnosis::Severity::kWarning:
      return "!";
    case diagnosis::Severity::kInfo:
      return "·";
  }
  return "";
}

std::string Subject(const LiveEvent& event) {
  return Printable(event.training_run.empty() ? event.group : event.training_run);
}

std::string LiveSays(const LiveEvent& event, const Painter& paint) {
  const diagnosis::Finding* finding = event.finding;
  switch (event.kind) {
    case LiveEventKind::kWatching:
      return StrCat("watching ", Printable(event.path));
    case LiveEventKind::kRunAdded:
      return StrCat("+ ", Subject(event));
    case LiveEventKind::kRunRemoved:
      return StrCat("- ", Subject(event), "  is gone");
    case LiveEventKind::kFinding:
      return StrCat(paint(InkOf(finding->severity), SeveritySign(finding->severity)), " ",
                    Subject(event), "  ", paint(InkOf(finding->severity), finding->id), ": ",
                    Printable(finding->summary));
    case LiveEventKind::kCleared:
      return StrCat(paint(Ink::kGreen, "✓"), " ", Subject(event), "  ", finding->id,
                    ": no longer found");
    case LiveEventKind::kProblem:
      return StrCat(paint(Ink::kYellow, "?"), " ", Printable(event.problem->path), "  ",
                    ProblemKindName(event.problem->kind), ": ", Printable(event.problem->message));
    case LiveEventKind::kStopped:
      return StrCat("stopped: ", Count(event.training_runs, "training run"), ", ",
                    Count(event.points, "point"));
  }
  return "";
}

// What chat programs show of what is posted to them. Their markup begins with these characters, and
// a name must not address anybody.
std::string ChatText(const LiveEvent& event) {
  const bool cleared = event.kind == LiveEventKind::kCleared;
  const std::string text =
      StrCat(Subject(event), ": ", event.finding->id,
             cleared ? " is no longer found" : StrCat(": ", Printable(event.finding->summary)));
  return absl::StrReplaceAll(text, {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}});
}

}  // namespace

std::string_view LiveEventName(LiveEventKind kind) {
  switch (kind) {
    case LiveEventKind::kWatching:
      return "watching";
    case LiveEventKind::kRunAdded:
      return "run-added";
    case LiveEventKind::kRunRemoved:
      return "run-removed";
    case LiveEventKind::kFinding:
      return "finding";
    case LiveEventKind::kCleared:
      return "cleared";
    case LiveEventKind::kProblem:
      return "problem";
    case LiveEventKind::kStopped:
      return "stopped";
  }
  return "";
}

std::string LiveJsonLine(const LiveEvent& event) {
  Json json;
  json["event"] = LiveEventName(event.kind);
  const auto time = absl::FromUnixMillis(static_cast<int64_t>(event.time * 1000));
  json["time"] = absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", time, absl::UTCTimeZone());
  if (event.kind == LiveEventKind::kWatching) {
    json["schema"] = "telltale.watch/1";
    json["version"] = Version();
  }
  if (!event.path.empty()) json["path"] = event.path;
  if (!event.training_run.empty()) json["training_run"] = event.training_run;
  if (!event.group.empty()) json["group"] = event.group;
  if (event.kind == LiveEventKind::kStopped) {
    json["training_runs"] = event.training_runs;
    json["points"] = event.points;
  }
  if (event.finding != nullptr) {
    json["points"] = event.points;
    json["settled"] = event.settled;
    json["text"] = ChatText(event);
    json["finding"] = FindingJson(*event.finding);
  }
  if (event.problem != nullptr) json["problem"] = ProblemJson(*event.problem);
  return Line(json);
}

std::string LiveText(const LiveEvent& event, std::string_view clock, Color color) {
  const Painter paint(color);
  const std::string before = clock.empty() ? "" : StrCat(paint(Ink::kDim, clock), "  ");
  return StrCat(before, LiveSays(event, paint), "\n");
}

}  // namespace telltale::report
