// What the trackers' own readers make of a file: docs/formats/tensorboard.md and
// docs/formats/wandb.md, "What each reader does".

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/edit/event_repair.h"
#include "lib/edit/open_log.h"
#include "lib/edit/repair.h"
#include "lib/formats/wandb/read_files.h"
#include "lib/io/byte_source.h"
#include "lib/io/read_file.h"
#include "lib/records/leveldb_log_format.h"
#include "lib/records/leveldb_log_reader.h"
#include "lib/records/tfrecord_reader.h"

namespace telltale::edit {
namespace {

constexpr std::string_view kDefaultLoader = "TensorBoard's default loader";
constexpr std::string_view kPythonLoader = "TensorBoard's Python loader (--load_fast=false)";

// Where reading stops: a byte, and how many intact records stand before it.
struct Stop {
  uint64_t at = 0;
  uint64_t records = 0;
};

std::string Shown(const Stop& stop, uint64_t all) {
  return StrCat("it shows the first ", stop.records, " of ", all, " intact records");
}

class EventFileReading {
 public:
  absl::StatusOr<std::vector<std::string>> Run(const std::string& path) {
    TELLTALE_ASSIGN_OR_RETURN(const auto source, OpenLog(path, {}));
    records::TfRecordReader reader(*source, {.on_problem = [&](Problem problem) {
      const Stop stop{problem.begin, reader_records_};
      if (!damage_.has_value()) damage_ = stop;
      if (problem.kind != ProblemKind::kCorruptRecord && !framing_.has_value()) framing_ = stop;
      if (problem.kind == ProblemKind::kCorruptRecord) ++flipped_;
    }});
    while (true) {
      TELLTALE_ASSIGN_OR_RETURN(const auto record, reader.Next());
      if (!record.has_value()) break;
      Take(record->offset, record->data);
      ++reader_records_;
    }
    torn_ = reader.pending_bytes();
    reader.Finish();
    return Sentences(path);
  }

 private:
  void Take(uint64_t offset, std::string_view data) {
    proto::Event event;
    if (!event.ParseFromArray(data.data(), static_cast<int>(data.size()))) return;
    if (reader_records_ == 0) versioned_ = event.file_version() == "brain.Event:2";
    if (std::isnan(event.wall_time()) && !nan_.has_value()) nan_ = Stop{offset, reader_records_};
    if (std::isinf(event.wall_time())) ++infinite_;
    if (event.session_log().status() == proto::SessionLog::START && starts_++ > 0) ++purges_;
    for (const auto& value : event.summary().value()) {
      const auto [step, first] = steps_.try_emplace(value.tag(), event.step());
      if (!first && event.step() < step->second) ++back_;
      step->second = event.step();
    }
    repair_.Apply(event);
  }

  std::vector<std::string> Sentences(const std::string& path) const {
    std::vector<std::string> out;
    if (const auto head = io::ReadHead(path, 2); head.ok() && *head == "\x1f\x8b") {
      out.push_back("no reader of TensorBoard opens a compressed file");
    }
    if (damage_.has_value()) {
      out.push_back(StrCat(kPythonLoader, " stops at byte ", damage_->at,
                           " for good: ", Shown(*damage_, reader_records_)));
    }
    if (framing_.has_value()) {
      out.push_back(StrCat(kDefaultLoader, " stops at byte ", framing_->at,
                           " for good: ", Shown(*framing_, reader_records_)));
    }
    if (flipped_ > 0) {
      out.push_back(StrCat(kDefaultLoader, " verifies no checksums: it plots what stands in ",
                           flipped_, flipped_ == 1 ? " damaged record" : " damaged records",
                           ", flipped bits included, where that still parses"));
    }
    if (nan_.has_value()) {
      out.push_back(StrCat(kDefaultLoader, " stops at byte ", nan_->at,
                           ", an event whose wall time is NaN: ", Shown(*nan_, reader_records_)));
    }
    if (infinite_ > 0) {
      out.push_back(
          StrCat(kDefaultLoader, " drops ", infinite_, " events whose wall time is infinite"));
    }
    for (const auto& [what, count] : repair_.changes()) {
      if (what.starts_with("scalars")) {
        out.push_back(
            StrCat(kDefaultLoader, " hides ", count,
                   " scalars that are no 32-bit numbers of rank 0 with the metadata of scalars"));
      } else if (what.starts_with("texts")) {
        out.push_back(
            StrCat("the Text tab fails for tags with ", count, " texts that are no UTF-8"));
      }
    }
    if (back_ > 0) {
      out.push_back(StrCat(kDefaultLoader,
                           " drops what a tag had from a step on when its steps go back to it: ",
                           back_, " times here"));
    }
    if (purges_ > 0) {
      out.push_back(StrCat(kPythonLoader,
                           " drops what all tags had from the step of a restart on: ", purges_,
                           " restarts here"));
    }
    if (reader_records_ > 0 && !versioned_) {
      out.push_back(
          StrCat(kPythonLoader, " drops points whose steps go back, for want of a file version"));
    }
    if (torn_ > 0) {
      out.push_back(StrCat("the last ", torn_,
                           " bytes are a record without an end: all readers wait for the rest"));
    }
    return out;
  }

  uint64_t reader_records_ = 0;
  uint64_t flipped_ = 0;
  uint64_t infinite_ = 0;
  uint64_t back_ = 0;
  uint64_t starts_ = 0;
  uint64_t purges_ = 0;  // starts but the first
  uint64_t torn_ = 0;
  bool versioned_ = false;
  std::optional<Stop> damage_ = {};   // of any kind
  std::optional<Stop> framing_ = {};  // where lengths cannot be trusted
  std::optional<Stop> nan_ = {};
  absl::flat_hash_map<std::string, int64_t> steps_;  // last of each tag
  EventRepair repair_;
};

absl::StatusOr<std::vector<std::string>> ExplainWandb(const std::string& path) {
  TELLTALE_ASSIGN_OR_RETURN(const auto source, OpenLog(path, {}));
  std::vector<Problem> problems;
  records::LevelDbLogReader reader(
      *source, {.magic = std::string(formats::wandb::kMagic),
                .newest_version = formats::wandb::kNewestVersion,
                .on_problem = [&](Problem problem) { problems.push_back(std::move(problem)); }});
  std::vector<uint64_t> offsets;
  while (true) {
    TELLTALE_ASSIGN_OR_RETURN(const auto record, reader.Next());
    if (!record.has_value()) break;
    offsets.push_back(record->offset);
  }
  const uint64_t torn = reader.pending_bytes();
  reader.Finish();
  std::vector<std::string> out;
  for (const Problem& problem : problems) {
    const uint64_t block = (problem.end / records::kLogBlockBytes + 1) * records::kLogBlockBytes;
    const auto lost = std::count_if(offsets.begin(), offsets.end(), [&](uint64_t offset) {
      return offset >= problem.begin && offset < block;
    });
    out.push_back(StrCat("wandb passes over bytes ", problem.begin, " to ", block,
                         ", up to the next block of 32 KiB: ", lost,
                         " intact records there are lost to it"));
  }
  if (torn > 0) {
    out.push_back(StrCat(
        "the last ", torn,
        " bytes are a record without an end: wandb takes the run for one that is still running"));
  }
  return out;
}

}  // namespace

absl::StatusOr<std::vector<std::string>> Explain(const std::string& path) {
  if (path.ends_with(formats::wandb::kSuffix)) return ExplainWandb(path);
  return EventFileReading().Run(path);
}

}  // namespace telltale::edit
