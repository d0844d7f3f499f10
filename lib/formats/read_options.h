// How a format is read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

#include "lib/formats/progress.h"

namespace telltale::formats {

struct ReadOptions {
  size_t jobs = 0;  // threads; 0 means one per core
  // What an attacker chooses is bounded: what is beyond a limit is left out, and a problem says so.
  uint64_t max_record_bytes = uint64_t{256} << 20;
  size_t max_tags = 1000000;  // of one event file
  bool keep_opaque =
      false;  // keep the bytes of images, histograms and so on, for writing them again
  bool verify_only = false;  // check framing and checksums, keep no points
  // Called with a run's name and a tag; false leaves the series out. Empty: everything is read.
  // Called from several threads.
  std::function<bool(std::string_view run, std::string_view tag)> select = {};
  // Called now and then, from any thread but never from two at once.
  std::function<void(const Progress&)> progress = {};
  // Asked now and then, from several threads; true ends the read early, with CancelledError.
  // Formats that are read in moments need not ask.
  std::function<bool()> cancelled = {};
};

}  // namespace telltale::formats
