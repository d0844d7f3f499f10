#include "lib/edit/point_filter.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "lib/base/str.h"

namespace telltale::edit {

bool RestartFilter::Fresh(Sessions& tag, const Point& point) {
  const bool fresh = !tag.any || tag.session != point.session || point.step > tag.greatest;
  if (fresh) tag.greatest = point.step;
  tag.any = true;
  tag.session = point.session;
  return fresh;
}

void RestartFilter::Learn(const Point& point) {
  Sessions& tag = tags_[ToAbsl(point.tag)];
  if (!Fresh(tag, point)) ++tag.again[{point.session, point.step}].times;
  if (tag.least.empty() || tag.least.back().first != point.session) {
    tag.least.emplace_back(point.session, point.step);
  } else {
    tag.least.back().second = std::min(tag.least.back().second, point.step);
  }
}

void RestartFilter::LearnStart(size_t session, int64_t step) {
  starts_.emplace_back(session, step);
}

void RestartFilter::Accumulate(LeastSteps& steps) {
  for (size_t i = steps.size(); i-- > 1;) {
    steps[i - 1].second = std::min(steps[i - 1].second, steps[i].second);
  }
}

void RestartFilter::Learned() {
  for (auto& [name, tag] : tags_) Accumulate(tag.least);
  Accumulate(starts_);
}

void RestartFilter::Begin() {
  for (auto& [name, tag] : tags_) {
    tag.any = false;
    tag.lost.reset();
    for (auto& [step, again] : tag.again) again.seen = 0;
  }
}

bool RestartFilter::Voids(const LeastSteps& later, const Point& point) {
  const auto next = std::upper_bound(
      later.begin(), later.end(), point.session,
      [](size_t session, const std::pair<size_t, int64_t>& each) { return session < each.first; });
  return next != later.end() && next->second <= point.step;
}

bool RestartFilter::Keeps(const Point& point) {
  const auto found = tags_.find(ToAbsl(point.tag));
  if (found == tags_.end()) return true;
  Sessions& tag = found->second;
  const bool fresh = Fresh(tag, point);
  bool last = true;
  if (const auto again = tag.again.find({point.session, point.step}); again != tag.again.end()) {
    if (!fresh) ++again->second.seen;
    last = again->second.seen == again->second.times;
  }
  if (last && !Voids(tag.least, point) && !Voids(starts_, point)) return true;
  if (!tag.lost) tag.lost = Overlap{found->first, point.step, point.step, 0};
  tag.lost->first_step = std::min(tag.lost->first_step, point.step);
  tag.lost->last_step = std::max(tag.lost->last_step, point.step);
  ++tag.lost->values;
  return false;
}

std::vector<Overlap> RestartFilter::overlaps() const {
  std::vector<Overlap> overlaps;
  for (const auto& [name, tag] : tags_) {
    if (tag.lost) overlaps.push_back(*tag.lost);
  }
  std::sort(overlaps.begin(), overlaps.end(),
            [](const Overlap& a, const Overlap& b) { return a.tag < b.tag; });
  return overlaps;
}

// Three points of each stretch and the two ends.
ThinFilter::ThinFilter(size_t points) : points_(std::max<size_t>(points, 3)) {}

void ThinFilter::Join(Chosen& tag) {
  std::vector<Stretch> joined((tag.stretches.size() + 1) / 2);
  for (size_t i = 0; i < tag.stretches.size(); ++i) {
    const Stretch& from = tag.stretches[i];
    Stretch& to = joined[i / 2];
    if (from.least && (!to.least || from.least_value < to.least_value)) {
      to.least = from.least;
      to.least_value = from.least_value;
    }
    if (from.greatest && (!to.greatest || from.greatest_value > to.greatest_value)) {
      to.greatest = from.greatest;
      to.greatest_value = from.greatest_value;
    }
    if (from.odd && !to.odd) to.odd = from.odd;
  }
  tag.stretches = std::move(joined);
  tag.width *= 2;
}

void ThinFilter::Learn(const Point& point) {
  if (!point.value) return;
  Chosen& tag = tags_[ToAbsl(point.tag)];
  // Twice as many stretches as stay at the end, so that joining them leaves enough.
  const size_t most = std::max<size_t>((points_ - 2) / 3, 1) * 2;
  const uint64_t at = tag.points++;
  while (at / tag.width >= most) Join(tag);
  const size_t stretch = static_cast<size_t>(at / tag.width);
  if (stretch >= tag.stretches.size()) tag.stretches.resize(stretch + 1);
  Stretch& in = tag.stretches[stretch];
  if (!std::isfinite(*point.value)) {
    if (!in.odd) in.odd = at;
    return;
  }
  if (!in.least || *point.value < in.least_value) {
    in.least = at;
    in.least_value = *point.value;
  }
  if (!in.greatest || *point.value > in.greatest_value) {
    in.greatest = at;
    in.greatest_value = *point.value;
  }
}

// The points of `tag` that stay; at most `points`.
std::vector<uint64_t> ThinFilter::Choose(Chosen& tag, size_t points) {
  std::set<uint64_t> kept;
  while (true) {
    kept = {0, tag.points - 1};
    for (const Stretch& each : tag.stretches) {
      for (const auto& at : {each.least, each.greatest, each.odd}) {
        if (at) kept.insert(*at);
      }
    }
    if (kept.size() <= points || tag.stretches.size() <= 1) break;
    Join(tag);
  }
  // Of so few that one stretch is too many, the ends and the last of it stay.
  while (kept.size() > points) kept.erase(std::next(kept.begin()));
  return {kept.begin(), kept.end()};
}

void ThinFilter::Learned() {
  for (auto& [name, tag] : tags_) {
    if (tag.points > points_) tag.kept = Choose(tag, points_);
    tag.stretches.clear();
  }
}

void ThinFilter::Begin() {
  for (auto& [name, tag] : tags_) tag.seen = tag.next = 0;
}

bool ThinFilter::Keeps(const Point& point) {
  if (!point.value) return true;
  const auto found = tags_.find(ToAbsl(point.tag));
  if (found == tags_.end()) return true;
  Chosen& tag = found->second;
  const uint64_t at = tag.seen++;
  if (tag.points <= points_ || at >= tag.points) return true;
  if (tag.next >= tag.kept.size() || tag.kept[tag.next] != at) return false;
  ++tag.next;
  return true;
}

}  // namespace telltale::edit
