// What the columns of a table hold, told from their names.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lib/formats/table/kind.h"

namespace telltale::formats::table {

// Indices of columns.
struct Columns {
  std::optional<size_t> run = {};
  std::optional<size_t> step = {};
  std::optional<size_t> wall_time = {};
  std::optional<size_t> tag = {};    // of long tables
  std::optional<size_t> value = {};  // of long tables
  std::vector<size_t> metrics = {};  // of wide tables: the others, in their order
};

// Of a long table: nullopt where `header` has no columns for tag, step and value.
std::optional<Columns> LongColumns(std::span<const std::string> header);

// Of a wide table that a program of `kind` wrote. All columns are metrics that are nothing else.
Columns WideColumns(std::span<const std::string> header, Kind kind);

// Whether a column of this name counts steps ("epoch", "global_step", "time/iterations", ...).
bool IsStepName(std::string_view name);

// Whether a column of this name is likely a metric of a training ("val_loss", "train/acc", ...).
bool IsMetricName(std::string_view name);

}  // namespace telltale::formats::table
