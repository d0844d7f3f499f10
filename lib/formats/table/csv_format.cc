#include "lib/formats/format.h"
#include "lib/formats/table/kind.h"
#include "lib/formats/table/read_tables.h"
#include "lib/formats/table/write_table.h"

namespace telltale::formats {
namespace table {
namespace {

bool Claims(std::string_view destination) {
  return destination.ends_with(".csv") || destination.ends_with(".tsv");
}

constexpr Sink kSink{.capacity = kTableCapacity,
                     .claims = Claims,
                     .fit_tag = FitName,
                     .fit_run = FitName,
                     .write = Write<Kind::kCsv>};

}  // namespace
}  // namespace table

extern const Format csv_format;
const Format csv_format{
    .id = table::IdOf(table::Kind::kCsv),
    .summary =
        "Long table: a row a point, with columns run, tag, step, wall_time, value (CSV, TSV)",
    .sniff = table::Sniff<table::Kind::kCsv>,
    .read = table::Read<table::Kind::kCsv>,
    .sink = &table::kSink,
};

}  // namespace telltale::formats
