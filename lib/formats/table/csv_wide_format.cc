#include "lib/formats/format.h"
#include "lib/formats/table/kind.h"
#include "lib/formats/table/read_tables.h"
#include "lib/formats/table/write_table.h"

namespace telltale::formats {
namespace table {
namespace {

// A ".csv" is a long one unless --to says otherwise.
bool Claims(std::string_view /*destination*/) { return false; }

constexpr Capacity WithoutTimes(Capacity capacity) {
  capacity.time_a_point = false;
  return capacity;
}

constexpr Sink kSink{.capacity = WithoutTimes(kTableCapacity),
                     .claims = Claims,
                     .fit_tag = FitColumn,
                     .fit_run = FitName,
                     .write = Write<Kind::kCsvWide>};

}  // namespace
}  // namespace table

extern const Format csv_wide_format;
const Format csv_wide_format{
    .id = table::IdOf(table::Kind::kCsvWide),
    .summary = "Wide table: a row a step, a column a tag (CSV, TSV), as scripts write them",
    .sniff = table::Sniff<table::Kind::kCsvWide>,
    .read = table::Read<table::Kind::kCsvWide>,
    .sink = &table::kSink,
};

}  // namespace telltale::formats
