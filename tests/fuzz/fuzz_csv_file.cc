// A table in the long or the wide form.
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/inputs.h"

FUZZ_TARGET(csv_file) { ReadAs("csv", "points.csv", bytes); }
