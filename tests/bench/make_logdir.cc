// make_logdir DIR [EVENTS_PER_FILE [FILES]]: a logdir like that of long trainings, for timing
// readers.
//
// FILES runs (default 8) of one event file each, EVENTS_PER_FILE events (default 500,000) in each,
// ten tags in turn, one float32 simple_value an event: what PyTorch's SummaryWriter writes. The
// defaults give 4 million points in 219 MB. The same arguments give the same bytes.

#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>
#include <string>
#include <string_view>

#include "absl/strings/numbers.h"
#include "lib/base/bytes.h"
#include "lib/base/crc32c.h"

namespace {

constexpr std::string_view kTags[] = {"loss/train_step",   "loss/train_mean", "accuracy/train",
                                      "grad_norm/total",   "lr/param_group",  "loss/regulariser",
                                      "update/ratio_mean", "time/data_wait",  "time/step_total",
                                      "gpu/memory_used"};

template <typename T>
void AppendFixed(std::string& out, T value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

void AppendVarint(std::string& out, uint64_t value) {
  for (; value >= 0x80; value >>= 7) out.push_back(static_cast<char>(value | 0x80));
  out.push_back(static_cast<char>(value));
}

void AppendRecord(std::string& out, std::string_view payload) {
  char length[8];
  telltale::StoreLittleEndian<uint64_t>(length, payload.size());
  out.append(length, sizeof length);
  AppendFixed(out, telltale::MaskedCrc32c({length, sizeof length}));
  out.append(payload);
  AppendFixed(out, telltale::MaskedCrc32c(payload));
}

// Event{wall_time = 1, step = 2, summary = 5{value = 1{tag = 1, simple_value = 2}}}
std::string ScalarEvent(double wall_time, uint64_t step, std::string_view tag, float value) {
  std::string inner("\x0a");
  AppendVarint(inner, tag.size());
  inner.append(tag);
  inner.push_back('\x15');
  AppendFixed(inner, value);
  std::string event("\x09");
  AppendFixed(event, wall_time);
  if (step != 0) {
    event.push_back('\x10');
    AppendVarint(event, step);
  }
  event.push_back('\x2a');
  AppendVarint(event, inner.size() + 2);
  event.push_back('\x0a');
  AppendVarint(event, inner.size());
  return event + inner;
}

bool WriteRun(const std::filesystem::path& directory, uint64_t events, uint32_t seed) {
  std::filesystem::create_directories(directory);
  std::ofstream file(directory / ("events.out.tfevents.1700000000.bench." + std::to_string(seed)),
                     std::ios::binary);
  std::mt19937 random(seed);
  std::string buffer;
  std::string version("\x09");
  AppendFixed(version, 1.7e9);
  AppendRecord(buffer, version +
                           "\x1a\x0d"
                           "brain.Event:2");
  for (uint64_t i = 0; i < events; ++i) {
    const uint64_t step = i / std::size(kTags);
    const float noise = static_cast<float>(random()) * 0x1p-32f;
    const float value = 1 / std::sqrt(static_cast<float>(step + 1)) + 0.05f * noise;
    AppendRecord(buffer, ScalarEvent(1.7e9 + 0.01 * static_cast<double>(i), step,
                                     kTags[i % std::size(kTags)], value));
    if (buffer.size() > (1u << 20)) {
      file << buffer;
      buffer.clear();
    }
  }
  file << buffer;
  file.close();
  return file.good();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: make_logdir DIR [EVENTS_PER_FILE [FILES]]\n";
    return 2;
  }
  uint64_t events = 500000;
  uint32_t files = 8;
  if ((argc > 2 && !absl::SimpleAtoi(argv[2], &events)) ||
      (argc > 3 && !absl::SimpleAtoi(argv[3], &files))) {
    std::cerr << "make_logdir: EVENTS_PER_FILE and FILES are numbers\n";
    return 2;
  }
  for (uint32_t i = 0; i < files; ++i) {
    const auto run = std::filesystem::path(argv[1]) / ("run" + std::to_string(i));
    if (!WriteRun(run, events, i)) {
      std::cerr << run << ": cannot be written\n";
      return 1;
    }
  }
  return 0;
}
