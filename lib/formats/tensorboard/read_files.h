// Reads event files, with all cores whether they are many or one.
#pragma once

#include <cstdint>
#include <vector>

#include "lib/formats/format.h"
#include "lib/formats/tensorboard/event_file.h"
#include "lib/io/walk.h"

namespace telltale::formats::tensorboard {

struct CutOptions {
  // Files are cut where they are larger than this and than a quarter of a thread's share of all
  // work, so that threads end together.
  uint64_t smallest_file = uint64_t{24} << 20;
  // The points of a piece stay in a core's own cache until they are copied to where they belong.
  uint64_t piece = uint64_t{1} << 20;
};

// One result for each of `found`, in their order. A file that cannot be read at all is a problem of
// its own. What a read that is cancelled gives is of no use.
std::vector<EventFile> ReadFiles(const std::vector<io::FoundFile>& found,
                                 const ReadOptions& options, const CutOptions& cut = {});

}  // namespace telltale::formats::tensorboard
