// bare_loop LOGDIR: the least work that a reader of event files can do and still verify every
// checksum and keep every point: reads blocks, checks both CRCs of each record, takes step, wall
// time and value from the fixed layout that make_logdir writes, and appends them to columns. It
// survives no damage and knows no other encoding; it is the yardstick, not a reader.

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "lib/base/bytes.h"
#include "lib/base/column.h"
#include "lib/base/crc32c.h"

namespace {

using telltale::LoadLittleEndian;

struct Columns {
  telltale::Column<int64_t> steps;
  telltale::Column<double> wall_times;
  telltale::Column<double> values;
};

struct Loaded {
  std::map<std::string, Columns, std::less<>> tags;
  uint64_t points = 0;
  bool damaged = false;
};

// `p` is after the tag byte.
uint64_t Varint(const char*& p) {
  uint64_t value = 0;
  for (int shift = 0;; shift += 7) {
    const auto byte = static_cast<unsigned char>(*p++);
    value |= uint64_t{byte & 0x7fu} << shift;
    if (byte < 0x80) return value;
  }
}

void TakeEvent(std::string_view payload, Loaded& loaded) {
  const char* p = payload.data() + 9;
  int64_t step = 0;
  if (*p == '\x10') step = static_cast<int64_t>(Varint(++p));
  if (*p != '\x2a') return;  // file_version
  Varint(++p);               // length of the summary
  Varint(++p);               // of its value
  const uint64_t length = Varint(++p);
  const std::string_view tag(p, length);
  auto found = loaded.tags.find(tag);
  if (found == loaded.tags.end()) found = loaded.tags.emplace(tag, Columns{}).first;
  Columns& columns = found->second;
  columns.steps.push_back(step);
  columns.wall_times.push_back(LoadLittleEndian<double>(payload.data() + 1));
  columns.values.push_back(static_cast<double>(LoadLittleEndian<float>(p + length + 1)));
  columns.steps.PrefetchEnd();
  columns.wall_times.PrefetchEnd();
  columns.values.PrefetchEnd();
  ++loaded.points;
}

// Takes the whole records at the start of `bytes` and returns how many bytes they are.
size_t TakeRecords(std::string_view bytes, Loaded& loaded) {
  size_t at = 0;
  while (bytes.size() - at >= 12) {
    const char* header = bytes.data() + at;
    const auto length = LoadLittleEndian<uint64_t>(header);
    if (LoadLittleEndian<uint32_t>(header + 8) != telltale::MaskedCrc32c({header, 8})) {
      loaded.damaged = true;
      return bytes.size();
    }
    if (bytes.size() - at < 16 + length) break;
    const std::string_view payload(header + 12, length);
    if (LoadLittleEndian<uint32_t>(header + 12 + length) != telltale::MaskedCrc32c(payload)) {
      loaded.damaged = true;
    }
    TakeEvent(payload, loaded);
    at += 16 + length;
  }
  return at;
}

Loaded LoadFile(const std::string& path) {
  Loaded loaded;
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  std::vector<char> block(1 << 20);
  size_t kept = 0;
  for (off_t offset = 0;;) {
    const ssize_t got = pread(fd, block.data() + kept, block.size() - kept, offset);
    if (got <= 0) break;
    offset += got;
    const std::string_view bytes(block.data(), kept + static_cast<size_t>(got));
    const size_t taken = TakeRecords(bytes, loaded);
    kept = bytes.size() - taken;
    std::memmove(block.data(), block.data() + taken, kept);
  }
  close(fd);
  loaded.damaged |= kept != 0;
  return loaded;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(argv[1])) {
    if (entry.is_regular_file()) paths.push_back(entry.path());
  }
  std::vector<Loaded> loaded(paths.size());
  std::atomic<size_t> next = 0;
  {
    std::vector<std::jthread> threads;
    for (unsigned i = 0; i < std::thread::hardware_concurrency(); ++i) {
      threads.emplace_back([&] {
        for (size_t file = next++; file < paths.size(); file = next++)
          loaded[file] = LoadFile(paths[file]);
      });
    }
  }
  uint64_t points = 0;
  bool damaged = false;
  for (const Loaded& file : loaded) {
    points += file.points;
    damaged |= file.damaged;
  }
  std::printf("%llu points\n", static_cast<unsigned long long>(points));
  return damaged ? 3 : 0;
}
