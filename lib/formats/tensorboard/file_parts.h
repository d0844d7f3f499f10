// Large files are read by several threads at once: pieces of a file that are cut anywhere, of which
// each thread takes one after another as long as they are next to each other. Where a record begins
// in a piece is found by its checksums, and held against where the piece before it ended: what
// comes out is what one thread would have read, whatever the bytes are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
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

  // The next piece, with which a thread begins: the largest file, or where it is larger what is
  // left of one that another thread is reading, from its middle on. nullopt: all are taken.
  std::optional<Claim> Take();

  // Takes the piece of `file` that begins at `end` as well, unless another thread has it: gives its
  // end, or else `end`.
  uint64_t Extend(size_t file, uint64_t end);

 private:
  // Pieces [begin, end) of a file that nobody has taken.
  struct Range {
    size_t file = 0;
    uint64_t begin = 0;
    uint64_t end = 0;
  };

  uint64_t PiecesOf(size_t file) const;
  uint64_t EndOf(size_t file, uint64_t piece) const;

  std::mutex mutex_;
  std::vector<File> files_;
  std::vector<size_t> order_;  // of files_, the largest first
  size_t next_ = 0;            // in order_
  std::vector<Range> left_;    // of files that have been begun
};

// Reads a part of one file; where `find_first` is false its begin is known to be an event's.
using ReadPart = std::function<absl::StatusOr<FilePart>(const PartOptions& part)>;

// Puts `parts` of one file together. A part that turns out to have been read from a wrong place, or
// without knowing what stands before it, is read again by `read`; where that fails, the parts up to
// there are what the file holds, and a problem says why. `jobs` threads, 0: one per core.
EventFile JoinParts(std::vector<FilePart> parts, const ReadPart& read, size_t jobs);

}  // namespace telltale::formats::tensorboard
