#include "lib/formats/table/write_table.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/formats/table/cell.h"
#include "lib/formats/table/read_tables.h"
#include "lib/formats/table/run_facts.h"
#include "lib/io/atomic_file.h"

namespace telltale::formats::table {
namespace {

constexpr std::array<std::string_view, 3> kOwnColumns = {"run", "step", "wall_time"};

using Runs = std::vector<const model::Run*>;

// Writes cells, quoted where a reader would take them for something else.
class CsvWriter {
 public:
  CsvWriter(io::AtomicFile& file, char delimiter) : file_(file), delimiter_(delimiter) {}

  void Cell(std::string_view text) {
    Separate();
    const bool plain = text.find_first_of("\",;\t\r\n") == std::string_view::npos &&
                       !text.starts_with(' ') && !text.ends_with(' ');
    if (plain) {
      row_ += text;
      return;
    }
    row_ += '"';
    for (const char c : text) {
      if (c == '"') row_ += '"';
      row_ += c;
    }
    row_ += '"';
  }
  void Cell(double number) {
    Separate();
    row_ += FormatNumber(number);
  }
  void Cell(int64_t number) {
    Separate();
    StrAppend(&row_, number);
  }

  absl::Status EndRow() {
    row_ += '\n';
    TELLTALE_RETURN_IF_ERROR(file_.Write(row_));
    row_.clear();
    first_ = true;
    return absl::OkStatus();
  }

 private:
  void Separate() {
    if (!std::exchange(first_, false)) row_ += delimiter_;
  }

  io::AtomicFile& file_;
  char delimiter_;
  std::string row_;
  bool first_ = true;
};

absl::Status WriteLong(const Runs& runs, CsvWriter writer) {
  for (const std::string_view name : {"run", "tag", "step", "wall_time", "value"}) {
    writer.Cell(name);
  }
  TELLTALE_RETURN_IF_ERROR(writer.EndRow());
  for (const model::Run* run : runs) {
    for (const model::Series& series : run->series) {
      for (size_t i = 0; i < series.size(); ++i) {
        writer.Cell(run->name);
        writer.Cell(series.tag);
        writer.Cell(series.steps[i]);
        writer.Cell(series.wall_times[i]);
        writer.Cell(series.values[i]);
        TELLTALE_RETURN_IF_ERROR(writer.EndRow());
      }
    }
  }
  return absl::OkStatus();
}

// The rows of one run: points of the same step are together as long as each series keeps its order.
class WideRun {
 public:
  explicit WideRun(const model::Run& run) : run_(run), next_(run.series.size()) {
    for (size_t i = 0; i < run.series.size(); ++i) Queue(i);
  }

  struct Row {
    int64_t step = 0;
    double wall_time = 0;
    std::vector<std::pair<size_t, double>> values = {};  // index of the series
  };
  bool Next(Row& row) {
    if (heads_.empty()) return false;
    auto head = heads_.extract(heads_.begin());
    row.step = head.key();
    row.values.clear();
    std::vector<size_t> series = std::move(head.mapped());
    std::sort(series.begin(), series.end());
    for (const size_t i : series) {
      const model::Series& each = run_.series[i];
      const size_t point = next_[i]++;
      const double time = each.wall_times[point];
      // The latest; NaN is later than nothing.
      if (row.values.empty() || !(time <= row.wall_time)) row.wall_time = time;
      row.values.emplace_back(i, each.values[point]);
    }
    for (const size_t i : series) Queue(i);
    return true;
  }

 private:
  void Queue(size_t i) {
    if (next_[i] < run_.series[i].size()) heads_[run_.series[i].steps[next_[i]]].push_back(i);
  }

