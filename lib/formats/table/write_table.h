// Writes runs as tables: a row a point, a row a step, or an object a line.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "lib/formats/format.h"
#include "lib/formats/sink.h"
#include "lib/formats/table/kind.h"
#include "lib/model/experiment.h"

namespace telltale::formats::table {

// Sink::write of kCsv, kCsvWide and kJsonl: one file, which ends in ".tsv" where cells are to be
// separated by tabs. Runs of other sources that an earlier conversion wrote there stay.
absl::StatusOr<Written> WriteTable(const model::Experiment& experiment,
                                   const std::string& destination, Kind kind);
template <Kind kind>
absl::StatusOr<Written> Write(const model::Experiment& experiment, const std::string& destination,
                              const WriteOptions& /*options*/) {
  return WriteTable(experiment, destination, kind);
}

// What a table and what Telltale keeps beside it hold.
inline constexpr Capacity kTableCapacity{
    .typed_params = true, .params = true, .tags = true, .notes = true};

// Sink::fit_tag and fit_run: UTF-8, and not empty; a wide table has columns of its own besides.
std::string FitName(std::string_view name);
std::string FitColumn(std::string_view name);

}  // namespace telltale::formats::table
