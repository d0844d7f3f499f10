#include "lib/formats/table/columns.h"

#include <algorithm>
#include <array>

#include "lib/formats/table/cell.h"

namespace telltale::formats::table {
namespace {

// In the order in which they are preferred: what counts finer before what counts coarser.
constexpr std::array<std::string_view, 22> kStepNames = {"step",
                                                         "_step",
                                                         "global_step",
                                                         "global step",
                                                         "globalstep",
                                                         "train_step",
                                                         "iteration",
                                                         "iterations",
                                                         "iter",
                                                         "it",
                                                         "n_iter",
                                                         "num_updates",
                                                         "updates",
                                                         "timestep",
                                                         "timesteps",
                                                         "timesteps_total",
                                                         "total_timesteps",
                                                         "epoch",
                                                         "epochs",
                                                         "epoch_num",
                                                         "round",
                                                         "steps"};
constexpr std::array<std::string_view, 7> kWallTimeNames = {
    "wall_time", "wall time", "walltime", "_timestamp", "timestamp", "unix_time", "datetime"};
constexpr std::array<std::string_view, 7> kTagNames = {"tag",        "metric", "metric_name", "key",
                                                       "metric_key", "name",   "variable"};
constexpr std::array<std::string_view, 4> kValueNames = {"value", "metric_value", "val", "scalar"};
constexpr std::array<std::string_view, 6> kRunNames = {"run",    "run_name",   "run_id",
                                                       "run id", "experiment", "run name"};

std::string_view LastPart(std::string_view name) { return name.substr(name.rfind('/') + 1); }

// The column that is called by the earliest of `names`; exactly rather than but for case.
std::optional<size_t> Find(std::span<const std::string> header,
                           std::span<const std::string_view> names, bool last_part = false) {
  for (const bool exact : {true, false}) {
    for (const std::string_view name : names) {
      for (size_t i = 0; i < header.size(); ++i) {
        const std::string_view trimmed = Trim(header[i]);
        if (exact ? trimmed == name : Lower(trimmed) == name) return i;
      }
    }
  }
  if (!last_part) return std::nullopt;
  for (const std::string_view name : names) {
    for (size_t i = 0; i < header.size(); ++i) {
      if (Lower(LastPart(Trim(header[i]))) == name) return i;
    }
  }
  return std::nullopt;
}

// Columns besides the points of a format.
bool IsIgnored(std::string_view name, Kind kind) {
  if (kind == Kind::kWandbExport) return name == "_runtime" || name == "_timestamp";
  // A frame's index, as pandas writes it.
  return name.empty() || name == "Unnamed: 0";
}

}  // namespace

bool IsStepName(std::string_view name) {
  const std::string lower = Lower(LastPart(Trim(name)));
  return std::find(kStepNames.begin(), kStepNames.end(), lower) != kStepNames.end();
}

bool IsMetricName(std::string_view name) {
  const std::string lower = Lower(name);
  for (const std::string_view word :
       {"loss",  "acc",       "err",    "reward", "perplexity", "ppl", "f1",
        "auc",   "mse",       "mae",    "rmse",   "iou",        "map", "bleu",
        "rouge", "precision", "recall", "psnr",   "dice",       "wer", "return"}) {
    if (lower.find(word) != std::string::npos) return true;
  }
  return lower.starts_with("val") || lower.starts_with("train") || lower.starts_with("test") ||
         lower.starts_with("eval") || lower == "lr" || lower.find("learning_rate") != lower.npos;
}

std::optional<Columns> LongColumns(std::span<const std::string> header) {
  Columns columns;
  columns.tag = Find(header, kTagNames);
  columns.value = Find(header, kValueNames);
  columns.step = Find(header, kStepNames);
  if (!columns.tag || !columns.value || !columns.step || columns.tag == columns.value) {
    return std::nullopt;
  }
  columns.run = Find(header, kRunNames);
  columns.wall_time = Find(header, kWallTimeNames);
  return columns;
}

Columns WideColumns(std::span<const std::string> header, Kind kind) {
  Columns columns;
  columns.step = Find(header, kStepNames, true);
  columns.wall_time = Find(header, kWallTimeNames);
  if (kind == Kind::kWandbExport) {
    columns.step = Find(header, std::array<std::string_view, 1>{"_step"});
    columns.wall_time = Find(header, std::array<std::string_view, 1>{"_timestamp"});
  }
  if (kind == Kind::kUltralytics) {
    columns.step = Find(header, std::array<std::string_view, 1>{"epoch"});
    columns.wall_time = Find(header, std::array<std::string_view, 1>{"time"});
  }
  if (kind == Kind::kCsvWide) columns.run = Find(header, kRunNames);
  for (size_t i = 0; i < header.size(); ++i) {
    if (i == columns.run || i == columns.step || i == columns.wall_time) continue;
    if (!IsIgnored(Trim(header[i]), kind)) columns.metrics.push_back(i);
  }
  return columns;
}

}  // namespace telltale::formats::table
