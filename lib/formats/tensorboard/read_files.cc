#include "lib/formats/tensorboard/read_files.h"

#include <algorithm>
#include <atomic>
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
        cut_files_(found.size()),
        files_(found.size()),
        queue_(Cut()) {}

  std::vector<EventFile> Read() {
    ParallelFor(std::min(jobs_, 4 * found_.size()), jobs_, [&](size_t) {
      std::vector<model::Series> spare;
      while (const std::optional<PieceQueue::Claim> claim = queue_.Take()) {
        if (Cancelled()) return;
        ReadClaim(*claim, spare);
      }
    });
    if (Cancelled()) return std::vector<EventFile>(found_.size());
    for (size_t i = 0; i < found_.size(); ++i) {
      if (cut_files_[i] == nullptr || cut_files_[i]->unreadable) continue;
      files_[i] = cut_files_[i]->joiner.Finish(found_[i].path);
    }
    return std::move(files_);
  }

 private:
  // A file that is read in pieces.
  struct CutFile {
    CutFile(uint64_t bytes, ReadPart read) : joiner(bytes, std::move(read)) {}

    PartJoiner joiner;
    std::atomic<bool> unreadable = false;  // from its beginning on
  };

  static uint64_t TotalOf(const std::vector<io::FoundFile>& found) {
    uint64_t total = 0;
    for (const io::FoundFile& file : found) total += file.bytes;
    return total;
  }

  bool Cancelled() const { return options_.cancelled && options_.cancelled(); }

  std::vector<PieceQueue::File> Cut() {
    const uint64_t share = TotalOf(found_) / (4 * jobs_);
    std::vector<PieceQueue::File> files;
    for (size_t i = 0; i < found_.size(); ++i) {
      const uint64_t bytes = found_[i].bytes;
      const bool cut = jobs_ > 1 && bytes > std::max(cut_.smallest_file, share + share / 2) &&
                       CanStartAnywhere(found_[i].path);
      files.push_back({.bytes = bytes, .piece_bytes = cut ? cut_.piece : 0});
      if (!cut) continue;
      cut_files_[i] = std::make_unique<CutFile>(
          bytes, [this, i](const PartOptions& part) { return ReadPartOf(i, part, false); });
    }
    return files;
  }

  static bool CanStartAnywhere(const std::string& path) {
    const auto source = io::OpenFile(path);
    return source.ok() && (*source)->Remaining().has_value();  // a decompressor cannot tell
  }

  void ReadClaim(const PieceQueue::Claim& claim, std::vector<model::Series>& spare) {
    if (cut_files_[claim.file] == nullptr) {
      files_[claim.file] = ReadWhole(claim.file);
      return;
    }
    CutFile& file = *cut_files_[claim.file];
    if (file.unreadable) return;
    PartOptions options{.begin = claim.begin, .end = claim.end, .find_first = claim.begin > 0};
    options.spare = &spare;
    const auto known = file.joiner.Known();
    if (claim.begin > 0) options.known = known.get();
    absl::StatusOr<FilePart> part = ReadPartOf(claim.file, options, true);
    if (!part.ok() && claim.begin == 0) {
      files_[claim.file] = Unreadable(claim.file, part.status());
      file.unreadable = true;
      return;
    }
    // What could not be read is read again when the parts are put together, which then says why.
    file.joiner.Add(claim.begin, part.ok() ? *std::move(part) : FilePart{.end = claim.end}, spare);
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
  std::vector<std::unique_ptr<CutFile>> cut_files_;  // nullptr: read as a whole
  std::vector<EventFile> files_;
  PieceQueue queue_;
};

}  // namespace

std::vector<EventFile> ReadFiles(const std::vector<io::FoundFile>& found,
                                 const ReadOptions& options, const CutOptions& cut) {
  return FilesReader(found, options, cut).Read();
}

}  // namespace telltale::formats::tensorboard
