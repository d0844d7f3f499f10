#include "lib/base/problem.h"

#include <algorithm>
#include <tuple>

namespace telltale {

std::string_view ProblemKindName(ProblemKind kind) {
  switch (kind) {
    case ProblemKind::kCorruptRecord:
      return "corrupt-record";
    case ProblemKind::kCorruptHeader:
      return "corrupt-header";
    case ProblemKind::kTruncated:
      return "truncated";
    case ProblemKind::kRecordTooLarge:
      return "record-too-large";
    case ProblemKind::kUnparsable:
      return "unparsable";
    case ProblemKind::kUnsupported:
      return "unsupported";
    case ProblemKind::kHiddenByTracker:
      return "hidden-by-tracker";
    case ProblemKind::kSeveralSessions:
      return "several-sessions";
    case ProblemKind::kUnreadableFile:
      return "unreadable-file";
    case ProblemKind::kLimitReached:
      return "limit-reached";
  }
  return "unknown";
}

bool IsDamage(ProblemKind kind) {
  switch (kind) {
    case ProblemKind::kCorruptRecord:
    case ProblemKind::kCorruptHeader:
    case ProblemKind::kTruncated:
    case ProblemKind::kRecordTooLarge:
    case ProblemKind::kUnparsable:
    case ProblemKind::kUnreadableFile:
    case ProblemKind::kLimitReached:
      return true;
    case ProblemKind::kUnsupported:
    case ProblemKind::kHiddenByTracker:
    case ProblemKind::kSeveralSessions:
      return false;
  }
  return true;
}

void SortProblems(std::vector<Problem>& problems) {
  std::stable_sort(problems.begin(), problems.end(), [](const Problem& a, const Problem& b) {
    return std::tie(a.path, a.begin) < std::tie(b.path, b.begin);
  });
}

}  // namespace telltale
