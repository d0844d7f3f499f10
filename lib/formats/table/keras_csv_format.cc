#include "lib/formats/format.h"
#include "lib/formats/table/kind.h"
#include "lib/formats/table/read_tables.h"

namespace telltale::formats {

extern const Format keras_csv_format;
const Format keras_csv_format{
    .id = table::IdOf(table::Kind::kKeras),
    .summary = "CSV of Keras' CSVLogger",
    .sniff = table::Sniff<table::Kind::kKeras>,
    .read = table::Read<table::Kind::kKeras>,
};

}  // namespace telltale::formats
