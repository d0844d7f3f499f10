#include "lib/report/text.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>
#include <vector>

#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/report/number.h"
#include "lib/report/text_finding.h"
#include "lib/report/text_plot.h"

namespace telltale::report {
namespace {

constexpr size_t kVerdictWidth = 13;  // "undiagnosable"

// The ids of the findings that are no remarks, as many as fit into `room` columns: "overfitting,
// plateau, 2 more".
std::string FindingIds(const RunReport& report, size_t room, const Painter& paint) {
  const auto& findings = report.diagnosis.findings;
  const auto n = static_cast<size_t>(
      std::count_if(findings.begin(), findings.end(),
                    [&](const diagnosis::Finding& each) { return !IsRemark(each, report); }));
  std::string out;
  size_t used = 0;
  for (size_t i = 0; i < n; ++i) {  // most severe first: remarks come last
    const auto& finding = findings[i];
    const std::string id = Printable(finding.id);
    const std::string more = StrCat(n - i, " more");
    const size_t needs = DisplayWidth(id) + 2;
    const size_t reserve = i + 1 < n ? more.size() + 2 : 0;
    if (used > 0 && used + needs + reserve > room) return StrCat(out, ", ", paint(Ink::kDim, more));
    StrAppend(&out, used > 0 ? ", " : "", paint(InkOf(finding.severity), id));
    used += needs;
  }
  return out;
}

// What most rules lack.
std::string_view MostFrequentReason(const diagnosis::Diagnosis& diagnosis) {
  std::string_view main = "nothing to judge by";
  size_t most = 0;
  for (const auto& rule : diagnosis.not_assessable) {
    const auto n = static_cast<size_t>(std::count_if(
        diagnosis.not_assessable.begin(), diagnosis.not_assessable.end(),
        [&](const diagnosis::NotAssessable& other) { return other.reason == rule.reason; }));
    if (n > most) {
      most = n;
      main = rule.reason;
    }
  }
  return main;
}

// Why there is no verdict, in one sentence.
std::string MainReason(const diagnosis::Diagnosis& diagnosis) {
  if (diagnosis.train_loss.empty() && diagnosis.validation_loss.empty()) {
    return "no loss found by its name; --role can say which it is";
  }
  return Printable(MostFrequentReason(diagnosis));
}

// "steps 0–49": what the train loss covers, or the validation loss where there is none.
std::string StepsOf(const RunReport& report) {
  const auto* series = FindSeries(report, report.diagnosis.train_loss);
  if (series == nullptr) series = FindSeries(report, report.diagnosis.validation_loss);
  if (series == nullptr || series->steps.empty()) return "";
  const auto [first, last] = std::minmax_element(series->steps.begin(), series->steps.end());
  return FormatSteps(*first, *last);
}

// "best 0.31 at step 18" for the one-line form.
std::string BestInShort(const diagnosis::BestCheckpoint& best) {
  return StrCat("best ", FormatNumber(best.value), " at step ", best.step);
}

// "✓ r0002  healthy  ▇▅▃▂▁▁  best 0.31 at step 48"
std::string OneLine(const RunReport& report, const TextOptions& options) {
  const Painter paint(options.color);
  const diagnosis::Diagnosis& diagnosis = report.diagnosis;
  const Ink ink = InkOf(diagnosis.verdict);
  const size_t name_width = std::max<size_t>(options.name_width, 4);
  const std::string name = FitMiddle(Printable(report.training_run.name), name_width);
  std::string out = StrCat(paint(ink, SignOf(diagnosis.verdict)), " ",
                           paint(Ink::kBold, PadEnd(name, name_width)), "  ");
  const size_t used = 2 + name_width + 2 + kVerdictWidth + 2;
  const size_t room = options.width > used ? options.width - used : 0;
  std::string rest;
  if (!diagnosis.findings.empty()) {
    rest = FindingIds(report, room, paint);
    const size_t taken = DisplayWidth(FindingIds(report, room, Painter(Color::kNever)));
    const std::string steps = options.detail == Detail::kBrief ? "" : StepsOf(report);
    if (!steps.empty() && taken + 2 + DisplayWidth(steps) <= room) {
      StrAppend(&rest, "  ", paint(Ink::kDim, steps));
    }
  } else if (diagnosis.verdict == diagnosis::Verdict::kUndiagnosable) {
    rest = paint(Ink::kDim, FitEnd(MainReason(diagnosis), std::max<size_t>(room, 20)));
  } else if (options.detail != Detail::kBrief) {
    const std::string best = diagnosis.best ? BestInShort(*diagnosis.best) : "";
    const size_t plot_room = room > best.size() + 2 ? room - best.size() - 2 : 0;
    rest =
        StrCat(InlineCurve(report, std::min<size_t>(plot_room, 24), paint), paint(Ink::kDim, best));
  }
  const auto verdict = diagnosis::VerdictName(diagnosis.verdict);
  if (rest.empty()) return StrCat(out, paint(ink, verdict), "\n");
  return StrCat(out, paint(ink, PadEnd(verdict, kVerdictWidth)), "  ", rest, "\n");
}

std::string NotAssessableText(const diagnosis::Diagnosis& diagnosis, size_t width,
                              const Painter& paint) {
  if (diagnosis.not_assessable.empty()) return "";
  size_t id_width = 0;
  for (const auto& rule : diagnosis.not_assessable) {
    id_width = std::max(id_width, DisplayWidth(Printable(rule.id)));
  }
  std::string out = paint(Ink::kDim, "  not assessable, because") + "\n";
  for (const auto& rule : diagnosis.not_assessable) {
    out += Hanging(StrCat("    ", PadEnd(Printable(rule.id), id_width), "  "),
                   Printable(rule.reason), width, paint, Ink::kDim);
  }
  return out;
}

std::string SuppressedText(const diagnosis::Diagnosis& diagnosis, size_t width,
                           const Painter& paint) {
  std::string out;
  for (const auto& finding : diagnosis.suppressed) {
    out += Hanging(StrCat("  suppressed: ", Printable(finding.id), "  "),
                   Printable(finding.summary), width, paint, Ink::kDim);
  }
  return out;
}

std::string BestText(const RunReport& report, size_t width, const Painter& paint) {
  const auto& best = report.diagnosis.best;
  if (!best || best->is_last) return "";
  return Hanging("  best checkpoint  ",
                 StrCat("step ", best->step, ", where ", ShortSeriesName(report, best->series),
                        " is ", FormatNumber(best->value)),
                 width, paint);
}

bool TakesOneLine(const RunReport& report, Detail detail) {
  if (detail == Detail::kBrief) return true;
  if (detail == Detail::kVerbose) return false;
  return report.diagnosis.findings.empty() && report.diagnosis.suppressed.empty();
}

}  // namespace

size_t ProseWidth(const TextOptions& options) { return std::clamp<size_t>(options.width, 40, 100); }

size_t NameWidth(std::span<const PathReport> paths, size_t width) {
  size_t widest = 4;
  for (const PathReport& path : paths) {
    for (const auto& training_run : path.grouping.training_runs) {
      widest = std::max(widest, DisplayWidth(Printable(training_run.name)));
    }
  }
  return std::min(widest, std::max<size_t>(16, width / 3));
}

std::string Blocks::Add(std::string block) {
  if (block.empty()) return block;
  const bool tall = std::count(block.begin(), block.end(), '\n') > 1;
  const bool apart = any_ && (tall || last_was_tall_);
  any_ = true;
  last_was_tall_ = tall;
  if (apart) block.insert(0, "\n");
  return block;
}

std::string Blocks::AddApart(std::string block) {
  last_was_tall_ = true;
  return Add(std::move(block));
}

std::string TextOf(const RunReport& report, const TextOptions& options) {
  std::string out = OneLine(report, options);
  if (TakesOneLine(report, options.detail)) return out;
  const Painter paint(options.color);
  const size_t width = ProseWidth(options);
  out += PlotText(report, options);
  for (const auto& finding : report.diagnosis.findings) {
    out += FindingText(finding, &report, options);
  }
  out += BestText(report, width, paint);
  out += SuppressedText(report.diagnosis, width, paint);
  if (options.detail == Detail::kVerbose) {
    out += NotAssessableText(report.diagnosis, width, paint);
  }
  return out;
}

diagnosis::Diagnosis InShort(const diagnosis::Diagnosis& diagnosis) {
  diagnosis::Diagnosis kept{.verdict = diagnosis.verdict,
                            .train_loss = diagnosis.train_loss,
                            .validation_loss = diagnosis.validation_loss};
  kept.findings.reserve(diagnosis.findings.size());
  for (const diagnosis::Finding& finding : diagnosis.findings) {
    kept.findings.push_back({.id = finding.id, .severity = finding.severity});
  }
  if (diagnosis.verdict == diagnosis::Verdict::kUndiagnosable) {
    kept.not_assessable.push_back({.id = "", .reason = std::string(MostFrequentReason(diagnosis))});
  }
  return kept;
}

std::string TextOf(const GroupReport& report, const TextOptions& options) {
  const Painter paint(options.color);
  if (report.findings.empty() && options.detail != Detail::kVerbose) return "";
  const bool seeds = report.group.kind == model::GroupKind::kSeeds;
  std::string out =
      StrCat(paint(Ink::kBold, StrCat("group ", Printable(report.group.name))), "  ",
             Count(report.group.training_runs.size(), seeds ? "seed" : "training run"),
             seeds ? "" : " of a sweep", "\n");
  for (const auto& finding : report.findings) out += FindingText(finding, nullptr, options);
  if (report.findings.empty()) {
    out += Hanging("  ", Printable(report.group.grouped_because), ProseWidth(options), paint,
                   Ink::kDim);
  }
  return out;
}

}  // namespace telltale::report
