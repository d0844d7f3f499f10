// An event file, compressed or not.
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/inputs.h"

FUZZ_TARGET(tensorboard_file) { ReadAs("tensorboard", "events.out.tfevents.1", bytes); }
