// A .wandb file.
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/inputs.h"

FUZZ_TARGET(wandb_file) { ReadAs("wandb", "run-1.wandb", bytes); }
