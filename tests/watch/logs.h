// A log directory that a test lets grow.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>

#include "tests/support/event_bytes.h"
#include "tests/support/temp_dir.h"

namespace telltale::watch {

class GrowingLogs {
 public:
  const std::string& path() const { return dir_.path(); }
  std::string Join(const std::string& relative) const { return dir_.Join(relative); }
  static std::string FileOf(const std::string& run) { return run + "/events.out.tfevents.1.host"; }

  void Append(const std::string& file, const std::string& bytes) const {
    const std::filesystem::path path = Join(file);
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary | std::ios::app) << bytes;
  }

  // Points of "loss" at the steps [from, to) of the run's first file; wall time is kStart + step.
  void Grow(const std::string& run, int64_t from, int64_t to,
            const std::function<double(int64_t)>& value) const {
    GrowFile(FileOf(run), from, to, value);
  }
  void GrowFile(const std::string& file, int64_t from, int64_t to,
                const std::function<double(int64_t)>& value) const {
    std::string bytes;
    for (int64_t step = from; step < to; ++step) {
      bytes += testing::EventRecord(testing::ScalarEvent(
          step, "loss", static_cast<float>(value(step)), kStart + static_cast<double>(step)));
    }
    Append(file, bytes);
  }

  static constexpr double kStart = 1000;

 private:
  testing::TempDir dir_;
};

}  // namespace telltale::watch