  const model::Run& run_;
  std::vector<size_t> next_;
  std::map<int64_t, std::vector<size_t>> heads_;  // series by the step of their next point
};

absl::Status WriteWide(const Runs& runs, CsvWriter writer) {
  std::vector<std::string_view> tags;
  absl::flat_hash_map<std::string_view, size_t> columns;
  for (const model::Run* run : runs) {
    for (const model::Series& series : run->series) {
      if (columns.try_emplace(series.tag, tags.size()).second) tags.push_back(series.tag);
    }
  }
  for (const std::string_view name : kOwnColumns) writer.Cell(name);
  for (const std::string_view tag : tags) writer.Cell(tag);
  TELLTALE_RETURN_IF_ERROR(writer.EndRow());
  std::vector<std::optional<double>> cells(tags.size());
  for (const model::Run* run : runs) {
    WideRun rows(*run);
    for (WideRun::Row row; rows.Next(row);) {
      writer.Cell(run->name);
      writer.Cell(row.step);
      writer.Cell(row.wall_time);
      for (const auto& [i, value] : row.values) cells[columns[run->series[i].tag]] = value;
      for (std::optional<double>& cell : cells) {
        if (cell.has_value()) {
          writer.Cell(*cell);
        } else {
          writer.Cell(std::string_view());
        }
        cell.reset();
      }
      TELLTALE_RETURN_IF_ERROR(writer.EndRow());
    }
  }
  return absl::OkStatus();
}

std::string JsonText(std::string_view text) {
  return nlohmann::json(std::string(text))
      .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string JsonNumber(double value) {
  const std::string text = FormatNumber(value);
  if (!std::isfinite(value)) return StrCat("\"", text, "\"");
  // As integers, -0 and what is beyond 64 bits would be other numbers, or none.
  return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

absl::Status WriteLines(const Runs& runs, io::AtomicFile& file) {
  for (const model::Run* run : runs) {
    const std::string name = JsonText(run->name);
    for (const model::Series& series : run->series) {
      const std::string begin = StrCat("{\"run\":", name, ",\"tag\":", JsonText(series.tag));
      for (size_t i = 0; i < series.size(); ++i) {
        TELLTALE_RETURN_IF_ERROR(file.Write(StrCat(
            begin, ",\"step\":", series.steps[i], ",\"wall_time\":",
            JsonNumber(series.wall_times[i]), ",\"value\":", JsonNumber(series.values[i]), "}\n")));
      }
    }
  }
  // Behind the points, so that the file begins as tables do.
  for (const model::Run* run : runs) {
    TELLTALE_RETURN_IF_ERROR(file.Write(RunRow(run->name, RunFactsJson(*run)) + "\n"));
  }
  return absl::OkStatus();
}

// What an earlier conversion left at `destination`; nothing where there is no file. Another
// program's file is an error.
absl::StatusOr<model::Experiment> WhatIsThere(const std::string& destination, Kind kind) {
  model::Experiment none;
  auto hash = HashOfFile(destination);
  if (absl::IsNotFound(hash.status())) return none;
  TELLTALE_RETURN_IF_ERROR(hash.status());
  const absl::Status foreign = absl::AlreadyExistsError(
      StrCat(destination,
             ": is there and was not written by Telltale, or was changed since; "
             "choose another file"));
  if (kind != Kind::kJsonl) {
    const absl::StatusOr<Sidecar> sidecar = ReadSidecar(destination);
    if (!sidecar.ok()) return foreign;
    if (std::find(sidecar->tables.begin(), sidecar->tables.end(), *hash) == sidecar->tables.end()) {
      return foreign;
    }
  }
  TELLTALE_ASSIGN_OR_RETURN(model::Experiment there, ReadTables(destination, {}, kind));
  for (const model::Run& run : there.runs) {
    if (run.info.id.empty()) return foreign;
  }
  return there;
}

absl::Status WriteRuns(const Runs& runs, Kind kind, const std::string& destination,
                       io::AtomicFile& file) {
  if (kind == Kind::kJsonl) return WriteLines(runs, file);
  const CsvWriter writer(file, destination.ends_with(".tsv") ? '\t' : ',');
  return kind == Kind::kCsv ? WriteLong(runs, writer) : WriteWide(runs, writer);
}

// The file beside the table is there first: without its table it says nothing, and it names both
// the table that is there and the one that takes its place.
absl::Status WriteSidecar(const Runs& runs, const std::string& destination,
                          const std::string& temporary) {
  Sidecar sidecar;
  TELLTALE_ASSIGN_OR_RETURN(const std::string hash, HashOfFile(temporary));
  sidecar.tables.push_back(hash);
  if (const auto before = HashOfFile(destination); before.ok() && *before != hash) {
    sidecar.tables.push_back(*before);
  }
  for (const model::Run* run : runs) sidecar.runs.push_back({run->name, RunFactsJson(*run)});
  return io::WriteFileAtomically(SidecarPath(destination), SidecarText(sidecar));
}

}  // namespace

std::string FitName(std::string_view name) { return name.empty() ? "_" : ValidUtf8(name); }

std::string FitColumn(std::string_view name) {
  std::string fitted = FitName(Trim(name));
  const std::string lower = Lower(fitted);
  const bool own = std::find(kOwnColumns.begin(), kOwnColumns.end(), lower) != kOwnColumns.end();
  return own ? fitted + "_" : fitted;
}

absl::StatusOr<Written> WriteTable(const model::Experiment& experiment,
                                   const std::string& destination, Kind kind) {
  TELLTALE_ASSIGN_OR_RETURN(const model::Experiment there, WhatIsThere(destination, kind));
  Written written{.places = {destination}, .runs = experiment.runs.size()};
  absl::flat_hash_set<std::string> ids;
  absl::flat_hash_set<std::string> names;
  Runs runs;
  for (const model::Run& run : experiment.runs) {
    ids.insert(run.info.id);
    names.insert(run.name);
    runs.push_back(&run);
    for (const model::Series& series : run.series) written.points += series.size();
  }
  for (const model::Run& run : there.runs) {
    if (ids.contains(run.info.id)) {
      ++written.replaced_runs;
    } else if (names.contains(run.name)) {
      return absl::AlreadyExistsError(
          StrCat(destination, ": holds a run of another source that is called ",
                 Printable(run.name), " as well; choose another file, or --rename"));
    } else {
      runs.push_back(&run);
    }
  }
  std::sort(runs.begin(), runs.end(),
            [](const model::Run* a, const model::Run* b) { return a->name < b->name; });
  TELLTALE_ASSIGN_OR_RETURN(io::AtomicFile file, io::AtomicFile::Create(destination));
  TELLTALE_RETURN_IF_ERROR(WriteRuns(runs, kind, destination, file));
  if (kind != Kind::kJsonl) {
    TELLTALE_RETURN_IF_ERROR(file.Flush());
    TELLTALE_RETURN_IF_ERROR(WriteSidecar(runs, destination, file.temporary()));
    written.places.push_back(SidecarPath(destination));
  }
  TELLTALE_RETURN_IF_ERROR(file.Commit());
  return written;
}

}  // namespace telltale::formats::table
