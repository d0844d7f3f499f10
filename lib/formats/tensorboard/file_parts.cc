#include "lib/formats/tensorboard/file_parts.h"

#include <algorithm>
#include <cstring>
#include <numeric>
#include <string>
#include <utility>

namespace telltale::formats::tensorboard {
namespace {

// The memory of series whose points have been copied, for others.
void Recycle(FilePart& part, std::vector<model::Series>& spare) {
  constexpr size_t kMost = 1024;  // series
  for (model::Series& series : part.file.run.series) {
    if (spare.size() >= kMost) return;
    if (series.steps.capacity() == 0) continue;
    model::Series& kept = spare.emplace_back();
    kept.steps = std::move(series.steps);
    kept.wall_times = std::move(series.wall_times);
    kept.values = std::move(series.values);
    kept.steps.resize_down(0);
    kept.wall_times.resize_down(0);
    kept.values.resize_down(0);
  }
}

}  // namespace

PieceQueue::PieceQueue(std::vector<File> files) : files_(std::move(files)), order_(files_.size()) {
  std::iota(order_.begin(), order_.end(), size_t{0});
  std::stable_sort(order_.begin(), order_.end(),
                   [&](size_t a, size_t b) { return files_[a].bytes > files_[b].bytes; });
}

uint64_t PieceQueue::PiecesOf(size_t file) const {
  const File& of = files_[file];
  if (of.piece_bytes == 0) return 1;
  return std::max<uint64_t>(1, (of.bytes + of.piece_bytes - 1) / of.piece_bytes);
}

uint64_t PieceQueue::EndOf(size_t file, uint64_t piece) const {
  return piece + 1 == PiecesOf(file) ? UINT64_MAX : (piece + 1) * files_[file].piece_bytes;
}

std::optional<PieceQueue::Claim> PieceQueue::Take() {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto left = [&](const Begun& begun) {
    return (PiecesOf(begun.file) - begun.next) * files_[begun.file].piece_bytes;
  };
  const auto largest =
      std::max_element(begun_.begin(), begun_.end(),
                       [&](const Begun& a, const Begun& b) { return left(a) < left(b); });
  if (next_ < order_.size() &&
      (largest == begun_.end() || left(*largest) <= files_[order_[next_]].bytes)) {
    const size_t file = order_[next_++];
    if (PiecesOf(file) > 1) begun_.push_back({.file = file, .next = 1});
    return Claim{file, 0, EndOf(file, 0)};
  }
  if (largest == begun_.end()) return std::nullopt;
  const size_t file = largest->file;
  const uint64_t piece = largest->next++;
  if (largest->next == PiecesOf(file)) begun_.erase(largest);
  return Claim{file, piece * files_[file].piece_bytes, EndOf(file, piece)};
}

void TagKnowledge::Learn(const std::vector<TagFacts>& tags) {
  for (const TagFacts& facts : tags) {
    const auto [it, inserted] = index_.try_emplace(facts.tag, tags_.size());
    if (inserted) {
      tags_.push_back(facts);
      snapshot_ = nullptr;
      continue;
    }
    TagFacts known = tags_[it->second];
    known.scalars = known.scalars || facts.scalars;
    known.reported |= facts.reported;
    if (!known.metadata_seen && facts.metadata_seen) {
      known.metadata_seen = true;
      known.plugin = facts.plugin;
    }
    if (known == tags_[it->second]) continue;
    tags_[it->second] = std::move(known);
    snapshot_ = nullptr;
  }
}

std::shared_ptr<const std::vector<TagFacts>> TagKnowledge::Snapshot() {
  if (snapshot_ == nullptr) snapshot_ = std::make_shared<const std::vector<TagFacts>>(tags_);
  return snapshot_;
}

bool TagKnowledge::Contradicts(const std::vector<TagFacts>& tags) const {
  return std::any_of(tags.begin(), tags.end(), [&](const TagFacts& facts) {
    const auto found = index_.find(facts.tag);
    if (found == index_.end()) return false;
    const TagFacts& known = tags_[found->second];
    return known.metadata_seen && facts.metadata_seen && known.plugin != facts.plugin;
  });
}

bool ProblemFilter::IsNew(const Problem& problem) {
  if (problem.kind != ProblemKind::kHiddenByTracker && problem.kind != ProblemKind::kUnsupported) {
    return true;
  }
  return told_.insert(problem.message).second;
}

std::shared_ptr<const std::vector<TagFacts>> PartJoiner::Known() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return known_.Snapshot();
}

