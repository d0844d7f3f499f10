// Makes a run of the records of its files, in their order (docs/formats/wandb.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "lib/base/column.h"
#include "lib/formats/format.h"
#include "lib/formats/wandb/axes.h"
#include "lib/formats/wandb/config.h"
#include "lib/formats/wandb/history_row.h"
#include "lib/model/experiment.h"
#include "proto/wandb.pb.h"

namespace telltale::formats::wandb {

class RunBuilder {
 public:
  // With `axes`, what it takes to say which row each point stood in is kept from the start.
  enum class Axes { kWhenDefined, kKept };
  RunBuilder(const ReadOptions& options, Axes axes);

  // Another file begins; call it before the first one, too.
  void BeginFile() { is_notes_ = false; }
  // One record's payload; false where it is no record.
  bool Add(std::string_view record);

  // A metric with an axis was defined behind points of which no row was kept: the run has to be
  // read once more, with Axes::kKept.
  bool needs_axes() const { return needs_axes_; }
  // The file that is being read holds notes that Telltale wrote about a run.
  bool is_notes() const { return is_notes_; }
  uint64_t points() const { return points_; }

  // The run, but for its name and files. `bad_values` counts config and summary values that are no
  // JSON.
  model::Run Finish(uint64_t& bad_values);

 private:
  // What was logged under one path. Indices are into the vectors below, kNone where there is none
  // of that kind.
  static constexpr uint32_t kNone = UINT32_MAX;
  struct Slot {
    std::string path = {};
    bool hidden = false;
    bool selected = true;
    uint32_t series = kNone;
    uint32_t texts = kNone;
    uint32_t opaque = kNone;
  };

  void AddRow();
  void AddSummary();
  void AddRun(const proto::WandbRun& record);
  void AddStats(const proto::WandbStats& record);
  void AddMetric(const proto::WandbMetric& record);

  void FindPosition();
  void FindMedia();
  size_t MediumOf(const std::string& path) const;
  void AddItem(const HistoryItem& item);
  void AddJson(const std::string& path, std::string_view text);
  void AddLeaf(const std::string& path, const Json& leaf);
  void AddNumber(const std::string& path, double value);
  void AddText(const std::string& path, std::string text);
  void AddOpaque(const std::string& path, std::string kind, uint64_t bytes);
  Slot& SlotOf(const std::string& path);
  std::string Label() const;

  void SetAxes();
  void NameAll();
  void AddSummaryTags(uint64_t& bad_values);
  void FindTimes();

  const ReadOptions& options_;
  HistoryRow row_;
  model::Run run_;
  std::vector<Slot> slots_;
  absl::flat_hash_map<std::string, uint32_t> slot_of_;
  std::vector<Column<uint32_t>> rows_;                  // of run_.series: the row of each point
  std::vector<std::string> series_paths_;               // of run_.series
  absl::flat_hash_map<std::string, size_t> system_of_;  // in system_, by key
  std::vector<model::Series> system_;
  absl::flat_hash_set<std::string> labels_;
  Values config_;
  Values summary_;
  AxisDefinitions axes_;
  std::string steps_key_;

  // Of the row at hand.
  uint32_t row_number_ = 0;
  int64_t step_ = 0;
  double time_ = 0;
  struct Medium {
    std::string path = {};
    std::string kind = {};
    uint64_t bytes = 0;
  };
  std::vector<Medium> media_;
  absl::flat_hash_map<std::string, size_t> medium_of_;

  int64_t next_step_ = 0;  // of a row that does not say
  bool keep_rows_ = false;
  bool needs_axes_ = false;
  bool is_notes_ = false;
  bool has_run_ = false;
  uint64_t points_ = 0;
};

}  // namespace telltale::formats::wandb
