// A database of MLflow's.
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/inputs.h"

FUZZ_TARGET(mlflow_file) { ReadAs("mlflow", "mlflow.db", bytes); }
