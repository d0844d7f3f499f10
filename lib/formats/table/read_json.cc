// Tables written as JSON: lines, arrays, TensorBoard's triples, the Trainer's state.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/formats/table/cell.h"
#include "lib/formats/table/columns.h"
#include "lib/formats/table/json_rows.h"
#include "lib/formats/table/read_file.h"
#include "lib/formats/table/run_facts.h"
#include "lib/io/byte_source.h"
#include "lib/io/read_file.h"

namespace telltale::formats::table {
namespace {

constexpr uint64_t kMostJsonBytes = uint64_t{4} << 30;

using Row = std::vector<JsonField>;

std::optional<double> NumberIn(const JsonField* field) {
  if (field == nullptr) return std::nullopt;
  if (field->number.has_value()) return field->number;
  return field->text.has_value() ? ParseNumber(*field->text) : std::nullopt;
}

std::optional<int64_t> IntegerOf(const JsonField* field) {
  if (field == nullptr) return std::nullopt;
  if (field->integer.has_value()) return field->integer;
  return field->text.has_value() ? ParseStep(*field->text) : std::nullopt;
}

const JsonField* FirstOf(const Row& row, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    if (const JsonField* field = FieldOf(row, name)) return field;
  }
  return nullptr;
}

// The field of a row that counts steps: the one that the row before had, or the best by name.
const JsonField* StepOf(const Row& row, std::string& name) {
  if (!name.empty()) {
    if (const JsonField* field = FieldOf(row, name)) return field;
  }
  std::vector<std::string> names;
  for (const JsonField& field : row) names.push_back(field.number ? field.name : "");
  const Columns columns = WideColumns(names, Kind::kJsonl);
  if (!columns.step.has_value()) return nullptr;
  name = row[*columns.step].name;
  return &row[*columns.step];
}

class JsonTable {
 public:
  JsonTable(Kind kind, TableBuilder& builder, CellProblems& cells)
      : kind_(kind), builder_(builder), cells_(cells) {}

  void Take(const Row& row, uint64_t line) {
    const JsonField* tag = FirstOf(row, {"tag", "metric", "key", "name"});
    const JsonField* value = FieldOf(row, "value");
    if (tag != nullptr && tag->text.has_value() && value != nullptr) {
      TakePoint(row, *tag->text, *value, line);
    } else if (!TakeRunRow(row, builder_)) {
      TakeWide(row, line);
    }
  }

 private:
  static std::string RunOf(const Row& row) {
    const JsonField* run = FirstOf(row, {"run", "run_name", "run_id"});
    return run != nullptr && run->text.has_value() ? *run->text : "";
  }

  static double TimeOf(const Row& row) {
    return NumberIn(FirstOf(row, {"wall_time", "_timestamp", "timestamp"})).value_or(0);
  }

  void TakePoint(const Row& row, const std::string& tag, const JsonField& value, uint64_t line) {
    const JsonField* step_field = FirstOf(row, {"step", "_step", "global_step", "epoch"});
    const std::optional<int64_t> step = IntegerOf(step_field);
    const std::optional<double> number = NumberIn(&value);
    if (!step.has_value()) {
      cells_.AddStep("step", line, step_field == nullptr ? "" : step_field->text.value_or("?"));
    } else if (!number.has_value()) {
      cells_.AddStep("value", line, value.text.value_or("?"));
    } else if (model::Series* series = builder_.SeriesOf(RunOf(row), tag)) {
      AddPoint(*series, *step, TimeOf(row), *number);
    }
  }

  void TakeWide(const Row& row, uint64_t line) {
    const int64_t number = rows_++;
    const JsonField* step_field =
        kind_ == Kind::kWandbExport ? FieldOf(row, "_step") : StepOf(row, step_name_);
    std::optional<int64_t> step = IntegerOf(step_field);
    std::optional<double> axis;
    if (step_field == nullptr && step_name_.empty()) {
      step = number;
    } else if (!step.has_value()) {
      axis = NumberIn(step_field);
      if (!axis.has_value()) {
        cells_.AddStep(step_name_.empty() ? "_step" : step_name_, line, "none");
        return;
      }
      step = number;
    }
    const std::string run = RunOf(row);
    const double time = TimeOf(row);
    for (const JsonField& field : row) {
      if (&field == step_field || !field.number.has_value() || IsBeside(field.name)) continue;
      model::Series* series = builder_.SeriesOf(run, field.name);
      if (series == nullptr) continue;
      AddPoint(*series, *step, time, *field.number);
      if (!axis.has_value()) continue;
      series->axis = step_name_;
      while (series->axis_values.size() + 1 < series->size()) {
        series->axis_values.push_back(
            static_cast<double>(series->steps[series->axis_values.size()]));
      }
      series->axis_values.push_back(*axis);
    }
  }

  bool IsBeside(std::string_view name) const {
    if (kind_ == Kind::kWandbExport) {
      return name == "_step" || name == "_runtime" || name == "_timestamp" ||
             name.starts_with("_wandb.");
    }
    return name == "wall_time" || name == "timestamp" || name == "_timestamp";
  }

