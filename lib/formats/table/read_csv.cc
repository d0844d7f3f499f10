// Tables of comma-separated values: long ones, wide ones, and those of W&B's panels.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/formats/table/cell.h"
#include "lib/formats/table/columns.h"
#include "lib/formats/table/read_file.h"
#include "lib/io/byte_source.h"
#include "lib/records/csv_reader.h"

namespace telltale::formats::table {
namespace {

using Cells = std::span<const std::string_view>;

constexpr std::string_view kStepColumn = "step";

std::string_view CellAt(Cells cells, std::optional<size_t> column) {
  return column.has_value() && *column < cells.size() ? cells[*column] : std::string_view();
}

double WallTime(Cells cells, std::optional<size_t> column) {
  return ParseNumber(CellAt(cells, column)).value_or(0);
}

// Header names as tags: without spaces around, each only once ("loss", "loss.1").
std::vector<std::string> TagsOf(Cells header) {
  absl::flat_hash_map<std::string, size_t> seen;
  std::vector<std::string> tags;
  for (const std::string_view cell : header) {
    std::string tag(Trim(cell));
    while (true) {
      const auto [it, inserted] = seen.try_emplace(tag, 1);
      if (inserted) break;
      tag = StrCat(Trim(cell), ".", it->second++);
    }
    tags.push_back(std::move(tag));
  }
  return tags;
}

// A table being read: knows its header, takes rows.
class Rows {
 public:
  Rows(TableBuilder& builder, CellProblems& cells) : builder_(builder), cells_(cells) {}
  virtual ~Rows() = default;
  virtual absl::Status Take(const records::CsvRow& row) = 0;

 protected:
  TableBuilder& builder_;
  CellProblems& cells_;
};

// A row a point.
class LongRows final : public Rows {
 public:
  LongRows(Columns columns, TableBuilder& builder, CellProblems& cells)
      : Rows(builder, cells), columns_(std::move(columns)) {}

  absl::Status Take(const records::CsvRow& row) override {
    const std::optional<int64_t> step = ParseStep(CellAt(row.cells, columns_.step));
    const std::string_view cell = CellAt(row.cells, columns_.value);
    const std::optional<double> value = ParseNumber(cell);
    if (!step.has_value()) {
      cells_.AddStep(kStepColumn, row.line, CellAt(row.cells, columns_.step));
    } else if (!value.has_value()) {
      if (!IsMissing(cell)) cells_.AddStep("value", row.line, cell);
    } else if (model::Series* series = builder_.SeriesOf(CellAt(row.cells, columns_.run),
                                                         CellAt(row.cells, columns_.tag))) {
      AddPoint(*series, *step, WallTime(row.cells, columns_.wall_time), *value);
    }
    return absl::OkStatus();
  }

 private:
  Columns columns_;
};

// A row a step. Where the step is no whole number, or there is none, rows are numbered, and what
// stands there is the axis that the series are drawn over.
class WideRows final : public Rows {
 public:
  WideRows(std::vector<std::string> header, Kind kind, TableBuilder& builder, CellProblems& cells)
      : Rows(builder, cells),
        columns_(WideColumns(header, kind)),
        kind_(kind),
        seconds_(kind == Kind::kDvclive ? 1e-3 : 1) {
    tags_ = std::move(header);
  }

  absl::Status Take(const records::CsvRow& row) override {
    if (IsHeaderAgain(row.cells)) return absl::OkStatus();
    const std::string_view run = CellAt(row.cells, columns_.run);
    const int64_t number = rows_++;
    std::optional<int64_t> step = number;
    std::optional<double> axis;
    if (columns_.step.has_value()) {
      const std::string_view cell = CellAt(row.cells, columns_.step);
      step = ParseStep(cell);
      if (!step.has_value()) axis = ParseNumber(cell);
      if (axis.has_value()) numbered_ = true;
      if (!step.has_value() && !axis.has_value()) {
        cells_.AddStep(tags_[*columns_.step], row.line, cell);
        return absl::OkStatus();
      }
      if (numbered_) {
        if (!axis.has_value()) axis = static_cast<double>(*step);
        step = number;
      }
    }
    if (kind_ == Kind::kKeras) NoteRestart(run, *step);
    const double wall_time = WallTime(row.cells, columns_.wall_time) * seconds_;
    for (const size_t column : columns_.metrics) {
      TakeCell(row, run, column, *step, axis, wall_time);
    }
    return absl::OkStatus();
  }

