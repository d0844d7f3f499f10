#include "lib/formats/tensorboard/run_stream.h"

#include <cmath>
#include <limits>
#include <queue>
#include <tuple>

#include "lib/base/status_util.h"

namespace telltale::formats::tensorboard {
namespace {

// What comes next of one series.
struct Head {
  double time;  // that it is ordered by
  size_t rank;  // of the series in the run
  Item item;

  // std::priority_queue gives the greatest first.
  bool operator<(const Head& other) const {
    return std::tie(time, rank) > std::tie(other.time, other.rank);
  }
};

class Merger {
 public:
  explicit Merger(const model::Run& run) : run_(run) {
    size_t rank = 0;
    for (size_t i = 0; i < run.series.size(); ++i) Push(rank++, {ItemKind::kScalar, i});
    for (size_t i = 0; i < run.texts.size(); ++i) Push(rank++, {ItemKind::kText, i});
    for (size_t i = 0; i < run.opaque.size(); ++i) Push(rank++, {ItemKind::kOpaque, i});
  }

  absl::Status Run(const std::function<absl::Status(const Item&)>& take) {
    while (!heads_.empty()) {
      Head head = heads_.top();
      heads_.pop();
      // A series that alone is next needs no queue: runs of one writer log tag after tag.
      while (true) {
        TELLTALE_RETURN_IF_ERROR(take(head.item));
        ++head.item.point;
        if (!Fill(head)) break;
        if (!heads_.empty() && head < heads_.top()) {
          heads_.push(head);
          break;
        }
      }
    }
    return absl::OkStatus();
  }

 private:
  void Push(size_t rank, Item item) {
    Head head{.time = -std::numeric_limits<double>::infinity(), .rank = rank, .item = item};
    if (Fill(head)) heads_.push(head);
  }

  // Sets step and times of head.item; false when its series has ended.
  bool Fill(Head& head) const {
    Item& item = head.item;
    if (!ReadItem(item)) return false;
    // Later points of a series never stand before earlier ones.
    if (item.wall_time > head.time) head.time = item.wall_time;
    return true;
  }

  bool ReadItem(Item& item) const {
    switch (item.kind) {
      case ItemKind::kScalar: {
        const model::Series& series = run_.series[item.series];
        if (item.point >= series.size()) return false;
        item.step = series.steps[item.point];
        item.wall_time = series.wall_times[item.point];
        return true;
      }
      case ItemKind::kText:
        return ReadPoint(run_.texts[item.series].points, item);
      case ItemKind::kOpaque:
        return ReadPoint(run_.opaque[item.series].points, item);
    }
    return false;
  }

  template <typename Points>
  static bool ReadPoint(const Points& points, Item& item) {
    if (item.point >= points.size()) return false;
    item.step = points[item.point].step;
    item.wall_time = points[item.point].wall_time;
    return true;
  }

  const model::Run& run_;
  std::priority_queue<Head> heads_;
};

}  // namespace

absl::Status ForEachItem(const model::Run& run,
                         const std::function<absl::Status(const Item&)>& take) {
  return Merger(run).Run(take);
}

}  // namespace telltale::formats::tensorboard
