#include "lib/formats/format.h"
#include "lib/formats/table/kind.h"
#include "lib/formats/table/read_tables.h"

namespace telltale::formats {

extern const Format ultralytics_csv_format;
const Format ultralytics_csv_format{
    .id = table::IdOf(table::Kind::kUltralytics),
    .summary = "results.csv of Ultralytics YOLO, with args.yaml",
    .sniff = table::Sniff<table::Kind::kUltralytics>,
    .read = table::Read<table::Kind::kUltralytics>,
};

}  // namespace telltale::formats