 private:
  // Programs that append to a file write its header again.
  bool IsHeaderAgain(Cells cells) const {
    if (cells.size() != tags_.size()) return false;
    for (size_t i = 0; i < cells.size(); ++i) {
      if (Trim(cells[i]) != tags_[i]) return false;
    }
    return true;
  }

  // CSVLogger(append=True) counts epochs from 0 again.
  void NoteRestart(std::string_view run, int64_t step) {
    if (last_step_.has_value() && step <= *last_step_) builder_.RunOf(run).restarts.push_back(step);
    last_step_ = step;
  }

  void TakeCell(const records::CsvRow& row, std::string_view run, size_t column, int64_t step,
                std::optional<double> axis, double wall_time) {
    const std::string_view cell = CellAt(row.cells, column);
    if (IsMissing(cell)) return;
    const std::optional<double> value = ParseNumber(cell);
    if (!value.has_value()) {
      cells_.Add(tags_[column], row.line, cell);
      return;
    }
    model::Series* series = Series(run, column);
    if (series == nullptr) return;
    AddPoint(*series, step, wall_time, *value);
    if (!numbered_) return;
    series->axis = tags_[*columns_.step];
    // Points from before it was known that the column is no step: their steps are what it said.
    while (series->axis_values.size() + 1 < series->size()) {
      series->axis_values.push_back(static_cast<double>(series->steps[series->axis_values.size()]));
    }
    series->axis_values.push_back(axis.value_or(static_cast<double>(step)));
  }

  model::Series* Series(std::string_view run, size_t column) {
    if (columns_.run.has_value()) return builder_.SeriesOf(run, tags_[column]);
    if (series_.empty()) series_.resize(tags_.size());
    auto& [known, series] = series_[column];
    if (!known) series = builder_.SeriesOf(run, tags_[column]);
    known = true;
    return series;
  }

  std::vector<std::string> tags_;
  Columns columns_;
  Kind kind_;
  double seconds_;  // that the table's unit of time has
  int64_t rows_ = 0;
  bool numbered_ = false;
  std::optional<int64_t> last_step_;
  std::vector<std::pair<bool, model::Series*>> series_;  // of columns, where there is one run
};

// "<x axis>", then a column "<run> - <metric>" each with "...__MIN" and "...__MAX".
class PanelRows final : public Rows {
 public:
  PanelRows(std::vector<std::string> header, TableBuilder& builder, CellProblems& cells)
      : Rows(builder, cells), header_(std::move(header)) {
    for (size_t i = 1; i < header_.size(); ++i) {
      const std::string& name = header_[i];
      const size_t split = name.rfind(" - ");
      if (split == std::string::npos || name.ends_with("__MIN") || name.ends_with("__MAX")) {
        continue;
      }
      const std::string metric = name.substr(split + 3);
      if (metric != "_step") columns_.push_back({i, name.substr(0, split), metric});
    }
  }

  absl::Status Take(const records::CsvRow& row) override {
    const int64_t number = rows_++;
    const std::string_view x = CellAt(row.cells, 0);
    const std::optional<double> axis = ParseNumber(x);
    std::optional<int64_t> step = ParseStep(x);
    if (!axis.has_value()) {
      cells_.AddStep(header_.front(), row.line, x);
      return absl::OkStatus();
    }
    const bool over_steps = header_.front() == "Step";
    if (!step.has_value() || !over_steps) step = number;
    for (const Column& column : columns_) {
      const std::string_view cell = CellAt(row.cells, column.index);
      if (IsMissing(cell)) continue;
      const std::optional<double> value = ParseNumber(cell);
      if (!value.has_value()) {
        cells_.Add(header_[column.index], row.line, cell);
      } else if (model::Series* series = builder_.SeriesOf(column.run, column.metric)) {
        AddPoint(*series, *step, 0, *value);
        if (over_steps) continue;
        series->axis = header_.front();
        series->axis_values.push_back(*axis);
      }
    }
    return absl::OkStatus();
  }

