#include "lib/formats/format.h"
#include "lib/formats/table/kind.h"
#include "lib/formats/table/read_tables.h"

namespace telltale::formats {

extern const Format hf_trainer_format;
const Format hf_trainer_format{
    .id = table::IdOf(table::Kind::kHfTrainer),
    .summary = "trainer_state.json of Hugging Face's Trainer",
    .sniff = table::Sniff<table::Kind::kHfTrainer>,
    .read = table::Read<table::Kind::kHfTrainer>,
};

}  // namespace telltale::formats
