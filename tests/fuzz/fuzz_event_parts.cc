// An event file that is cut anywhere: put together, its parts are what is read of it as a whole.
#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/formats/tensorboard/file_parts.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/event_file_text.h"

namespace telltale::fuzz {
namespace {

using formats::tensorboard::EventFile;
using formats::tensorboard::EventFileOptions;
using formats::tensorboard::FilePart;
using formats::tensorboard::PartJoiner;
using formats::tensorboard::PartOptions;

class CutFile {
 public:
  explicit CutFile(std::string_view bytes) : bytes_(bytes) { options_.read = &read_; }

  EventFile Whole() const {
    const auto source = io::FromMemory(bytes_);
    auto whole = formats::tensorboard::ReadEventFile(*source, options_);
    FUZZ_CHECK(whole.ok());
    return *std::move(whole);
  }

  // `in_order`: each part is read with what those before it tell of tags.
  EventFile Joined(size_t piece, bool in_order) const {
    PartJoiner joiner(bytes_.size(), [this](const PartOptions& part) { return Part(part); });
    std::vector<model::Series> spare;
    std::vector<std::pair<uint64_t, FilePart>> later;
    for (size_t begin = 0; begin < bytes_.size(); begin += piece) {
      PartOptions part{.begin = begin, .find_first = begin > 0};
      if (begin + piece < bytes_.size()) part.end = begin + piece;
      if (in_order) part.spare = &spare;
      const auto known = joiner.Known();
      if (begin > 0) part.known = known.get();
      auto read = Part(part);
      FUZZ_CHECK(read.ok());
      if (in_order) {
        joiner.Add(begin, *std::move(read), spare);
      } else {
        later.emplace_back(begin, *std::move(read));
      }
    }
    std::reverse(later.begin(), later.end());
    for (auto& [begin, part] : later) joiner.Add(begin, std::move(part), spare);
    return joiner.Finish("");
  }

 private:
  absl::StatusOr<FilePart> Part(const PartOptions& part) const {
    const auto source = io::FromMemory(bytes_.substr(std::min<size_t>(part.begin, bytes_.size())));
    return formats::tensorboard::ReadFilePart(*source, options_, part);
  }

  std::string_view bytes_;
  formats::ReadOptions read_;
  EventFileOptions options_;
};

}  // namespace
}  // namespace telltale::fuzz

FUZZ_TARGET(event_parts) {
  if (bytes.empty()) return;
  const CutFile file(bytes);
  const std::string whole = testing::Describe(file.Whole());
  for (const size_t piece : {bytes.size() / 3 + 1, std::max<size_t>(24, bytes.size() / 40)}) {
    for (const bool in_order : {true, false}) {
      FUZZ_CHECK(testing::Describe(file.Joined(piece, in_order)) == whole);
    }
  }
}
