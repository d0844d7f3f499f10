// Reads event files, with all cores whether they are many or one.
#pragma once

#include <cstdint>
#include <vector>

#include "lib/formats/format.h"
#include "lib/formats/tensorboard/event_file.h"
#include "lib/io/walk.h"

namespace telltale::formats::tensorboard {

struct CutOptions {
  // Files are cut where they are larger than their share of a thread's work and pieces would not
  // be smaller than this.
  uint64_t smallest_piece = uint64_t{16} << 20;
  // How much of a file's beginning is read for what it tells of tags, before a later piece is read.
  uint64_t head = uint64_t{1} << 20;
};

// One result for each of `found`, in their order. A file that cannot be read at all is a problem of
// its own. What a read that is cancelled gives is of no use.
std::vector<EventFile> ReadFiles(const std::vector<io::FoundFile>& found,
                                 const ReadOptions& options, const CutOptions& cut = {});

}  // namespace telltale::formats::tensorboard
