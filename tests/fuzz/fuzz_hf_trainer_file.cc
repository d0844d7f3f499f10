// What Hugging Face's Trainer writes.
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/inputs.h"

FUZZ_TARGET(hf_trainer_file) { ReadAs("hf-trainer", "trainer_state.json", bytes); }
