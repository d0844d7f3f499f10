// Lightning's metrics.csv.
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/inputs.h"

FUZZ_TARGET(lightning_file) { ReadAs("lightning-csv", "metrics.csv", bytes); }
