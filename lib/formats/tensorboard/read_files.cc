#include "lib/formats/tensorboard/read_files.h"

#include <algorithm>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "lib/base/parallel.h"
#include "lib/base/status_util.h"
#include "lib/formats/tensorboard/file_parts.h"
#include "lib/io/byte_source.h"

namespace telltale::formats::tensorboard {
namespace {

// Adds up what the reading threads tell and passes it on to one listener at a time.
class ProgressMeter {
 public:
  ProgressMeter(const ReadOptions& options, uint64_t total) : options_(options), total_(total) {}

  void Add(uint64_t bytes, uint64_t points) {
    if (!options_.progress) return;
    const std::lock_guard<std::mutex> lock(mutex_);
    done_.bytes_done += bytes;
    done_.points += points;
    done_.bytes_total = total_;
    options_.progress(done_);
  }

 private:
  const ReadOptions& options_;
  uint64_t total_;
  std::mutex mutex_;
  Progress done_;
};

class FilesReader {
 public:
  FilesReader(const std::vector<io::FoundFile>& found, const ReadOptions& options,
              const CutOptions& cut)
      : found_(found),
        options_(options),
        cut_(cut),
        jobs_(ThreadsOf(options.jobs)),
        meter_(options, TotalOf(found)),
        parts_(found.size()),
        files_(found.size()),
        queue_(Cut()) {}

  std::vector<EventFile> Read() {
    ParallelFor(std::min(jobs_, 4 * found_.size()), jobs_, [&](size_t) {
      while (const std::optional<PieceQueue::Claim> claim = queue_.Take()) {
        if (Cancelled()) return;
        ReadClaim(*claim);
      }
    });
    if (Cancelled()) return std::vector<EventFile>(found_.size());
    for (size_t i = 0; i < found_.size(); ++i) {
      if (parts_[i].empty()) continue;
      std::sort(parts_[i].begin(), parts_[i].end(),
                [](const auto& a, const auto& b) { return a.first < b.first; });
      std::vector<FilePart> parts;
      for (auto& [begin, part] : parts_[i]) parts.push_back(std::move(part));
      parts_[i].clear();
      files_[i] = JoinParts(
          std::move(parts), [&](const PartOptions& part) { return ReadPartOf(i, part, false); },
          jobs_);
      for (Problem& problem : files_[i].problems) problem.path = found_[i].path;
    }
    return std::move(files_);
  }

 private:
  static uint64_t TotalOf(const std::vector<io::FoundFile>& found) {
    uint64_t total = 0;
    for (const io::FoundFile& file : found) total += file.bytes;
    return total;
  }

  bool Cancelled() const { return options_.cancelled && options_.cancelled(); }

  // Pieces are a quarter of a thread's share, so that threads end together.
  std::vector<PieceQueue::File> Cut() const {
    const uint64_t piece = std::max(cut_.smallest_piece, TotalOf(found_) / (4 * jobs_) + 1);
    std::vector<PieceQueue::File> files;
    for (const io::FoundFile& file : found_) {
      const bool cut = jobs_ > 1 && file.bytes > piece + piece / 2 && CanStartAnywhere(file.path);
      files.push_back({.bytes = file.bytes, .piece_bytes = cut ? piece : 0});
    }
    return files;
  }

  static bool CanStartAnywhere(const std::string& path) {
    const auto source = io::OpenFile(path);
    return source.ok() && (*source)->Remaining().has_value();  // a decompressor cannot tell
  }

  void ReadClaim(const PieceQueue::Claim& claim) {
    if (claim.begin == 0 && claim.end == UINT64_MAX) {
      files_[claim.file] = ReadWhole(claim.file);
      return;
    }
    PartOptions options{.begin = claim.begin, .end = claim.end, .find_first = claim.begin > 0};
    options.extend = [&](uint64_t end) { return queue_.Extend(claim.file, end); };
    std::vector<TagFacts> known;
    if (claim.begin > 0) {
      known = HeadOf(claim.file);
      options.known = &known;
    }
    absl::StatusOr<FilePart> part = ReadPartOf(claim.file, options, true);
    if (!part.ok() && claim.begin == 0) {
      files_[claim.file] = Unreadable(claim.file, part.status());
      return;
    }
    const std::lock_guard<std::mutex> lock(mutex_);
    // What could not be read is read again when the parts are put together, which then says why.
    parts_[claim.file].emplace_back(claim.begin, part.ok() ? *std::move(part) : FilePart());
  }

  EventFile ReadWhole(size_t file) {
    auto source = io::OpenFile(found_[file].path);
    if (!source.ok()) return Unreadable(file, source.status());
    auto read = ReadEventFile(**source, OptionsFor(file));
    return read.ok() ? *std::move(read) : Unreadable(file, read.status());
  }

  absl::StatusOr<FilePart> ReadPartOf(size_t file, const PartOptions& part, bool progress) {
    TELLTALE_ASSIGN_OR_RETURN(const auto source, io::OpenFileAt(found_[file].path, part.begin));
    EventFileOptions options = OptionsFor(file);
    if (!progress) options.progress = nullptr;
    return ReadFilePart(*source, options, part);
  }

  // What the beginning of a file tells of its tags: writers that say what a tag is only once say it
  // there.
  std::vector<TagFacts> HeadOf(size_t file) {
    PartOptions head{.end = cut_.head};
    head.extend = [](uint64_t end) { return end; };
    auto part = ReadPartOf(file, head, false);
    return part.ok() ? std::move(part->tags) : std::vector<TagFacts>();
  }

  EventFileOptions OptionsFor(size_t file) {
    EventFileOptions options{.path = found_[file].path, .run_name = found_[file].directory};
    options.read = &options_;
    options.progress = [this](uint64_t bytes, uint64_t points) { meter_.Add(bytes, points); };
    return options;
  }

  EventFile Unreadable(size_t file, const absl::Status& why) const {
    EventFile unreadable;
    unreadable.run.files.push_back({.path = found_[file].path, .bytes = found_[file].bytes});
    unreadable.problems.push_back({.path = found_[file].path,
                                   .kind = ProblemKind::kUnreadableFile,
                                   .message = std::string(why.message())});
    return unreadable;
  }

  const std::vector<io::FoundFile>& found_;
  const ReadOptions& options_;
  const CutOptions& cut_;
  const size_t jobs_;
  ProgressMeter meter_;
  std::mutex mutex_;
  std::vector<std::vector<std::pair<uint64_t, FilePart>>>
      parts_;  // of files that are cut, by begin
  std::vector<EventFile> files_;
  PieceQueue queue_;
};

}  // namespace

std::vector<EventFile> ReadFiles(const std::vector<io::FoundFile>& found,
                                 const ReadOptions& options, const CutOptions& cut) {
  return FilesReader(found, options, cut).Read();
}

}  // namespace telltale::formats::tensorboard
