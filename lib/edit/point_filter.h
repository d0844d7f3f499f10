// Which points of a run an edit leaves out, where that depends on points that come later: a filter
// sees all points once to learn, and then again, in the same order, to decide.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "lib/edit/edit.h"

namespace telltale::edit {

struct Point {
  std::string_view tag = {};  // as it is in the source
  size_t session = 0;         // how often the run was begun again before
  int64_t step = 0;
  std::optional<double> value = {};  // of a scalar
};

class PointFilter {
 public:
  virtual ~PointFilter() = default;
  virtual void Learn(const Point& point) = 0;
  // A SessionLog says that the run goes on from `step`: all later ones are void.
  virtual void LearnStart(size_t /*session*/, int64_t /*step*/) {}
  virtual void Learned() = 0;
  // All points are about to be decided, once more perhaps.
  virtual void Begin() = 0;
  virtual bool Keeps(const Point& point) = 0;
  // What is said of values that it leaves out.
  virtual std::string_view name() const = 0;
};

// What a later start of the run logged takes the place of what came before: of each tag from the
// first step on that it has logged again, of all tags from the step on that its SessionLog names.
// Within one start, the last value of a step stays. Needs memory for each tag of each start and for
// each step that comes back.
class RestartFilter : public PointFilter {
 public:
  void Learn(const Point& point) override;
  void LearnStart(size_t session, int64_t step) override;
  void Learned() override;
  void Begin() override;
  bool Keeps(const Point& point) override;
  std::string_view name() const override { return "values that a later start logged again"; }

  // What did not stay, by tag; complete when all points have been decided.
  std::vector<Overlap> overlaps() const;

 private:
  // By session: the least step of this session, and once learned of all later ones as well.
  using LeastSteps = std::vector<std::pair<size_t, int64_t>>;
  // How often a step that a session had passed or met before came again.
  struct Again {
    uint64_t times = 0;
    uint64_t seen = 0;
  };
  struct Sessions {
    LeastSteps least;
    absl::flat_hash_map<std::pair<size_t, int64_t>, Again> again;  // by session and step
    size_t session = 0;                                            // of the last point
    int64_t greatest = 0;                                          // step of this session
    bool any = false;
    std::optional<Overlap> lost;
  };
  // Whether the step is beyond all before it in its session.
  static bool Fresh(Sessions& tag, const Point& point);
  static void Accumulate(LeastSteps& steps);
  static bool Voids(const LeastSteps& later, const Point& point);

  absl::flat_hash_map<std::string, Sessions> tags_;
  LeastSteps starts_;
};

// Of each scalar tag at most `points` points: of equal stretches the least, the greatest and the
// first that is not finite, and the ends. Needs memory for as many points a tag.
class ThinFilter : public PointFilter {
 public:
  explicit ThinFilter(size_t points);

  void Learn(const Point& point) override;
  void Learned() override;
  void Begin() override;
  bool Keeps(const Point& point) override;
  std::string_view name() const override { return "values left out to thin their curves"; }

 private:
  struct Stretch {
    std::optional<uint64_t> least, greatest, odd;  // which point
    double least_value = 0;
    double greatest_value = 0;
  };
  struct Chosen {
    uint64_t width = 1;  // points of a stretch
    std::vector<Stretch> stretches;
    uint64_t points = 0;
    std::vector<uint64_t> kept;  // ascending
    size_t next = 0;             // in kept
    uint64_t seen = 0;
  };
  static void Join(Chosen& tag);
  static std::vector<uint64_t> Choose(Chosen& tag, size_t points);

  size_t points_;
  absl::flat_hash_map<std::string, Chosen> tags_;
};

}  // namespace telltale::edit