  Kind kind_;
  TableBuilder& builder_;
  CellProblems& cells_;
  std::string step_name_;
  int64_t rows_ = 0;
};

void ReadObjects(const std::string& path, std::string_view text,
                 const std::function<void(const Row&, uint64_t line)>& take,
                 std::vector<Problem>& problems) {
  JsonRowParser parser;
  Row row;
  uint64_t broken = 0;
  uint64_t first = 0;
  std::string why;
  ForEachObject(text, [&](std::string_view object, uint64_t line) {
    const absl::Status parsed = parser.Parse(object, row);
    if (parsed.ok()) {
      take(row, line);
    } else if (broken++ == 0) {
      first = line;
      why = std::string(parsed.message());
    }
  });
  if (broken == 0) return;
  problems.push_back({.path = path,
                      .kind = ProblemKind::kUnparsable,
                      .message = StrCat(broken, broken == 1 ? " row is" : " rows are",
                                        " no JSON object, the first in line ", first, ": ", why),
                      .records_lost = broken});
}

// [[wall time, step, value], ...]
void ReadTriples(const std::string& path, std::string_view text, TableBuilder& builder,
                 CellProblems& cells) {
  const TensorBoardName name = ParseTensorBoardName(path);
  model::Series* series = builder.SeriesOf(name.run, name.tag);
  if (series == nullptr) return;
  text.remove_prefix(std::min(text.find('[') + 1, text.size()));
  for (uint64_t number = 1;; ++number) {
    const size_t begin = text.find('[');
    const size_t end = begin == std::string_view::npos ? begin : text.find(']', begin);
    if (end == std::string_view::npos) return;
    std::string_view triple = text.substr(begin + 1, end - begin - 1);
    text.remove_prefix(end + 1);
    const auto next = [&triple] {
      const size_t comma = triple.find(',');
      std::string_view cell = Trim(triple.substr(0, comma));
      triple.remove_prefix(comma == std::string_view::npos ? triple.size() : comma + 1);
      if (cell.size() >= 2 && cell.starts_with('"') && cell.ends_with('"')) {
        cell = cell.substr(1, cell.size() - 2);
      }
      return cell;
    };
    const std::optional<double> time = ParseNumber(next());
    const std::optional<int64_t> step = ParseStep(next());
    const std::optional<double> value = ParseNumber(next());
    if (time && step && value) {
      AddPoint(*series, *step, *time, *value);
    } else {
      cells.AddStep("[wall time, step, value]", number, "no three numbers");
    }
  }
}

}  // namespace

TensorBoardName ParseTensorBoardName(std::string_view path) {
  std::string_view name = path.substr(path.rfind('/') + 1);
  name = name.substr(0, name.rfind('.'));
  const size_t tag = name.find("-tag-");
  if ((name.starts_with("run-") || name.starts_with("run_")) && tag != std::string_view::npos) {
    return {.run = std::string(name.substr(4, tag - 4)), .tag = std::string(name.substr(tag + 5))};
  }
  return {.run = "", .tag = std::string(name)};
}

absl::Status ReadJsonFile(const std::string& path, Kind kind, TableBuilder& builder,
                          std::vector<Problem>& problems) {
  TELLTALE_ASSIGN_OR_RETURN(const std::string text, io::ReadFile(path, kMostJsonBytes));
  CellProblems cells;
  if (kind == Kind::kTensorBoard) {
    ReadTriples(path, text, builder, cells);
  } else {
    JsonTable table(kind, builder, cells);
    ReadObjects(
        path, text, [&](const Row& row, uint64_t line) { table.Take(row, line); }, problems);
  }
  cells.Report(path, builder, problems);
  return absl::OkStatus();
}

absl::Status ReadTrainerState(const std::string& path, TableBuilder& builder,
                              std::vector<Problem>& problems) {
  TELLTALE_ASSIGN_OR_RETURN(const std::string text, io::ReadFile(path, kMostJsonBytes));
  const std::optional<std::string_view> history = MemberText(text, "log_history");
  if (!history.has_value()) {
    return absl::InvalidArgumentError(
        StrCat(path, ": no log_history: no trainer_state.json, or cut off before it"));
  }
  CellProblems cells;
  const auto take = [&](const Row& row, uint64_t line) {
    const std::optional<int64_t> step = IntegerOf(FieldOf(row, "step"));
    if (!step.has_value()) {
      cells.AddStep("step", line, "none");
      return;
    }
    for (const JsonField& field : row) {
      if (field.name == "step") continue;
      const std::optional<double> value = NumberIn(&field);
      model::Series* series = value ? builder.SeriesOf("", field.name) : nullptr;
      if (series != nullptr) AddPoint(*series, *step, 0, *value);
    }
  };
  ReadObjects(path, *history, take, problems);
  cells.Report(path, builder, problems);
  // All but the history.
  std::string rest(text, 0, static_cast<size_t>(history->data() - text.data()));
  StrAppend(&rest, "null",
            std::string_view(history->data() + history->size(),
                             static_cast<size_t>(text.data() + text.size() - history->data()) -
                                 history->size()));
  JsonRowParser parser;
  Row state;
  if (const absl::Status parsed = parser.Parse(rest, state); !parsed.ok()) {
    problems.push_back({.path = path,
                        .kind = ProblemKind::kUnparsable,
                        .message = StrCat("besides its history: ", ToStd(parsed.message()))});
    return absl::OkStatus();
  }
  model::Run& run = builder.RunOf("");
  for (const JsonField& field : state) {
    if (field.name == "global_step" || field.name == "epoch" || field.name.starts_with("best_") ||
        field.name.starts_with("is_") || field.name.starts_with("stateful_callbacks.")) {
      continue;  // how far it is
    }
    if (field.number.has_value())
      run.params.push_back({field.name, *field.number});
    else if (field.truth.has_value())
      run.params.push_back({field.name, *field.truth});
    else if (field.text.has_value())
      run.params.push_back({field.name, *field.text});
  }
  return absl::OkStatus();
}

}  // namespace telltale::formats::table
