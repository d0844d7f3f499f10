#include "lib/formats/format.h"
#include "lib/formats/table/kind.h"
#include "lib/formats/table/read_tables.h"
#include "lib/formats/table/write_table.h"

namespace telltale::formats {
namespace table {
namespace {

bool Claims(std::string_view destination) {
  return destination.ends_with(".jsonl") || destination.ends_with(".ndjson");
}

constexpr Sink kSink{.capacity = kTableCapacity,
                     .claims = Claims,
                     .fit_tag = FitName,
                     .fit_run = FitName,
                     .write = Write<Kind::kJsonl>};

}  // namespace
}  // namespace table

extern const Format jsonl_format;
const Format jsonl_format{
    .id = table::IdOf(table::Kind::kJsonl),
    .summary = "JSON Lines, or an array of objects: a point each, or a step each",
    .sniff = table::Sniff<table::Kind::kJsonl>,
    .read = table::Read<table::Kind::kJsonl>,
    .sink = &table::kSink,
};

}  // namespace telltale::formats
