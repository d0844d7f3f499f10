#include "lib/formats/trackio/names.h"

#include <utf8proc.h>

#include <algorithm>
#include <cmath>

#include "absl/time/time.h"
#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/formats/fit_name.h"

namespace telltale::formats::trackio {
namespace {

constexpr size_t kMostNameBytes = 250;
constexpr size_t kMostFileNameBytes = 200;
constexpr int64_t kLastMicrosecond = 253402300799999999;  // of the year 9999

// As Python's str.isalnum().
bool IsAlphanumeric(int32_t code) {
  switch (utf8proc_category(code)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
      return true;
    default:
      return false;
  }
}

}  // namespace

std::string FitTag(std::string_view tag) {
  constexpr std::string_view kReserved[] = {"project", "run",  "timestamp",
                                            "step",    "time", "metrics"};
  if (tag.empty()) return "unnamed";
  const bool reserved =
      std::find(std::begin(kReserved), std::end(kReserved), tag) != std::end(kReserved);
  return StrCat(reserved ? "__" : "", ValidUtf8(tag));
}

std::string FitRunName(std::string_view name) { return FitName(name, kMostNameBytes); }

std::string TitleOf(const model::Run& run) {
  const std::string project = StrCat(run.info.project, "/");
  const bool begins = run.name.size() > project.size() && run.name.starts_with(project);
  return begins ? run.name.substr(project.size()) : run.name;
}

std::string FileNameOf(std::string_view project) {
  const std::string valid = ValidUtf8(project);
  std::string name;
  for (size_t at = 0; at < valid.size();) {
    utf8proc_int32_t code = -1;
    const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(valid.data()) + at,
                                       static_cast<utf8proc_ssize_t>(valid.size() - at), &code);
    if (size <= 0) break;
    if (code == '-' || code == '_' || IsAlphanumeric(code)) {
      name.append(valid, at, static_cast<size_t>(size));
    }
    at += static_cast<size_t>(size);
  }
  name = CutUtf8(std::move(name), kMostFileNameBytes);
  return StrCat(name.empty() ? "default" : name, ".db");
}

std::optional<int64_t> ParseTime(std::string_view text) {
  absl::Time time;
  std::string error;
  for (const char* form : {"%Y-%m-%d%ET%H:%M:%E*S%Ez", "%Y-%m-%d%ET%H:%M:%E*S",
                           "%Y-%m-%d %H:%M:%E*S%Ez", "%Y-%m-%d %H:%M:%E*S"}) {
    if (!absl::ParseTime(form, ToAbsl(text), absl::UTCTimeZone(), &time, &error)) continue;
    if (time == absl::InfiniteFuture() || time == absl::InfinitePast()) return std::nullopt;
    return absl::ToUnixMicros(time);
  }
  return std::nullopt;
}

std::string FormatTime(int64_t microseconds) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E6S+00:00", absl::FromUnixMicros(microseconds),
                          absl::UTCTimeZone());
}

int64_t Microseconds(double seconds) {
  if (!(seconds > 0)) return 0;
  constexpr double kMost = static_cast<double>(kLastMicrosecond / 1000000);
  return std::llround(std::min(seconds, kMost) * 1e6);
}

}  // namespace telltale::formats::trackio
