#include "lib/annotate/content.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_format.h"
#include "lib/annotate/axis.h"
#include "lib/base/crc32c.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/formats/tensorboard/event_writer.h"
#include "lib/formats/tensorboard/own_writer.h"
#include "lib/io/byte_sink.h"
#include "lib/report/markdown.h"

namespace telltale::annotate {
namespace {

using diagnosis::Finding;
using formats::tensorboard::Chart;
using formats::tensorboard::ChartCategory;
using formats::tensorboard::EventWriter;
using formats::tensorboard::ScalarValue;

constexpr std::string_view kDiagnosisTag = "telltale/diagnosis";
constexpr std::string_view kFindingPrefix = "telltale/findings/";
constexpr std::string_view kGapTag = "telltale/generalization_gap";

constexpr std::string_view kFooter =
    "---\n\nTelltale judges curves, not models. Leaked data, a measure that misses the point, test "
    "data unlike what comes in use: none of them leaves a trace in a curve, so good curves are no "
    "proof of a good model.\n";

struct Curve {
  std::string tag = {};
  std::string display_name = {};
  std::string description = {};
  std::vector<CurvePoint> points = {};
};

std::string FindingTag(std::string_view id) { return StrCat(kFindingPrefix, ValidUtf8(id)); }

// The findings of each id together, in the order in which the ids first appear: a tag can say only
// one thing.
std::vector<std::vector<const Finding*>> ById(const std::vector<Finding>& findings) {
  std::vector<std::vector<const Finding*>> groups;
  for (const Finding& finding : findings) {
    const auto same = std::find_if(groups.begin(), groups.end(), [&](const auto& group) {
      return group.front()->id == finding.id;
    });
    if (same != groups.end()) {
      same->push_back(&finding);
    } else {
      groups.push_back({&finding});
    }
  }
  return groups;
}

std::vector<StepRange> RangesOf(const std::vector<const Finding*>& group) {
  std::vector<StepRange> ranges;
  for (const Finding* finding : group) {
    if (finding->first_step || finding->last_step) {
      ranges.push_back({finding->first_step, finding->last_step});
    }
  }
  return ranges;
}

std::vector<Curve> CurvesOf(const report::RunReport& report, const Axis& axis) {
  std::vector<Curve> curves;
  absl::flat_hash_set<std::string> taken;  // a tag is one curve
  const auto add = [&](Curve curve) {
    curve.tag = ValidUtf8(curve.tag);
    if (!curve.points.empty() && taken.insert(curve.tag).second) curves.push_back(std::move(curve));
  };
  for (const diagnosis::DerivedCurve& curve : report.diagnosis.curves) {
    add({.tag = curve.tag, .description = curve.description, .points = Sampled(curve)});
  }
  for (const auto& group : ById(report.diagnosis.findings)) {
    const std::string tag = FindingTag(group.front()->id);
    add({.tag = StrCat(tag, "/active"),
         .display_name = tag,
         .description =
             StrCat("1 where the finding holds, else 0. ", EscapeMarkdown(group.front()->summary)),
         .points = ActiveCurve(axis, RangesOf(group))});
  }
  return curves;
}

// One event a step with the values of all curves at it, so that the file is in order of steps and
// of wall times.
absl::Status WriteCurves(const std::vector<Curve>& curves, const Axis& axis, EventWriter& writer) {
  struct Entry {
    int64_t step;
    size_t curve;
    double value;
  };
  std::vector<Entry> entries;
  for (size_t i = 0; i < curves.size(); ++i) {
    for (const CurvePoint& point : curves[i].points)
      entries.push_back({point.step, i, point.value});
  }
  std::stable_sort(entries.begin(), entries.end(),
                   [](const Entry& a, const Entry& b) { return a.step < b.step; });
  std::vector<ScalarValue> values;
  for (size_t i = 0; i < entries.size(); ++i) {
    const Curve& curve = curves[entries[i].curve];
    values.push_back({.tag = curve.tag,
                      .value = entries[i].value,
                      .display_name = curve.display_name,
                      .description = curve.description});
    const int64_t step = entries[i].step;
    if (i + 1 < entries.size() && entries[i + 1].step == step) continue;
    TELLTALE_RETURN_IF_ERROR(writer.AddScalars(step, axis.WallTime(step), values));
    values.clear();
  }
  return absl::OkStatus();
}

// "run:tag" -> tag, by the series that it names: both parts may hold colons.
std::string TagOf(const report::RunReport& report, std::string_view name) {
  const model::Series* series = report::FindSeries(report, name);
  return series == nullptr ? "" : series->tag;
}

// Train, validation and gap in one chart. The title says which tags, so that training runs with
// other tags get a chart of their own and those with the same tags share one.
std::vector<ChartCategory> LayoutOf(const report::RunReport& report) {
  const std::string train = TagOf(report, report.diagnosis.train_loss);
  const std::string validation = TagOf(report, report.diagnosis.validation_loss);
  Chart chart;
  for (const std::string& tag : {train, validation}) {
    if (!tag.empty() && (chart.tags.empty() || chart.tags.front() != tag))
      chart.tags.push_back(tag);
  }
  if (chart.tags.empty()) return {};
  const bool both = !train.empty() && !validation.empty();
  chart.title =
      StrCat(both ? "train, validation and gap: " : "loss: ", Printable(chart.tags.front()));
  if (chart.tags.size() > 1) StrAppend(&chart.title, ", ", Printable(chart.tags.back()));
  if (both) chart.tags.emplace_back(kGapTag);
  return {{.title = "Telltale", .charts = {std::move(chart)}}};
}

struct Text {
  std::string tag = {};
  std::string markdown = {};
};

std::vector<Text> TextsOf(const report::RunReport& report) {
  std::vector<Text> texts;
  texts.push_back({std::string(kDiagnosisTag),
                   StrCat(report::MarkdownOf(report, 2, report::Folding::kNone), kFooter)});
  for (const auto& group : ById(report.diagnosis.findings)) {
    Text& text = texts.emplace_back(Text{.tag = FindingTag(group.front()->id)});
    for (const Finding* finding : group) text.markdown += report::MarkdownOf(*finding);
  }
  return texts;
}

// Ten digits as all writers have, whatever the log says its time is. The underscore cannot stand in
// a host name, which is what other writers have after the time.
std::string FileName(double wall_time, std::string_view bytes) {
  const double seconds = std::clamp(wall_time, 0.0, 9'999'999'999.0);
  return absl::StrFormat("events.out.tfevents.%010d.telltale_%08x", static_cast<int64_t>(seconds),
                         Crc32c(bytes));
}

}  // namespace

absl::StatusOr<Content> MakeContent(const report::RunReport& report) {
  const Axis axis(report);
  const std::vector<Curve> curves = CurvesOf(report, axis);
  const std::vector<Text> texts = TextsOf(report);
  Content content;
  EventWriter writer(io::AppendTo(content.bytes), axis.start());
  TELLTALE_RETURN_IF_ERROR(writer.Begin(formats::tensorboard::OwnWriter()));
  const std::vector<ChartCategory> layout = LayoutOf(report);
  if (!layout.empty()) TELLTALE_RETURN_IF_ERROR(writer.AddLayout(layout));
  TELLTALE_RETURN_IF_ERROR(WriteCurves(curves, axis, writer));
  // One step of text: TensorBoard's Python loader keeps ten of a tag, at random.
  const int64_t step = axis.steps().empty() ? 0 : axis.steps().back();
  for (const Text& text : texts) {
    TELLTALE_RETURN_IF_ERROR(writer.AddText(
        text.tag, {.step = step, .wall_time = axis.end(), .strings = {text.markdown}}));
  }
  content.file_name = FileName(axis.end(), content.bytes);
  content.texts = texts.size();
  content.curves = curves.size();
  return content;
}

}  // namespace telltale::annotate
