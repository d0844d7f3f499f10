#include "lib/formats/mlflow/metric_lines.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>

#include "lib/base/status_util.h"
#include "lib/formats/mlflow/run_builder.h"

namespace telltale::formats::mlflow {
namespace {

constexpr size_t kBlockBytes = 1 << 20;
// Three numbers, and a dataset's name of at most 500 and its digest of at most 36 characters.
constexpr size_t kMostLineBytes = 4096;

template <typename T>
bool ParseNumber(std::string_view text, T& out) {
  const auto end = std::from_chars(text.data(), text.data() + text.size(), out);
  return end.ec == std::errc() && end.ptr == text.data() + text.size();
}

// "timestamp value [step [dataset_name dataset_digest]]": see docs/formats/mlflow.md.
bool ParseLine(std::string_view line, model::Series& series) {
  std::string_view fields[3];
  size_t count = 0;
  for (size_t at = 0; at < line.size() && count < 3;) {
    const size_t space = std::min(line.find(' ', at), line.size());
    fields[count++] = line.substr(at, space - at);
    at = space + 1;
  }
  int64_t timestamp = 0;
  double value = 0;
  int64_t step = static_cast<int64_t>(series.size());
  if (count < 2 || !ParseNumber(fields[0], timestamp)) return false;
  const auto end = std::from_chars(fields[1].data(), fields[1].data() + fields[1].size(), value);
  if (end.ptr != fields[1].data() + fields[1].size()) return false;
  if (end.ec == std::errc::result_out_of_range) return false;
  if (count == 3 && !ParseNumber(fields[2], step)) return false;
  series.steps.push_back(step);
  series.wall_times.push_back(count == 3 ? Seconds(timestamp) : OldSeconds(timestamp));
  series.values.push_back(value);
  return true;
}

}  // namespace

absl::Status ReadMetricLines(io::ByteSource& source, model::Series& series, BadLines& bad) {
  std::string text;      // what was read of lines that are not done, from `offset` on
  uint64_t offset = 0;   // in the source
  uint64_t cut_off = 0;  // bytes before `offset` of a line that is too long to be one
  const auto take = [&](std::string_view line, uint64_t begin) {
    const uint64_t end = begin + line.size();
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (cut_off == 0 && (line.empty() || ParseLine(line, series))) return;
    if (bad.count++ == 0) bad = {.count = 1, .begin = begin - cut_off, .end = end};
    cut_off = 0;
  };
  while (true) {
    const size_t before = text.size();
    text.resize(before + kBlockBytes);
    const absl::StatusOr<size_t> got = source.Read(text.data() + before, kBlockBytes);
    text.resize(before + got.value_or(0));
    TELLTALE_RETURN_IF_ERROR(got.status());
    size_t begin = 0;
    for (size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', begin)) {
      take(std::string_view(text).substr(begin, end - begin), offset + begin);
      begin = end + 1;
    }
    if (*got == 0) {
      if (begin < text.size() || cut_off > 0)
        take(std::string_view(text).substr(begin), offset + begin);
      return absl::OkStatus();
    }
    if (text.size() - begin > kMostLineBytes) {
      cut_off += text.size() - begin;
      begin = text.size();
    }
    text.erase(0, begin);
    offset += begin;
  }
}

}  // namespace telltale::formats::mlflow
