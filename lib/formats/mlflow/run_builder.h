// What MLflow says of runs, put together into the model: the same for a database and a directory.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lib/model/experiment.h"

namespace telltale::formats::mlflow {

// Milliseconds since the Unix epoch, as MLflow stores times, in seconds.
double Seconds(int64_t timestamp);

// Seconds as MLflow stores times; 0 for what is no time.
int64_t Milliseconds(double seconds);

// Seconds() of MLflow before 1.0, which wrote seconds where it knew no steps yet: they are told
// apart by being before 1973 when taken for milliseconds.
double OldSeconds(int64_t timestamp);

// What ReadOptions::select knows the run by: the name that Finish() gives it, but for what tells
// two runs of one name apart.
std::string LabelOf(const model::Run& run);

// What a run that comes from elsewhere is called: its name, without that of its experiment where it
// begins so, as those that were MLflow's before do.
std::string TitleOf(const model::Run& run);

// Adds one of the run's tags: those that MLflow itself reads also become RunInfo, and those by
// which a conversion to a server keeps its books are left out.
void AddTag(std::string name, std::string value, model::Run& run);

// Gives each run its name, "<experiment>/<run name>", made distinct by the beginning of the run's
// id where two would be the same, and sorts the runs; fills in what follows from the points, and
// gives parameters and tags back the names that MLflow did not take (kNamesTag in file_store.h).
void Finish(std::vector<model::Run>& runs);

}  // namespace telltale::formats::mlflow
