// Bodies of runs/log-batch, within MLflow's limits.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "lib/model/experiment.h"

namespace telltale::formats::mlflow {

// mlflow/utils/validation.py: more than any of these is refused.
struct BatchLimits {
  size_t metrics = 1000;
  size_t params = 100;
  size_t tags = 100;
  size_t all = 1000;
  size_t bytes = 1000000;  // of the whole body
};

// Of one run.
class Batches {
 public:
  // Sends a body that holds so many points.
  using Send = std::function<absl::Status(std::string body, size_t points)>;

  Batches(const std::string& run_id, Send send, const BatchLimits& limits = {});

  // Each sends whenever a batch is full, and stops at the first error. Names must fit; points keep
  // their order.
  absl::Status AddParams(const std::vector<model::Param>& params);
  absl::Status AddTags(const std::vector<model::Param>& tags);
  absl::Status AddPoints(const model::Series& series);
  // Sends the rest.
  absl::Status Flush();

 private:
  enum List : size_t { kMetrics, kParams, kTags, kLists };
  absl::Status Add(List list, std::string_view item);
  absl::Status AddPairs(List list, const std::vector<model::Param>& pairs);

  std::string start_;
  Send send_;
  BatchLimits limits_;
  std::array<std::string, kLists> items_;
  std::array<size_t, kLists> count_ = {};
};

}  // namespace telltale::formats::mlflow
