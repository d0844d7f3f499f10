// Collects the events of one file into a model::Run: which tag is what, and what TensorBoard's
// readers would not show.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "lib/base/bytes.h"
#include "lib/base/problem.h"
#include "lib/formats/format.h"
#include "lib/formats/tensorboard/event_scanner.h"
#include "lib/formats/tensorboard/tag_facts.h"
#include "lib/model/experiment.h"
#include "proto/event.pb.h"

namespace telltale::formats::tensorboard {

class RunBuilder {
 public:
  // `read` and what `problem` refers to must outlive the builder. `problem` gets kind and message;
  // the caller knows where.
  RunBuilder(const ReadOptions& read, std::string run_name,
             std::function<void(ProblemKind, std::string)> problem);

  // Add an event that ScanPlainScalar or ScanScalars understood.
  void AddPlain(const PlainScalar& event);
  void AddScanned(const ScannedEvent& event);
  // Adds any event.
  void AddEvent(const proto::Event& event);

  // Takes the memory of `spare` for the series to come, and leaves theirs as it has grown in the
  // end. `spare` must outlive the builder.
  void Recycle(std::vector<model::Series>& spare) { spare_ = &spare; }

  // For a part of a file that does not begin with it: what is known from before. To be called
  // before any event is added.
  void Assume(const std::vector<TagFacts>& known);
  // Of all tags, those of Assume() among them.
  std::vector<TagFacts> Facts() const;
  // After Assume(): an event was added whose meaning depends on earlier ones that were not known.
  bool depends_on_before() const { return depends_on_before_; }

  uint64_t points() const { return points_; }
  // What was added so far. Its series may be moved away for a while, and have to be back, in their
  // order, before the next event is added.
  model::Run& run() { return run_; }
  model::Run Finish();

 private:
  using Value = proto::Summary::Value;

  // What the first metadata of a tag says holds for all of it: writers often repeat it never.
  struct TagState {
    std::string_view tag = {};
    std::string plugin = {};
    uint32_t series = kNone;  // index into run_.series, run_.texts, run_.opaque
    uint32_t text = kNone;
    uint32_t opaque = kNone;
    bool selected = true;
    bool metadata_seen = false;
    bool scalars_before = false;  // of TagFacts
    uint32_t reported = 0;        // bits: which oddities of this tag have been told
  };
  static constexpr uint32_t kNone = ~uint32_t{0};
  enum Oddity : uint32_t { kDouble = 1, kRank = 2, kNoMetadata = 4, kTextOnScalar = 8 };

  TagState& StateOf(std::string_view tag) {
    // Writers log their tags in the same order again and again.
    uint32_t index = next_guess_;
    if (index >= states_.size() || !SameBytes(states_[index].tag, tag)) index = LookUp(tag);
    next_guess_ = index + 1 < states_.size() ? index + 1 : 0;
    return states_[index];
  }
  uint32_t LookUp(std::string_view tag);
  void TakeMetadata(TagState& state, const proto::SummaryMetadata& metadata);
  model::Series& SeriesOf(TagState& state) {
    return run_.series[state.series != kNone ? state.series : NewSeries(state)];
  }
  uint32_t NewSeries(TagState& state);
  model::Series& AddPoint(TagState& state, int64_t step, double wall_time, double value) {
    model::Series& series = SeriesOf(state);
    series.steps.push_back(step);
    series.wall_times.push_back(wall_time);
    series.values.push_back(value);
    series.steps.PrefetchEnd();
    series.wall_times.PrefetchEnd();
    series.values.PrefetchEnd();
    ++points_;
    return series;
  }
  void AddValue(const proto::Event& event, const Value& value);
  void AddTensor(const proto::Event& event, const Value& value, TagState& state);
  void AddText(const proto::Event& event, const Value& value, TagState& state);
  void AddOpaque(const proto::Event& event, const Value& value, TagState& state,
                 std::string_view kind);
  void AddHparams(std::string_view content);
  void AddBlob(const proto::Event& event, std::string_view kind, uint64_t bytes);
  void CheckWallTime(double wall_time) {
    // Time goes on, nearly always.
    if (wall_time >= run_.last_wall_time && run_.last_wall_time > 0 &&
        wall_time <= std::numeric_limits<double>::max()) {
      run_.last_wall_time = wall_time;
    } else {
      CheckOddWallTime(wall_time);
    }
  }
  void CheckOddWallTime(double wall_time);
  bool HasScalars(const TagState& state) const {
    return state.series != kNone || state.scalars_before;
  }
  // What is added next means something else where metadata of the tag stands before this part.
  void NeedsMetadata(const TagState& state) {
    if (assumed_ && !state.metadata_seen) depends_on_before_ = true;
  }
  void ReportOnce(TagState& state, Oddity oddity, ProblemKind kind, std::string message);

  const ReadOptions& read_;
  std::string run_name_;
  std::function<void(ProblemKind, std::string)> problem_;
  model::Run run_;
  std::vector<TagState> states_;
  std::deque<std::string> tags_;  // what states_ and index_ point to: it moves none of them
  absl::flat_hash_map<absl::string_view, uint32_t> index_;
  absl::flat_hash_set<std::string> params_seen_;
  std::optional<uint32_t> too_many_tags_;  // the state of all tags beyond the limit
  std::vector<model::Series>* spare_ = nullptr;
  uint32_t next_guess_ = 0;
  bool nan_wall_time_ = false;
  bool infinite_wall_time_ = false;
  bool assumed_ = false;
  bool depends_on_before_ = false;
  uint64_t points_ = 0;
};

}  // namespace telltale::formats::tensorboard
