// Fewer points that draw the same curve.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "absl/status/statusor.h"
#include "lib/model/series.h"

namespace telltale::model {

enum class DownsampleMethod : uint8_t {
  // Largest triangle three buckets (S. Steinarsson, "Downsampling Time Series for Visual
  // Representation", 2013): of each bucket the point that makes the largest triangle with its
  // neighbours.
  kLargestTriangle,
  kMinMax,  // of each bucket the least and the greatest value: no spike is lost
};

struct Downsampling {
  DownsampleMethod method = DownsampleMethod::kLargestTriangle;
  size_t points = 0;  // of a series, at least 2; 0 keeps all
};

// "1000", "lttb:1000" or "minmax:1000". InvalidArgument says what is wrong.
absl::StatusOr<Downsampling> ParseDownsampling(std::string_view text);

// Keeps at most `downsampling.points` points of `series`, in their order: the first and the last,
// and besides them as many as it takes all points whose value is not finite. Gives how many were
// left out.
size_t Downsample(const Downsampling& downsampling, Series& series);

}  // namespace telltale::model
