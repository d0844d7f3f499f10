#include "lib/convert/change.h"

namespace telltale::convert {

std::string_view ChangeKindName(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::kRenamedRun:
      return "renamed-run";
    case ChangeKind::kRenamedTag:
      return "renamed-tag";
    case ChangeKind::kRoundedValues:
      return "rounded-values";
    case ChangeKind::kNegativeZero:
      return "negative-zero";
    case ChangeKind::kGreatestDouble:
      return "greatest-double";
    case ChangeKind::kRoundedTimes:
      return "rounded-times";
    case ChangeKind::kSharedTimes:
      return "shared-times";
    case ChangeKind::kNoTimes:
      return "no-times";
    case ChangeKind::kOddTimes:
      return "odd-times";
    case ChangeKind::kRepeatedPoints:
      return "repeated-points";
    case ChangeKind::kAxis:
      return "axis";
    case ChangeKind::kTexts:
      return "texts";
    case ChangeKind::kOpaque:
      return "opaque";
    case ChangeKind::kParams:
      return "params";
    case ChangeKind::kTags:
      return "tags";
    case ChangeKind::kNote:
      return "note";
    case ChangeKind::kDownsampled:
      return "downsampled";
  }
  return "";
}

}  // namespace telltale::convert
