// A database of Trackio's.
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/inputs.h"

FUZZ_TARGET(trackio_file) { ReadAs("trackio", "project.db", bytes); }
