// A table of JSON lines.
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/inputs.h"

FUZZ_TARGET(jsonl_file) { ReadAs("jsonl", "points.jsonl", bytes); }