void PartJoiner::Add(uint64_t begin, FilePart part, std::vector<model::Series>& spare) {
  std::unique_lock<std::mutex> lock(mutex_);
  waiting_.emplace(begin, std::move(part));
  for (auto found = waiting_.find(begin_); found != waiting_.end(); found = waiting_.find(begin_)) {
    FilePart next = std::move(found->second);
    waiting_.erase(found);
    begin_ = next.end;
    if (!Follows(next)) continue;
    const std::vector<Copy> copies = Append(next);
    // What comes behind may be put in its place meanwhile, but nothing of the file may move.
    std::shared_lock<std::shared_mutex> copying(copying_);
    lock.unlock();
    for (const Copy& copy : copies) std::memcpy(copy.to, copy.from, copy.bytes);
    copying.unlock();
    Recycle(next, spare);
    lock.lock();
  }
}

bool PartJoiner::Follows(FilePart& part) {
  if (IsFirst()) return true;
  if (!next_.has_value()) return false;
  if (part.first == next_ && !part.depends_on_before && !known_.Contradicts(part.tags)) return true;
  const uint64_t end = part.end;
  if (*next_ >= end) return false;  // one record reaches over the part
  part = FilePart();                // its points are not needed any more
  auto again = read_({.begin = *next_, .end = end, .known = &known_.tags()});
  if (again.ok()) {
    part = *std::move(again);
    return true;
  }
  problems_.Add({.begin = *next_,
                 .end = *next_,
                 .kind = ProblemKind::kUnreadableFile,
                 .message = std::string(again.status().message())});
  next_.reset();
  return false;
}

std::vector<PartJoiner::Copy> PartJoiner::Append(FilePart& part) {
  known_.Learn(part.tags);
  next_ = part.next;
  file_.events += part.file.events;
  problems_.Append(std::move(part.problems),
                   [this](const Problem& problem) { return filter_.IsNew(problem); });
  std::vector<Copy> copies;
  if (IsFirst()) {
    // The first part says what is to be expected.
    file_.run = std::move(part.file.run);
    index_ = IndexOf(file_.run);
    if (part.end < bytes_) {
      ExpectPoints(file_.run, static_cast<double>(bytes_) / static_cast<double>(part.end));
    }
    return copies;
  }
  model::Run& from = part.file.run;
  for (const SeriesBehind& each : AppendAllButPoints(file_.run, index_, from)) {
    Place(file_.run.series[each.to].steps, from.series[each.from].steps, copies);
    Place(file_.run.series[each.to].wall_times, from.series[each.from].wall_times, copies);
    Place(file_.run.series[each.to].values, from.series[each.from].values, copies);
  }
  return copies;
}

template <typename T>
void PartJoiner::Place(Column<T>& to, const Column<T>& from, std::vector<Copy>& copies) {
  if (from.empty()) return;
  const size_t size = to.size() + from.size();
  if (size > to.capacity()) {
    const std::unique_lock<std::shared_mutex> alone(copying_);
    to.reserve(std::max(size, to.capacity() + to.capacity() / 2));
  }
  copies.push_back(
      {.from = from.data(), .to = to.Extend(from.size()), .bytes = from.span().size_bytes()});
}

EventFile PartJoiner::Finish(const std::string& path) {
  model::RunFile& whole = file_.run.files.front();
  for (size_t i = 1; i < file_.run.files.size(); ++i) {
    whole.bytes = file_.run.files[i].bytes;  // up to where the part ends
    whole.records += file_.run.files[i].records;
    whole.pending_bytes = file_.run.files[i].pending_bytes;
  }
  file_.run.files.resize(1);
  GiveBackRoom(file_.run);
  file_.problems = problems_.Take(path);
  return std::move(file_);
}

}  // namespace telltale::formats::tensorboard
