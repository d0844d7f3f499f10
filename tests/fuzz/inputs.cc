#include "tests/fuzz/inputs.h"

#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <set>

#include "lib/formats/format.h"
#include "tests/fuzz/fuzz.h"

namespace telltale::fuzz {

namespace fs = std::filesystem;

uint8_t Input::Byte() {
  if (rest_.empty()) return 0;
  const auto byte = static_cast<uint8_t>(rest_.front());
  rest_.remove_prefix(1);
  return byte;
}

double Input::Double() {
  uint64_t bits = 0;
  for (int i = 0; i < 8; ++i) bits = bits << 8 | Byte();
  return std::bit_cast<double>(bits);
}

std::string_view Input::Piece() {
  const size_t wanted = Byte();
  const size_t n = std::min(wanted, rest_.size());
  const std::string_view piece = rest_.substr(0, n);
  rest_.remove_prefix(n);
  return piece;
}

std::string_view Input::Rest() {
  const std::string_view rest = rest_;
  rest_ = {};
  return rest;
}

absl::StatusOr<size_t> SlowSource::Read(char* out, size_t n) {
  n = std::min({n, most_, rest_.size()});
  std::memcpy(out, rest_.data(), n);
  rest_.remove_prefix(n);
  return n;
}

std::string ScratchDirectory() {
  const fs::path memory = "/dev/shm";
  const fs::path root = fs::is_directory(memory) ? memory : fs::temp_directory_path();
  return (root / ("telltale-fuzz-" + std::to_string(::getpid()))).string();
}

void CheckExperiment(const model::Experiment& experiment) {
  const auto broken = model::Validate(experiment);
  if (broken) std::fprintf(stderr, "broken: %s\n", broken->c_str());
  FUZZ_CHECK(!broken);
}

void ReadAs(std::string_view id, std::string_view name, std::string_view bytes) {
  const fs::path directory = ScratchDirectory();
  fs::remove_all(directory);
  const fs::path file = directory / name;
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary)
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  const formats::Format* const format = formats::FindFormat(id);
  FUZZ_CHECK(format != nullptr);
  const auto read = format->read(file.string(), {.jobs = 1, .keep_opaque = true});
  if (read.ok()) {
    CheckExperiment(*read);
  } else {
    FUZZ_CHECK(!read.status().message().empty());
  }
  fs::remove_all(directory);
}

model::Experiment MakeExperiment(std::string_view bytes) {
  Input input(bytes);
  model::Experiment experiment{.format = "python"};
  std::set<std::string> names;
  while (input.more() && experiment.runs.size() < 8) {
    model::Run run{.name = std::string(input.Piece())};
    if (run.name.empty() || !names.insert(run.name).second) continue;
    std::set<std::string> tags;
    for (size_t count = input.Byte() % 4; count > 0; --count) {
      model::Series series{.tag = std::string(input.Piece())};
      if (series.tag.empty() || !tags.insert(series.tag).second) continue;
      int64_t step = 0;
      for (size_t points = input.Byte(); points > 0 && input.more(); --points) {
        const uint8_t kind = input.Byte();
        step += kind % 8 == 0 ? -static_cast<int64_t>(kind) : kind % 8;
        series.steps.push_back(kind == 255 ? std::bit_cast<int64_t>(input.Double()) : step);
        series.wall_times.push_back(1.7e9 + static_cast<double>(series.steps.size()));
        series.values.push_back(kind % 16 < 12 ? static_cast<double>(input.Byte()) / 100
                                               : input.Double());
      }
      run.series.push_back(std::move(series));
    }
    experiment.runs.push_back(std::move(run));
  }
  std::sort(experiment.runs.begin(), experiment.runs.end(),
            [](const model::Run& a, const model::Run& b) { return a.name < b.name; });
  return experiment;
}

}  // namespace telltale::fuzz
