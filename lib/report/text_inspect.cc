#include <algorithm>
#include <string>
#include <variant>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/report/number.h"
#include "lib/report/text.h"
#include "lib/report/text_finding.h"

namespace telltale::report {
namespace {

// What one row of a training run's table says.
struct TableRow {
  std::string run = {};
  std::string tag = {};
  std::string role = {};
  std::string points = {};
  std::string steps = {};
  std::string values = {};
};

std::string RoleText(const model::SeriesRef& ref) {
  const model::Role& role = ref.role;
  const auto split = model::SplitName(role.split);
  const auto quantity = model::QuantityName(role.quantity);
  std::string out =
      StrCat(role.split == model::Split::kUnknown ? "" : StrCat(split, " "), quantity);
  if (role.quantity == model::Quantity::kUnknown && role.split == model::Split::kUnknown) out = "–";
  if (role.component) out += " (part)";
  if (ref.role_from_user) out += " (set)";
  return out;
}

TableRow RowOf(const model::Run& run, const model::Series& series, const model::SeriesRef& ref) {
  TableRow row{.run = Printable(run.name),
               .tag = Printable(series.tag),
               .role = RoleText(ref),
               .points = StrCat(series.size())};
  if (series.steps.empty()) return row;
  const auto [first, last] = std::minmax_element(series.steps.begin(), series.steps.end());
  row.steps = *first == *last ? StrCat(*first) : StrCat(*first, "–", *last);
  row.values = FormatNumber(series.values.front());
  if (series.size() > 1) StrAppend(&row.values, " → ", FormatNumber(series.values.back()));
  return row;
}

size_t Widest(const std::vector<TableRow>& rows, std::string TableRow::*column,
              std::string_view title) {
  size_t width = DisplayWidth(title);
  for (const TableRow& row : rows) width = std::max(width, DisplayWidth(row.*column));
  return width;
}

// `name` is the training run's: a run that is called the same needs no line of its own.
std::string SeriesTable(const std::vector<TableRow>& rows, const std::string& name, size_t width,
                        const Painter& paint) {
  if (rows.empty()) return "";
  const size_t role = Widest(rows, &TableRow::role, "role");
  const size_t points = Widest(rows, &TableRow::points, "points");
  const size_t steps = Widest(rows, &TableRow::steps, "steps");
  size_t tag = Widest(rows, &TableRow::tag, "tag");
  // Tags give way first: they are the longest, and `--format json` has them whole.
  const size_t others = 4 + 2 + role + 2 + points + 2 + steps;
  const size_t room = std::max<size_t>(width, others + 12) - others;
  tag = std::min(tag, room);
  const size_t values = Widest(rows, &TableRow::values, "values");
  const bool with_values = others + tag + 2 + values <= width;
  const auto line = [&](const TableRow& row) {
    return StrCat("    ", PadEnd(FitMiddle(row.tag, tag), tag), "  ", PadEnd(row.role, role), "  ",
                  PadStart(row.points, points), "  ",
                  with_values ? StrCat(PadEnd(row.steps, steps), "  ", row.values) : row.steps);
  };
  std::string out = paint(Ink::kDim, line({"run", "tag", "role", "points", "steps", "values"}));
  std::string run = name;
  out += "\n";
  for (const TableRow& row : rows) {
    if (row.run != run) {
      run = row.run;
      StrAppend(&out, "  ", run, "\n");
    }
    StrAppend(&out, line(row), "\n");
  }
  return out;
}

std::string OtherContents(const model::Run& run, const std::string& label, size_t width,
                          const Painter& paint) {
  std::vector<std::string> parts;
  if (!run.texts.empty()) parts.push_back(Count(run.texts.size(), "text tag"));
  if (!run.opaque.empty()) {
    uint64_t bytes = 0;
    for (const auto& opaque : run.opaque) bytes += opaque.byte_size;
    parts.push_back(StrCat(Count(run.opaque.size(), "other tag"), ", ", FormatBytes(bytes)));
  }
  if (!run.params.empty()) parts.push_back(Count(run.params.size(), "hyper-parameter"));
  if (!run.restarts.empty()) parts.push_back(Count(run.restarts.size(), "restart"));
  std::string text;
  for (const std::string& part : parts) StrAppend(&text, text.empty() ? "" : "; ", part);
  if (text.empty()) return "";
  return Hanging("  also  ", StrCat(label.empty() ? "" : label + ": ", text), width, paint,
                 Ink::kDim);
}

std::string ValueText(const model::ParamValue& value) {
  if (const auto* number = std::get_if<double>(&value)) return FormatNumber(*number);
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  return Printable(std::get<std::string>(value));
}

// What the user set; with `kVerbose` all hyper-parameters.
std::string ParamsText(const model::TrainingRun& training_run, Detail detail, size_t width,
                       const Painter& paint) {
  const size_t n =
      detail == Detail::kVerbose ? training_run.params.size() : training_run.params_from_user;
  std::string text;
  for (size_t i = 0; i < n; ++i) {
    const model::Param& param = training_run.params[i];
    StrAppend(&text, i > 0 ? ", " : "", Printable(param.name), "=", ValueText(param.value),
              i < training_run.params_from_user ? " (set)" : "");
  }
  return text.empty() ? "" : Hanging("  hyper-parameters  ", text, width, paint, Ink::kDim);
}

std::string TrainingRunText(const PathReport& path, const model::TrainingRun& training_run,
                            const TextOptions& options) {
  const Painter paint(options.color);
  const size_t width = ProseWidth(options);
  std::string out = paint(Ink::kBold, Printable(training_run.name)) + "\n";
  if (!training_run.grouped_because.empty()) {
    out += Hanging("  ", Printable(training_run.grouped_because), width, paint, Ink::kDim);
  }
  std::vector<TableRow> rows;
  for (const model::SeriesRef& ref : training_run.series) {
    const model::Run& run = path.experiment.runs[ref.run];
    rows.push_back(RowOf(run, run.series[ref.series], ref));
  }
  out += SeriesTable(rows, Printable(training_run.name), options.width, paint);
  if (rows.empty()) out += "  no scalar series\n";
  for (const size_t run : training_run.runs) {
    const bool only = training_run.runs.size() == 1;
    const std::string label = only ? "" : Printable(path.experiment.runs[run].name);
    out += OtherContents(path.experiment.runs[run], label, width, paint);
  }
  out += ParamsText(training_run, options.detail, width, paint);
  if (options.detail == Detail::kVerbose) {
    for (const size_t run : training_run.runs) {
      for (const auto& file : path.experiment.runs[run].files) {
        StrAppend(&out, "  file  ", Printable(file.path), ": ", FormatBytes(file.bytes), ", ",
                  Count(file.records, "record"), "\n");
      }
    }
  }
  return out;
}

std::string GroupText(const PathReport& path, const model::Group& group,
                      const TextOptions& options) {
  const Painter paint(options.color);
  std::string members;
  for (const size_t i : group.training_runs) {
    StrAppend(&members, members.empty() ? "" : ", ",
              Printable(path.grouping.training_runs[i].name));
  }
  return StrCat(
      paint(Ink::kBold, StrCat("group ", Printable(group.name))), "  ",
      group.kind == model::GroupKind::kSeeds ? "seeds" : "sweep", "\n",
      Hanging("  ", members, ProseWidth(options), paint),
      Hanging("  ", Printable(group.grouped_because), ProseWidth(options), paint, Ink::kDim));
}

std::string TotalsText(const PathReport& path, size_t width) {
  uint64_t points = 0;
  size_t series = 0;
  absl::flat_hash_set<std::string_view> files;  // several runs may be in one
  size_t annotations = 0;
  for (const model::Run& run : path.experiment.runs) {
    for (const model::RunFile& file : run.files) files.insert(file.path);
    annotations += run.written_by_telltale ? 1 : 0;
    for (const auto& s : run.series) points += s.size();
    series += run.series.size();
  }
  std::string out =
      StrCat(Printable(path.experiment.path), ": ", path.experiment.format, ", ",
             Count(path.grouping.training_runs.size(), "training run"), ", ",
             Count(path.experiment.runs.size(), "run"), ", ", Count(files.size(), "file"), ", ",
             Count(series, "series", "series"), ", ", Count(points, "point"));
  if (annotations > 0) StrAppend(&out, ", ", Count(annotations, "annotation"), " by Telltale");
  return Hanging("", out, width, Painter(Color::kNever));
}

}  // namespace

std::string InspectText(const PathReport& path, const TextOptions& options) {
  Blocks blocks;
  std::string out;
  if (options.detail != Detail::kBrief) {
    for (const auto& training_run : path.grouping.training_runs) {
      out += blocks.Add(TrainingRunText(path, training_run, options));
    }
    for (const auto& group : path.grouping.groups) {
      out += blocks.Add(GroupText(path, group, options));
    }
  }
  out += blocks.Add(ProblemsText(std::span(&path, 1), options));
  out += blocks.AddApart(TotalsText(path, ProseWidth(options)));
  return out;
}

}  // namespace telltale::report
