// What mlflow-export-import writes.
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/inputs.h"

FUZZ_TARGET(mlflow_export_file) { ReadAs("mlflow-export", "run.json", bytes); }
