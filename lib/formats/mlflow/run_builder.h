// What MLflow says of runs, put together into the model: the same for a database and a directory.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lib/model/experiment.h"

namespace telltale::formats::mlflow {

// Milliseconds since the Unix epoch, as MLflow stores times, in seconds. MLflow before 1.0 wrote
// seconds; those are told apart by being before 1973 when taken for milliseconds.
double Seconds(int64_t timestamp);

// Adds one of the run's tags: those that MLflow itself reads also become RunInfo.
void AddTag(std::string name, std::string value, model::Run& run);

// Gives each run its name, "<experiment>/<run name>", made distinct by the beginning of the run's
// id where two would be the same, and sorts the runs; fills in what follows from the points.
void Finish(std::vector<model::Run>& runs);

}  // namespace telltale::formats::mlflow
