// Runs of an MLflow tracking server.
#pragma once

#include "absl/status/statusor.h"
#include "lib/formats/format.h"
#include "lib/formats/mlflow/server.h"
#include "lib/model/experiment.h"

namespace telltale::formats::mlflow {

// Reads all active runs of active experiments, or those that the server's address names, with all
// points: never what the server's page sees, which is sampled. Points come by time, then step, as
// the server gives them. Fails where the runs cannot be listed; a metric that cannot be read is a
// problem.
absl::StatusOr<model::Experiment> ReadServer(Server& server, const ReadOptions& options);

// All pages of a search, each given to `take` as the elements of its list `list`; `body` is the
// search's own, to which page tokens are added.
absl::Status EachPage(Server& server, std::string_view call, std::string_view list,
                      nlohmann::json body, const std::function<void(simdjson::dom::element)>& take);

}  // namespace telltale::formats::mlflow
