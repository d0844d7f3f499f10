// What a conversion changes because the target cannot hold it as it is.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace telltale::convert {

enum class ChangeKind : uint8_t {
  kRenamedRun,
  kRenamedTag,
  kRoundedValues,   // to 32 bits
  kNegativeZero,    // comes back as 0
  kGreatestDouble,  // comes back as infinity
  kRoundedTimes,    // wall times, to the target's unit
  kSharedTimes,     // the tags of a step share one wall time
  kNoTimes,         // wall times are left out
  kOddTimes,        // wall times that are no times are replaced
  kRepeatedPoints,  // the same point a second time is left out
  kAxis,            // an x axis of its own
  kTexts,
  kOpaque,  // images, histograms and so on
  kParams,
  kTags,
  kNote,
  kDownsampled,
};

// The word for it in JSON: "renamed-tag".
std::string_view ChangeKindName(ChangeKind kind);

// One thing that changes, in one run.
struct Change {
  ChangeKind kind = ChangeKind::kRenamedRun;
  std::string tag = {};     // the source's; empty where it is about the run
  uint64_t count = 1;       // of points, texts, ...
  std::string detail = {};  // starts small, ends bare: "is called lr_0_ there"
  bool lost = false;        // cannot be got back from the target
};

using Changes = std::vector<Change>;

}  // namespace telltale::convert
