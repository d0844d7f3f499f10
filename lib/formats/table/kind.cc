#include "lib/formats/table/kind.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <utility>

#include "lib/base/str.h"
#include "lib/formats/table/cell.h"
#include "lib/formats/table/columns.h"
#include "lib/formats/table/json_rows.h"
#include "lib/io/byte_source.h"
#include "lib/records/csv_reader.h"

namespace telltale::formats::table {
namespace {

constexpr size_t kMostLooked = 64;  // files of a directory whose contents are looked at

std::string_view Basename(std::string_view path) { return path.substr(path.rfind('/') + 1); }

bool Has(const std::vector<std::string>& header, std::string_view name) {
  return std::any_of(header.begin(), header.end(),
                     [&](const std::string& each) { return Trim(each) == name; });
}

template <typename Test>
bool Any(const std::vector<std::string>& header, Test test) {
  return std::any_of(header.begin(), header.end(),
                     [&](const std::string& each) { return test(Trim(each)); });
}

using HeadRows = std::vector<std::vector<std::string>>;

// The first rows of `head`, without one that is cut off.
HeadRows FirstRows(std::string_view head) {
  constexpr size_t kMost = 8;
  const size_t end = head.rfind('\n');
  const bool cut = head.size() >= 4096;
  if (cut && end != std::string_view::npos) head = head.substr(0, end + 1);
  HeadRows rows;
  const auto source = io::FromMemory(head);
  const records::CsvOptions options{.delimiter = records::GuessDelimiter(head)};
  const absl::Status ended = records::ReadCsv(*source, options, [&](const records::CsvRow& row) {
    rows.emplace_back(row.cells.begin(), row.cells.end());
    return rows.size() < kMost ? absl::OkStatus() : absl::CancelledError("enough");
  });
  if (!ended.ok() && !absl::IsCancelled(ended)) return {};
  return rows;
}

// A panel's columns are "<run> - <metric>", each with "...__MIN" and "...__MAX".
bool IsPanel(const std::vector<std::string>& header) {
  return header.size() >= 2 && Any(header, [](std::string_view name) {
           return name.ends_with("__MIN") && name.find(" - ") != std::string_view::npos;
         });
}

// A list of runs with what came out of each, as W&B's page of runs exports it: no history.
bool IsListOfRuns(const std::vector<std::string>& header) {
  const auto has = [&](std::string_view name) {
    return Any(header, [&](std::string_view each) { return Lower(each) == name; });
  };
  return has("state") && (has("name") || has("run_name") || has("run_id") || has("run"));
}

// How much of the rows below the header are numbers.
struct Shape {
  bool all_numbers = true;  // in each column but for missing ones
  size_t numbers = 0;
};

Shape ShapeOf(const HeadRows& rows, const Columns& columns) {
  Shape shape;
  for (size_t r = 1; r < rows.size(); ++r) {
    for (const size_t c : columns.metrics) {
      if (c >= rows[r].size() || IsMissing(rows[r][c])) continue;
      if (ParseNumber(rows[r][c]).has_value()) {
        ++shape.numbers;
      } else {
        shape.all_numbers = false;
      }
    }
  }
  return shape;
}

Guess KindOfWide(const HeadRows& rows) {
  const std::vector<std::string>& header = rows.front();
  // A header of numbers is a matrix, not a table with names.
  if (Any(header, [](std::string_view name) { return ParseNumber(name).has_value(); })) return {};
  const Columns columns = WideColumns(header, Kind::kCsvWide);
  const Shape shape = ShapeOf(rows, columns);
  const bool metric = Any(header, IsMetricName);
  if (shape.numbers == 0) {
    // A file that has just been begun.
    if (rows.size() == 1 && columns.step && metric) return {Kind::kCsvWide, false};
    return {};
  }
  if (columns.step) return {Kind::kCsvWide, metric || shape.all_numbers};
  if (!shape.all_numbers) return {};
  return {Kind::kCsvWide, metric};
}

Guess KindOfCsv(std::string_view path, std::string_view head) {
  const HeadRows rows = FirstRows(head);
  if (rows.empty()) return {};
  const std::vector<std::string>& header = rows.front();
  const std::string_view name = Basename(path);
  if (header.size() == 3 && Trim(header[0]) == "Wall time" && Trim(header[1]) == "Step" &&
      Trim(header[2]) == "Value") {
    return {Kind::kTensorBoard, true};
  }
  if (IsListOfRuns(header)) return {};
  if (IsPanel(header) || Has(header, "_step")) return {Kind::kWandbExport, true};
  if (LongColumns(header).has_value()) return {Kind::kCsv, true};
  if (name.ends_with(".tsv") && path.find("plots/metrics/") != std::string_view::npos &&
      Has(header, "step")) {
    return {Kind::kDvclive, true};
  }
  if (name == "metrics.csv" && Has(header, "step") && Has(header, "epoch")) {
    return {Kind::kLightning, true};
  }
  if (Has(header, "epoch") && Any(header, [](std::string_view each) {
        return each == "train/box_loss" || each == "metrics/mAP50(B)" || each == "lr/pg0" ||
               each == "metrics/accuracy_top1";
      })) {
    return {Kind::kUltralytics, true};
  }
  if (header.size() >= 2 && header[0] == "epoch" && Has(header, "loss") && !Has(header, "step")) {
    return {Kind::kKeras, true};
  }
  return header.size() >= 2 || IsMetricName(header[0]) ? KindOfWide(rows) : Guess{};
}

Guess KindOfJson(std::string_view path, std::string_view head) {
  if (Basename(path) == "trainer_state.json" ||
      head.find("\"log_history\"") != std::string_view::npos) {
    return {Kind::kHfTrainer, true};
  }
  switch (LookAtJson(head)) {
    case JsonLook::kNothing:
      return {};
    case JsonLook::kTriples:
      return {Kind::kTensorBoard, true};
    case JsonLook::kWandbRows:
      return {Kind::kWandbExport, true};
    case JsonLook::kRows:
      return {Kind::kJsonl, true};
  }
  return {};
}

// Files of trackers that keep tables beside their own.
bool IsTrackersOwn(std::string_view file) {
  const std::string_view name = Basename(file);
  return name.find("tfevents") != std::string_view::npos || name == "meta.yaml" ||
         name.ends_with(".wandb") || name.ends_with(".db") ||
         (name == "run.json" || name == "experiment.json");
}

}  // namespace

bool IsTableName(std::string_view name) {
  const std::string lower = Lower(name);
  std::string_view stem = lower;
  if (stem.ends_with(".gz")) stem.remove_suffix(3);
  for (const std::string_view suffix : {".csv", ".tsv", ".json", ".jsonl", ".ndjson"}) {
    if (stem.ends_with(suffix)) return true;
  }
  return false;
}

Guess KindOf(std::string_view path, std::string_view head) {
  const std::string_view name = Basename(path);
  if (name.ends_with(".telltale.json")) return {};  // ours, beside a table
  while (!head.empty() && (head.front() == ' ' || head.front() == '\n' || head.front() == '\r')) {
    head.remove_prefix(1);
  }
  if (head.starts_with("\xef\xbb\xbf")) head.remove_prefix(3);
  if (head.empty() || head.find('\0') != std::string_view::npos) return {};
  if (head.front() == '{' || head.front() == '[') return KindOfJson(path, head);
  Guess guess = KindOfCsv(path, head);
  // Other text may look like a table as well; a table is usually named as one.
  if (!IsTableName(name)) guess.sure = false;
  return guess;
}

Claim SniffKind(const SniffInput& input, Kind kind) {
  const auto claim = [&](const Guess& guess) {
    if (guess.kind != kind) return Claim::kNo;
    return guess.sure ? Claim::kYes : Claim::kMaybe;
  };
  if (!input.directory)
    return input.head.empty() ? Claim::kNo : claim(KindOf(input.path, input.head));
  bool others = false;
  for (const std::string& file : input.files) others = others || IsTrackersOwn(file);
  size_t looked = 0;
  for (const std::string& file : input.files) {
    if (!IsTableName(file)) continue;
    if (++looked > kMostLooked) break;
    const Guess guess = KindOf(file, input.head_of(file));
    if (!guess.sure) continue;
    if (guess.kind != kind) return Claim::kNo;
    return others ? Claim::kMaybe : Claim::kYes;
  }
  return Claim::kNo;
}

}  // namespace telltale::formats::table
