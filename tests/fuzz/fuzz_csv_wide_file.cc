// A table with a column a series.
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/inputs.h"

FUZZ_TARGET(csv_wide_file) { ReadAs("csv-wide", "points.csv", bytes); }