 private:
  struct Column {
    size_t index;
    std::string run;
    std::string metric;
  };
  std::vector<std::string> header_;
  std::vector<Column> columns_;
  int64_t rows_ = 0;
};

// One tag of one run, which the file's name says.
class TensorBoardRows final : public Rows {
 public:
  TensorBoardRows(const std::string& path, TableBuilder& builder, CellProblems& cells)
      : Rows(builder, cells), name_(ParseTensorBoardName(path)) {}

  absl::Status Take(const records::CsvRow& row) override {
    const std::optional<int64_t> step = ParseStep(CellAt(row.cells, 1));
    const std::optional<double> value = ParseNumber(CellAt(row.cells, 2));
    if (!step.has_value()) {
      cells_.AddStep("Step", row.line, CellAt(row.cells, 1));
    } else if (!value.has_value()) {
      cells_.AddStep("Value", row.line, CellAt(row.cells, 2));
    } else if (model::Series* series = builder_.SeriesOf(name_.run, name_.tag)) {
      AddPoint(*series, *step, WallTime(row.cells, 0), *value);
    }
    return absl::OkStatus();
  }

 private:
  TensorBoardName name_;
};

// DVCLive keeps a metric a file, whose place below plots/metrics/ is the metric's name.
void NameByPath(const std::string& path, std::vector<std::string>& header) {
  constexpr std::string_view kFolder = "plots/metrics/";
  const size_t folder = path.rfind(kFolder);
  if (folder == std::string::npos || header.empty()) return;
  std::string_view name = std::string_view(path).substr(folder + kFolder.size());
  header.back() = std::string(name.substr(0, name.rfind('.')));
}

std::unique_ptr<Rows> MakeRows(const std::string& path, Kind kind, std::vector<std::string> header,
                               TableBuilder& builder, CellProblems& cells) {
  if (kind == Kind::kTensorBoard) return std::make_unique<TensorBoardRows>(path, builder, cells);
  if (kind == Kind::kCsv) {
    auto columns = LongColumns(header);
    if (!columns.has_value()) return nullptr;
    return std::make_unique<LongRows>(*std::move(columns), builder, cells);
  }
  if (kind == Kind::kWandbExport && !WideColumns(header, kind).step.has_value()) {
    return std::make_unique<PanelRows>(std::move(header), builder, cells);
  }
  if (kind == Kind::kDvclive) NameByPath(path, header);
  return std::make_unique<WideRows>(std::move(header), kind, builder, cells);
}

}  // namespace

absl::Status ReadCsvFile(const std::string& path, Kind kind, char delimiter, TableBuilder& builder,
                         std::vector<Problem>& problems) {
  TELLTALE_ASSIGN_OR_RETURN(const auto source, io::OpenFile(path));
  CellProblems cells;
  std::unique_ptr<Rows> rows;
  const absl::Status ended =
      records::ReadCsv(*source, {.delimiter = delimiter}, [&](const records::CsvRow& row) {
        if (rows != nullptr) return rows->Take(row);
        rows = MakeRows(path, kind, TagsOf(row.cells), builder, cells);
        return rows != nullptr ? absl::OkStatus()
                               : absl::InvalidArgumentError(StrCat(
                                     path, ": no columns for tag, step and value in its header"));
      });
  cells.Report(path, builder, problems);
  if (ended.ok() || rows == nullptr) return ended;
  problems.push_back({.path = path,
                      .kind = ProblemKind::kUnreadableFile,
                      .message = std::string(ended.message())});
  return absl::OkStatus();
}

}  // namespace telltale::formats::table
