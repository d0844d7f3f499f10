#include "lib/formats/format.h"
#include "lib/formats/table/kind.h"
#include "lib/formats/table/read_tables.h"

namespace telltale::formats {

extern const Format wandb_export_format;
const Format wandb_export_format{
    .id = table::IdOf(table::Kind::kWandbExport),
    .summary = "What W&B exports: a history as CSV or JSON, the CSV of a panel",
    .sniff = table::Sniff<table::Kind::kWandbExport>,
    .read = table::Read<table::Kind::kWandbExport>,
};

}  // namespace telltale::formats
