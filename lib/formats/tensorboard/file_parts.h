// Large files are read by several threads at once: pieces of a file that are cut anywhere, small
// enough for a processor's cache and taken in their order. Where a record begins in a piece is
// found by its checksums, and held against where the piece before it ended: what comes out is what
// one thread would have read, whatever the bytes are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "lib/formats/tensorboard/append_run.h"
#include "lib/formats/tensorboard/event_file.h"

namespace telltale::formats::tensorboard {

// Hands out the files, and pieces of those that are cut, to threads.
class PieceQueue {
 public:
  struct File {
    uint64_t bytes = 0;
    uint64_t piece_bytes = 0;  // 0: not cut
  };
  struct Claim {
    size_t file = 0;
    uint64_t begin = 0;
    uint64_t end = 0;  // UINT64_MAX: to the end of the file, whatever is written meanwhile
  };

  explicit PieceQueue(std::vector<File> files);

  // The next piece: of the largest file, or where it is larger of what is left of one that has been
  // begun. Pieces of a file come in their order. nullopt: all are taken.
  std::optional<Claim> Take();

 private:
  // A file of which pieces from `next` on are left.
  struct Begun {
    size_t file = 0;
    uint64_t next = 0;
  };

  uint64_t PiecesOf(size_t file) const;
  uint64_t EndOf(size_t file, uint64_t piece) const;

  std::mutex mutex_;
  std::vector<File> files_;
  std::vector<size_t> order_;  // of files_, the largest first
  size_t next_ = 0;            // in order_
  std::vector<Begun> begun_;
};

// What the parts so far have told of a file's tags.
class TagKnowledge {
 public:
  void Learn(const std::vector<TagFacts>& tags);
  // What has been learnt so far; what is learnt later does not change it.
  std::shared_ptr<const std::vector<TagFacts>> Snapshot();
  // A tag's first metadata holds: where a part took its own for the first, it may have read it as
  // something else.
  bool Contradicts(const std::vector<TagFacts>& tags) const;
  const std::vector<TagFacts>& tags() const { return tags_; }

 private:
  std::vector<TagFacts> tags_;
  absl::flat_hash_map<std::string, size_t> index_;
  std::shared_ptr<const std::vector<TagFacts>> snapshot_;  // nullptr: tags_ has changed since
};

// What is told once a file, a part may have told again.
class ProblemFilter {
 public:
  bool IsNew(const Problem& problem);

 private:
  absl::flat_hash_set<std::string> told_;
};

// Reads a part of one file; where `find_first` is false its begin is known to be an event's.
using ReadPart = std::function<absl::StatusOr<FilePart>(const PartOptions& part)>;

// Puts the parts of one file together, as they come. A part that turns out to have been read from a
// wrong place, or without knowing what stands before it, is read again; where that fails, the parts
// up to there are what the file holds, and a problem says why.
class PartJoiner {
 public:
  // `bytes`: of the whole file, as far as that is known.
  PartJoiner(uint64_t bytes, ReadPart read) : bytes_(bytes), read_(std::move(read)) {}

  // What the parts so far have told of tags: helps to read those behind them.
  std::shared_ptr<const std::vector<TagFacts>> Known();

  // Takes the part that begins at `begin`: where a piece was cut, so parts follow each other
  // without a gap. Threads may call it at the same time and in any order; points are copied to
  // where they belong by all of them at once. Memory that the parts need no more goes to `spare`.
  void Add(uint64_t begin, FilePart part, std::vector<model::Series>& spare);

  // What the parts hold together. To be called when all have been added, the first among them.
  EventFile Finish(const std::string& path);

 private:
  // Points to be copied, in memory that stays where it is while copying_ is held.
  struct Copy {
    const void* from = nullptr;
    void* to = nullptr;
    size_t bytes = 0;
  };

  // Whether nothing stands before the next part.
  bool IsFirst() const { return file_.run.files.empty(); }
  // Whether `part`, the next one, holds what stands in the file behind the parts so far.
  bool Follows(FilePart& part);
  std::vector<Copy> Append(FilePart& part);
  template <typename T>
  void Place(Column<T>& to, const Column<T>& from, std::vector<Copy>& copies);

  const uint64_t bytes_;
  const ReadPart read_;
  std::mutex mutex_;                      // of all below, but for points that are being copied
  std::shared_mutex copying_;             // alone: columns may move
  std::map<uint64_t, FilePart> waiting_;  // for the parts before them
  uint64_t begin_ = 0;                    // of the part that is next
  std::optional<uint64_t> next_;          // where the next event begins; nullopt: the file ended
  TagKnowledge known_;
  SeriesIndex index_;
  EventFile file_;
  ProblemList problems_;
  ProblemFilter filter_;
};

}  // namespace telltale::formats::tensorboard
