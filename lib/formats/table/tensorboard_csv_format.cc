#include "lib/formats/format.h"
#include "lib/formats/table/kind.h"
#include "lib/formats/table/read_tables.h"

namespace telltale::formats {

extern const Format tensorboard_csv_format;
const Format tensorboard_csv_format{
    .id = table::IdOf(table::Kind::kTensorBoard),
    .summary = "CSV or JSON that TensorBoard's page offers for download",
    .sniff = table::Sniff<table::Kind::kTensorBoard>,
    .read = table::Read<table::Kind::kTensorBoard>,
};

}  // namespace telltale::formats
