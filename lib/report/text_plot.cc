#include "lib/report/text_plot.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/report/number.h"
#include "lib/report/plot.h"
#include "lib/report/text_finding.h"

namespace telltale::report {
namespace {

constexpr std::string_view kLogMark = "  log";
constexpr size_t kFewestColumns = 8;
constexpr size_t kMostColumns = 64;
constexpr size_t kWidestLabel = 19;  // "validation accuracy"
constexpr size_t kMostMarkers = 4;
constexpr size_t kMostFurtherSeries = 2;
constexpr size_t kMostOfAGroup = 8;

struct NamedCurve {
  std::string label = {};
  const model::Series* series = nullptr;
};

// The findings that are shown in a plot, most severe first.
using Marked = std::vector<const diagnosis::Finding*>;

bool Shown(const std::vector<NamedCurve>& curves, const model::Series* series) {
  return std::any_of(curves.begin(), curves.end(),
                     [&](const NamedCurve& curve) { return curve.series == series; });
}

std::vector<NamedCurve> LossCurves(const RunReport& report) {
  std::vector<NamedCurve> curves;
  if (const auto* train = FindSeries(report, report.diagnosis.train_loss)) {
    curves.push_back({"train loss", train});
  }
  if (const auto* validation = FindSeries(report, report.diagnosis.validation_loss)) {
    curves.push_back({"validation loss", validation});
  }
  return curves;
}

// The validation loss, or else the train loss, or nullptr.
const model::Series* MainLoss(const RunReport& report) {
  const auto* series = FindSeries(report, report.diagnosis.validation_loss);
  return series != nullptr ? series : FindSeries(report, report.diagnosis.train_loss);
}

// What the series means ("train accuracy", "learning rate"), or its tag where that is not known.
std::string LabelOf(const RunReport& report, const model::Series* series) {
  for (const model::SeriesRef& ref : report.training_run.series) {
    if (&report.experiment.runs[ref.run].series[ref.series] != series) continue;
    switch (ref.role.quantity) {
      case model::Quantity::kLearningRate:
        return "learning rate";
      case model::Quantity::kGradientNorm:
        return "gradient norm";
      case model::Quantity::kAccuracy:
      case model::Quantity::kLoss:
      case model::Quantity::kMetric:
        if (ref.role.split == model::Split::kUnknown || ref.role.name.empty()) break;
        return StrCat(model::SplitName(ref.role.split), " ", Printable(ref.role.name));
      default:
        break;
    }
  }
  return Printable(series->tag);
}

// What the findings speak of besides the losses: a metric, a gradient norm. These have axes of
// their own.
std::vector<NamedCurve> FurtherCurves(const RunReport& report, const Marked& marked,
                                      const std::vector<NamedCurve>& losses) {
  std::vector<NamedCurve> curves;
  for (const diagnosis::Finding* finding : marked) {
    for (const auto& evidence : finding->evidence) {
      if (curves.size() == kMostFurtherSeries) return curves;
      const auto* series = FindSeries(report, evidence.series);
      if (series == nullptr || Shown(losses, series) || Shown(curves, series)) continue;
      curves.push_back({LabelOf(report, series), series});
    }
  }
  return curves;
}

// "2.3 → 0.05": where the curve starts and where it ends.
std::string EndsOf(const model::Series& series) {
  if (series.values.empty()) return "";
  return StrCat(FormatNumber(series.values.front()), " → ", FormatNumber(series.values.back()));
}

// A range of columns, first and last included.
struct Columns {
  size_t first = 0;
  size_t last = 0;
};

Columns ColumnsOf(const diagnosis::Finding& finding, const Plot& plot) {
  return {plot.ColumnOf(finding.first_step.value_or(plot.first_step)),
          plot.ColumnOf(finding.last_step.value_or(plot.last_step))};
}

bool HasRange(const diagnosis::Finding& finding) {
  return finding.first_step.has_value() || finding.last_step.has_value();
}

// The ink of each column: that of the most severe finding that covers it.
std::vector<Ink> InksOf(const Marked& marked, const Plot& plot) {
  std::vector<Ink> inks(plot.columns(), Ink::kBlue);
  for (auto it = marked.rbegin(); it != marked.rend(); ++it) {
    if (!HasRange(**it)) continue;
    const Columns columns = ColumnsOf(**it, plot);
    for (size_t c = columns.first; c <= columns.last && c < inks.size(); ++c) {
      inks[c] = InkOf((*it)->severity);
    }
  }
  return inks;
}

std::string PaintedRow(const std::vector<Cell>& row, const std::vector<Ink>& inks,
                       const Painter& paint) {
  std::string out;
  std::string same;  // columns of one ink, painted together
  Ink ink = Ink::kPlain;
  for (size_t c = 0; c < row.size(); ++c) {
    const Ink here = row[c].kind == Cell::Kind::kNotFinite ? Ink::kRed : inks[c];
    if (here != ink) {
      out += paint(ink, std::exchange(same, ""));
      ink = here;
    }
    same += Glyph(row[c]);
  }
  return out + paint(ink, same);
}

// "   ╰──────╯"; one column is "▲".
std::string Bracket(Columns columns) {
  std::string out(columns.first, ' ');
  if (columns.first >= columns.last) return out + "▲";
  out += "╰";
  for (size_t c = columns.first + 1; c < columns.last; ++c) out += "─";
  return out + "╯";
}

std::string Markers(const Marked& marked, const Plot& plot, size_t indent, const Painter& paint) {
  std::string out;
  size_t n = 0;
  for (const diagnosis::Finding* finding : marked) {
    if (!HasRange(*finding)) continue;
    const Columns columns = ColumnsOf(*finding, plot);
    // A mark below the whole curve says nothing.
    if (columns.first == 0 && columns.last + 1 >= plot.columns()) continue;
    if (++n > kMostMarkers) break;
    StrAppend(&out, std::string(indent, ' '),
              paint(InkOf(finding->severity), PadEnd(Bracket(columns), plot.columns())), "  ",
              paint(InkOf(finding->severity), Printable(finding->id)), "\n");
  }
  return out;
}

struct Layout {
  size_t label = 0;
  size_t plot = 0;
};

Layout LayoutFor(const std::vector<NamedCurve>& curves, size_t width) {
  Layout layout;
  size_t ends = 0;
  for (const NamedCurve& curve : curves) {
    layout.label = std::max(layout.label, DisplayWidth(curve.label));
    ends = std::max(ends, DisplayWidth(EndsOf(*curve.series)));
  }
  layout.label = std::min(layout.label, kWidestLabel);
  const size_t used = 2 + layout.label + 2 + 2 + ends + kLogMark.size();
  layout.plot = std::clamp(width > used ? width - used : 0, kFewestColumns, kMostColumns);
  return layout;
}

std::optional<Plot> Draw(std::span<const NamedCurve> curves, size_t columns) {
  std::vector<const model::Series*> series;
  for (const NamedCurve& curve : curves) series.push_back(curve.series);
  return DrawPlot(series, columns);
}

std::string RowsOf(std::span<const NamedCurve> curves, const Plot& plot, const Layout& layout,
                   const Marked& marked, const Painter& paint) {
  const std::vector<Ink> inks = InksOf(marked, plot);
  std::string out;
  for (size_t r = 0; r < curves.size(); ++r) {
    const std::string label = FitMiddle(curves[r].label, layout.label);
    StrAppend(&out, "  ", paint(Ink::kDim, PadEnd(label, layout.label)), "  ",
              PaintedRow(plot.rows[r], inks, paint), "  ", EndsOf(*curves[r].series),
              plot.log_scale ? paint(Ink::kDim, kLogMark) : "", "\n");
  }
  return out;
}

std::string PlotOf(const RunReport& report, const Marked& marked, const TextOptions& options) {
  const Painter paint(options.color);
  std::vector<NamedCurve> curves = LossCurves(report);
  const size_t losses = curves.size();
  for (NamedCurve& curve : FurtherCurves(report, marked, curves))
    curves.push_back(std::move(curve));
  const Layout layout = LayoutFor(curves, options.width);
  const std::span<const NamedCurve> all(curves);

  std::string out;
  const auto plot = Draw(all.first(losses), layout.plot);
  if (plot) {
    StrAppend(&out, RowsOf(all.first(losses), *plot, layout, marked, paint),
              Markers(marked, *plot, 2 + layout.label + 2, paint));
  }
  for (const NamedCurve& curve : all.subspan(losses)) {
    if (const auto own = Draw(std::span(&curve, 1), layout.plot)) {
      StrAppend(&out, RowsOf(std::span(&curve, 1), *own, layout, marked, paint));
    }
  }
  return out;
}

}  // namespace

std::string PlotText(const RunReport& report, const TextOptions& options) {
  Marked marked;
  for (const auto& finding : report.diagnosis.findings) {
    if (finding.severity != diagnosis::Severity::kInfo) marked.push_back(&finding);
  }
  return PlotOf(report, marked, options);
}

std::string PlotText(const RunReport& report, const diagnosis::Finding& finding,
                     const TextOptions& options) {
  return PlotOf(report, {&finding}, options);
}

std::string PlotText(const PathReport& path, const model::Group& group,
                     const TextOptions& options) {
  std::vector<NamedCurve> curves;
  for (const size_t member : group.training_runs) {
    if (curves.size() == kMostOfAGroup) break;
    const RunReport report{path.experiment, path.grouping.training_runs[member],
                           path.diagnoses[member]};
    if (const auto* loss = MainLoss(report)) {
      curves.push_back({Printable(report.training_run.name), loss});
    }
  }
  const Layout layout = LayoutFor(curves, options.width);
  const auto plot = Draw(curves, layout.plot);
  return plot ? RowsOf(curves, *plot, layout, {}, Painter(options.color)) : "";
}

std::string InlineCurve(const RunReport& report, size_t columns, const Painter& paint) {
  if (columns < kFewestColumns) return "";
  const auto* series = MainLoss(report);
  if (series == nullptr) return "";
  const model::Series* const curves[] = {series};
  const auto plot = DrawPlot(curves, columns);
  if (!plot) return "";
  return PaintedRow(plot->rows[0], std::vector<Ink>(plot->columns(), Ink::kBlue), paint) + "  ";
}

}  // namespace telltale::report
