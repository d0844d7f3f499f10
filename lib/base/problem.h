// A problem is something wrong with a *file*, never with the training: bytes that cannot be read, a
// schema that is not known. It is reported and counted, and reading goes on; see
// lib/base/status_util.h for what stops an operation.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

enum class ProblemKind {
  kCorruptRecord,   // framing is intact, the payload's checksum is not: one record is lost
  kCorruptHeader,   // framing is lost: a byte range was skipped up to the next record that fits
  kTruncated,       // the file ends inside a record and nobody is writing it any more
  kRecordTooLarge,  // longer than the limit, skipped
  kUnparsable,      // the bytes are intact but are not what the format says
  kUnsupported,  // valid, but of a kind that is not understood; kept or skipped as the message says
  kHiddenByTracker,  // readable here, but the tracker's own readers drop or alter it
  kSeveralSessions,  // one directory holds several training runs
  kUnreadableFile,   // the file could not be opened or read
  kLimitReached,     // input beyond a configured limit was left out
};

// The words of the JSON contract, for example "corrupt-record".
std::string_view ProblemKindName(ProblemKind kind);

// Whether input was lost (exit status 3), as opposed to a remark about input that was read in full.
bool IsDamage(ProblemKind kind);

struct Problem {
  std::string path = {};  // as the user would type it; empty below the layer that knows it
  uint64_t begin = 0;     // first byte concerned, in the (decompressed) file
  uint64_t end = 0;       // one past the last; equal to begin when no bytes are concerned
  ProblemKind kind = ProblemKind::kUnparsable;
  std::string message = {};                   // starts small, ends bare
  std::optional<uint64_t> records_lost = {};  // when it can be told
};

// By path, then by offset; those of one place keep their order.
void SortProblems(std::vector<Problem>& problems);

using ProblemSink = std::function<void(Problem)>;

}  // namespace telltale
