// What was read of an event file, to be compared.
#pragma once

#include <bit>
#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "lib/formats/tensorboard/event_file.h"

namespace telltale::testing {

// All that a file gave, as text.
inline std::string Describe(const formats::tensorboard::EventFile& file) {
  std::string out = absl::StrCat("events ", file.events, "\n");
  for (const model::RunFile& each : file.run.files) {
    absl::StrAppend(&out, "file ", each.bytes, " ", each.records, " ", each.pending_bytes, "\n");
  }
  for (const Problem& problem : file.problems) {
    absl::StrAppend(&out, "problem ", std::string(ProblemKindName(problem.kind)), " ",
                    problem.begin, "-", problem.end, " ", problem.message, "\n");
  }
  for (const model::Series& series : file.run.series) {
    absl::StrAppend(&out, series.tag, " ", series.float32, ":");
    for (size_t i = 0; i < series.size(); ++i) {
      absl::StrAppend(&out, " ", series.steps[i], "=", std::bit_cast<uint64_t>(series.values[i]),
                      "@", series.wall_times[i]);
    }
    out += "\n";
  }
  for (const model::TextSeries& text : file.run.texts) {
    absl::StrAppend(&out, "text ", text.tag, ":");
    for (const model::TextPoint& point : text.points) absl::StrAppend(&out, " ", point.step);
    out += "\n";
  }
  for (const model::OpaqueSeries& opaque : file.run.opaque) {
    absl::StrAppend(&out, opaque.kind, " ", opaque.tag, " ", opaque.count, " ", opaque.byte_size,
                    "\n");
  }
  for (const int64_t step : file.run.restarts) absl::StrAppend(&out, "restart ", step, "\n");
  absl::StrAppend(&out, file.run.first_wall_time, " ", file.run.last_wall_time, "\n");
  return out;
}

}  // namespace telltale::testing
