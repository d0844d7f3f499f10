#include "lib/formats/tensorboard/file_parts.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "lib/formats/tensorboard/append_run.h"

namespace telltale::formats::tensorboard {
namespace {

// What the parts so far have told of the file's tags.
class Knowledge {
 public:
  void Learn(const std::vector<TagFacts>& tags) {
    for (const TagFacts& facts : tags) {
      const auto [it, inserted] = index_.try_emplace(facts.tag, tags_.size());
      if (inserted) {
        tags_.push_back(facts);
        continue;
      }
      TagFacts& known = tags_[it->second];
      known.scalars = known.scalars || facts.scalars;
      known.reported |= facts.reported;
      if (known.metadata_seen || !facts.metadata_seen) continue;
      known.metadata_seen = true;
      known.plugin = facts.plugin;
    }
  }

  // A tag's first metadata holds: where a part took its own for the first, it may have read it as
  // something else.
  bool Contradicts(const std::vector<TagFacts>& tags) const {
    return std::any_of(tags.begin(), tags.end(), [&](const TagFacts& facts) {
      const auto found = index_.find(facts.tag);
      if (found == index_.end()) return false;
      const TagFacts& known = tags_[found->second];
      return known.metadata_seen && facts.metadata_seen && known.plugin != facts.plugin;
    });
  }

  const std::vector<TagFacts>& tags() const { return tags_; }

 private:
  std::vector<TagFacts> tags_;
  absl::flat_hash_map<std::string, size_t> index_;
};

// What is told once a file, a part may have told again.
class ProblemFilter {
 public:
  bool IsNew(const Problem& problem) {
    if (problem.kind != ProblemKind::kHiddenByTracker &&
        problem.kind != ProblemKind::kUnsupported) {
      return true;
    }
    return told_.insert(problem.message).second;
  }

 private:
  absl::flat_hash_set<std::string> told_;
};

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
  const auto bytes = [&](const Range& range) {
    return (range.end - range.begin) * files_[range.file].piece_bytes;
  };
  const auto largest =
      std::max_element(left_.begin(), left_.end(),
                       [&](const Range& a, const Range& b) { return bytes(a) < bytes(b); });
  if (next_ < order_.size() &&
      (largest == left_.end() || bytes(*largest) <= files_[order_[next_]].bytes)) {
    const size_t file = order_[next_++];
    if (PiecesOf(file) > 1) left_.push_back({file, 1, PiecesOf(file)});
    return Claim{file, 0, EndOf(file, 0)};
  }
  if (largest == left_.end()) return std::nullopt;
  const Range range = *largest;
  left_.erase(largest);
  const uint64_t piece = range.begin + (range.end - range.begin) / 2;
  if (range.begin < piece) left_.push_back({range.file, range.begin, piece});
  if (piece + 1 < range.end) left_.push_back({range.file, piece + 1, range.end});
  return Claim{range.file, piece * files_[range.file].piece_bytes, EndOf(range.file, piece)};
}

uint64_t PieceQueue::Extend(size_t file, uint64_t end) {
  const std::lock_guard<std::mutex> lock(mutex_);
  for (Range& range : left_) {
    if (range.file != file || range.begin * files_[file].piece_bytes != end) continue;
    const uint64_t piece = range.begin++;
    if (range.begin == range.end) left_.erase(left_.begin() + (&range - left_.data()));
    return EndOf(file, piece);
  }
  return end;
}

EventFile JoinParts(std::vector<FilePart> parts, const ReadPart& read, size_t jobs) {
  EventFile file = std::move(parts.front().file);
  std::vector<Problem> problems = std::exchange(file.problems, {});
  std::vector<model::Run> behind;
  Knowledge known;
  known.Learn(parts.front().tags);
  std::optional<uint64_t> next = parts.front().next;
  for (size_t i = 1; i < parts.size() && next.has_value(); ++i) {
    FilePart& part = parts[i];
    if (part.first != next || part.depends_on_before || known.Contradicts(part.tags)) {
      // Up to where the part ended that was read: a part may have grown by taking pieces.
      const uint64_t end = part.next.value_or(UINT64_MAX);
      if (*next >= end) continue;  // one record reaches over the part
      part = FilePart();           // its points are not needed any more
      auto again = read({.begin = *next, .end = end, .known = &known.tags()});
      if (!again.ok()) {
        problems.push_back({.begin = *next,
                            .end = *next,
                            .kind = ProblemKind::kUnreadableFile,
                            .message = std::string(again.status().message())});
        break;
      }
      part = *std::move(again);
    }
    known.Learn(part.tags);
    next = part.next;
    file.events += part.file.events;
    std::move(part.file.problems.begin(), part.file.problems.end(), std::back_inserter(problems));
    behind.push_back(std::move(part.file.run));
  }
  AppendParts(file.run, std::move(behind), jobs);
  model::RunFile& whole = file.run.files.front();
  for (size_t i = 1; i < file.run.files.size(); ++i) {
    whole.bytes = file.run.files[i].bytes;  // up to where the part ends
    whole.records += file.run.files[i].records;
    whole.pending_bytes = file.run.files[i].pending_bytes;
  }
  file.run.files.resize(1);
  ProblemFilter filter;
  for (Problem& problem : problems) {
    if (filter.IsNew(problem)) file.problems.push_back(std::move(problem));
  }
  return file;
}

}  // namespace telltale::formats::tensorboard
