#include "lib/formats/format.h"
#include "lib/formats/table/kind.h"
#include "lib/formats/table/read_tables.h"

namespace telltale::formats {

extern const Format lightning_csv_format;
const Format lightning_csv_format{
    .id = table::IdOf(table::Kind::kLightning),
    .summary = "metrics.csv of Lightning's CSVLogger, with hparams.yaml",
    .sniff = table::Sniff<table::Kind::kLightning>,
    .read = table::Read<table::Kind::kLightning>,
};

}  // namespace telltale::formats
