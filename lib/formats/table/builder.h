// Collects the points of a table into runs.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "lib/base/problem.h"
#include "lib/formats/format.h"
#include "lib/model/experiment.h"

namespace telltale::formats::table {

class TableBuilder {
 public:
  // `options` must outlive the builder. `label`: what ReadOptions::select knows the table's own run
  // by; other runs are known by their names.
  TableBuilder(const ReadOptions& options, std::string label)
      : options_(options), label_(std::move(label)) {}

  // The run that the table calls `name`; "" is the table's own. Stays where it is.
  model::Run& RunOf(std::string_view name);

  // Where points of `tag` go; nullptr where they are not wanted. Stays where it is.
  model::Series* SeriesOf(std::string_view run, std::string_view tag);

  // Whether any run has points of `tag`.
  bool HasPoints(std::string_view tag) const;

  // In the order of first appearance; series without points are left out.
  std::vector<model::Run> Finish();

 private:
  struct Building {
    model::Run run = {};
    std::deque<model::Series> series = {};
    absl::flat_hash_map<std::string, model::Series*> index = {};
  };
  Building& Of(std::string_view name);

  const ReadOptions& options_;
  std::string label_;
  std::deque<Building> runs_;
  absl::flat_hash_map<std::string, Building*> index_;
};

void AddPoint(model::Series& series, int64_t step, double wall_time, double value);

// Says of each column how many of its cells are no numbers, not of each cell.
class CellProblems {
 public:
  // `line` from 1.
  void Add(std::string_view column, uint64_t line, std::string_view what);
  // The same of a column without which the row is lost: that of steps, or of a long table's values.
  void AddStep(std::string_view column, uint64_t line, std::string_view what);
  // As problems of `path`. That a column holds text and not one number is no damage but a remark.
  void Report(const std::string& path, const TableBuilder& builder,
              std::vector<Problem>& problems) const;

 private:
  struct Count {
    uint64_t cells = 0;
    uint64_t first_line = 0;
    std::string example = {};
    bool step = false;
  };
  static constexpr size_t kMost = 1000;  // columns that are told of
  absl::flat_hash_map<std::string, size_t> index_;
  std::vector<std::pair<std::string, Count>> counts_;
};

}  // namespace telltale::formats::table
