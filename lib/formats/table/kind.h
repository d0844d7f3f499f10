// Which program wrote a table: told from its name and its first 4 KiB (docs/formats/tables.md).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lib/formats/format.h"

namespace telltale::formats::table {

enum class Kind {
  kNone,
  kCsv,          // long: a row a point
  kCsvWide,      // a row a step, a column a tag
  kJsonl,        // an object a line, or one array of objects
  kKeras,        // CSVLogger
  kLightning,    // CSVLogger
  kUltralytics,  // results.csv
  kWandbExport,  // history as CSV or JSON, or the CSV of a panel
  kHfTrainer,    // trainer_state.json
  kTensorBoard,  // the CSV or JSON that its page offers for download
  kDvclive,      // plots/metrics/**.tsv
};

// The id of the format whose tables are of `kind`.
constexpr std::string_view IdOf(Kind kind) {
  switch (kind) {
    case Kind::kNone:
      break;
    case Kind::kCsv:
      return "csv";
    case Kind::kCsvWide:
      return "csv-wide";
    case Kind::kJsonl:
      return "jsonl";
    case Kind::kKeras:
      return "keras-csv";
    case Kind::kLightning:
      return "lightning-csv";
    case Kind::kUltralytics:
      return "ultralytics-csv";
    case Kind::kWandbExport:
      return "wandb-export";
    case Kind::kHfTrainer:
      return "hf-trainer";
    case Kind::kTensorBoard:
      return "tensorboard-csv";
    case Kind::kDvclive:
      return "dvclive";
  }
  return "";
}

// `sure`: nothing else looks like this.
struct Guess {
  Kind kind = Kind::kNone;
  bool sure = false;
};

// `path` may have directories; only those below what the user named count.
Guess KindOf(std::string_view path, std::string_view head);

// Whether a file's name is one that tables have: .csv, .tsv, .txt, .json, .jsonl and so on.
bool IsTableName(std::string_view name);

// Format::sniff of the format of `kind`: a file of that kind, or a directory in which the nearest
// table is one and no tracker keeps its own files.
Claim SniffKind(const SniffInput& input, Kind kind);
template <Kind kind>
Claim Sniff(const SniffInput& input) {
  return SniffKind(input, kind);
}

}  // namespace telltale::formats::table
