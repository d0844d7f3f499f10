// What define_metric says: which metric is drawn over which other.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "lib/base/column.h"
#include "proto/wandb.pb.h"

namespace telltale::formats::wandb {

class AxisDefinitions {
 public:
  void Add(const proto::WandbMetric& record);

  // Whether any metric has an axis besides the step.
  bool any() const { return any_; }

  // The axis of the metric with `path` (components apart), as define_metric names it; empty where
  // that is the step. An exact name wins over a glob, a later definition over an earlier one.
  std::string AxisOf(std::string_view path) const;

 private:
  struct Definition {
    std::string name = {};
    std::string axis = {};
  };
  std::string AxisNamed(const proto::WandbMetric& record) const;

  absl::flat_hash_map<std::string, std::string> exact_;  // axes by name
  std::vector<Definition> globs_;
  std::vector<std::string> defined_;  // by order, which old writers refer to
  bool any_ = false;
};

// The value of an axis at each of `rows`: the one logged in that row, else the last before it, else
// NaN. `axis_rows` ascend, as do `rows`.
Column<double> ValuesAt(std::span<const uint32_t> rows, std::span<const uint32_t> axis_rows,
                        std::span<const double> axis_values);

}  // namespace telltale::formats::wandb
