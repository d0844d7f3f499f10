#include "lib/formats/format.h"
#include "lib/formats/table/kind.h"
#include "lib/formats/table/read_tables.h"

namespace telltale::formats {

extern const Format dvclive_format;
const Format dvclive_format{
    .id = table::IdOf(table::Kind::kDvclive),
    .summary = "plots/metrics/ of DVCLive, with params.yaml",
    .sniff = table::Sniff<table::Kind::kDvclive>,
    .read = table::Read<table::Kind::kDvclive>,
};

}  // namespace telltale::formats
