#include "lib/formats/wandb/names.h"

#include <xxhash.h>

#include <algorithm>
#include <variant>

#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/formats/fit_name.h"

namespace telltale::formats::wandb {
namespace {

constexpr size_t kMostNameBytes = 128;
constexpr size_t kMostLabelBytes = 64;
constexpr size_t kMostIdBytes = 64;
constexpr std::string_view kFilePrefix = "run-";
constexpr std::string_view kFileSuffix = ".wandb";

}  // namespace

std::string FitTag(std::string_view tag) {
  std::string fitted = FitText(tag);
  fitted.erase(0, std::min(fitted.find_first_not_of('_'), fitted.size()));
  // Not what the reader takes for steps and axes.
  if (fitted == kStepsMetric || fitted.starts_with(kAxisPrefix))
    fitted[sizeof "telltale" - 1] = '_';
  return fitted.empty() ? "unnamed" : fitted;
}

std::string FitRunName(std::string_view name) { return FitName(name, kMostNameBytes); }

std::string FitProject(std::string_view name) {
  std::string fitted = FitRunName(name);
  for (char& c : fitted) {
    if (std::string_view("/\\#?%:").find(c) != std::string_view::npos) c = '-';
  }
  return fitted;
}

bool IsRunId(std::string_view id) {
  return !id.empty() && id.size() <= kMostIdBytes && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  });
}

std::string RunIdOf(const model::RunInfo& info) {
  if (IsRunId(info.id)) return info.id;
  constexpr std::string_view kDigits = "0123456789abcdefghijklmnopqrstuvwxyz";
  constexpr size_t kLength = 12;
  uint64_t hash = XXH3_64bits(info.id.data(), info.id.size());
  std::string id;
  for (size_t i = 0; i < kLength; ++i, hash /= kDigits.size()) id += kDigits[hash % kDigits.size()];
  return id;
}

std::string IdOfFile(std::string_view file) {
  file = file.substr(file.rfind('/') + 1);
  if (!file.starts_with(kFilePrefix) || !file.ends_with(kFileSuffix)) return "";
  if (file.size() <= kFilePrefix.size() + kFileSuffix.size()) return "";
  return std::string(
      file.substr(kFilePrefix.size(), file.size() - kFilePrefix.size() - kFileSuffix.size()));
}

bool IsLabel(const model::Param& tag) {
  const auto* truth = std::get_if<bool>(&tag.value);
  return truth != nullptr && *truth && !tag.name.empty() && tag.name.size() <= kMostLabelBytes &&
         tag.name == FitText(tag.name) && !IsSummary(tag);
}

bool IsSummary(const model::Param& tag) {
  return tag.name.starts_with(kSummaryPrefix) && tag.name.size() > kSummaryPrefix.size();
}

}  // namespace telltale::formats::wandb
