// Addresses of MLflow's tracking server as people copy them from its page.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace telltale::formats::mlflow {

// "http://host:5000/#/experiments/3/runs/<id>" in its parts.
struct Address {
  std::string root = {};           // "http://host:5000", with a path where the server has one
  std::string experiment_id = {};  // "3"; empty: all of them
  std::string run_id = {};         // empty: all of the experiment

  std::string OfExperiment(std::string_view id) const;
  std::string OfRun(std::string_view experiment, std::string_view run) const;
};

// Whether `path` is an address at all.
bool IsAddress(std::string_view path);

// InvalidArgument where it has no host, an id of other characters than MLflow's, or a user and a
// password: an address is printed and kept in what is converted, and so is no place for secrets.
absl::StatusOr<Address> ParseAddress(std::string_view text);

}  // namespace telltale::formats::mlflow
