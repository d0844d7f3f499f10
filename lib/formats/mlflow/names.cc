#include "lib/formats/mlflow/names.h"

#include <utf8proc.h>

#include <algorithm>

#include "absl/strings/str_split.h"
#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/formats/fit_name.h"
#include "lib/formats/run_id.h"

namespace telltale::formats::mlflow {
namespace {

constexpr size_t kMostNameBytes = 250;

// What Python's \w matches, and the other characters that a key may hold.
bool MayStandInKey(int32_t code) {
  if (code < 0x80) {
    const char c = static_cast<char>(code);
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("_/.- :").find(c) != std::string_view::npos;
  }
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

std::string WithAllowedCharacters(const std::string& valid) {
  std::string out;
  for (size_t at = 0; at < valid.size();) {
    utf8proc_int32_t code = -1;
    const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(valid.data()) + at,
                                       static_cast<utf8proc_ssize_t>(valid.size() - at), &code);
    if (size <= 0) break;
    if (MayStandInKey(code)) {
      out.append(valid, at, static_cast<size_t>(size));
    } else {
      out += '_';
    }
    at += static_cast<size_t>(size);
  }
  return out;
}

}  // namespace

std::string FitKey(std::string_view tag) {
  const std::string allowed = WithAllowedCharacters(ValidUtf8(tag));
  std::string out;
  for (const absl::string_view part : absl::StrSplit(allowed, '/', absl::SkipEmpty())) {
    if (!out.empty()) out += '/';
    if (part == "." || part == "..") {
      out.append(part.size(), '_');
    } else {
      out.append(part.data(), part.size());
    }
  }
  out = CutUtf8(std::move(out), kMostNameBytes);
  while (out.ends_with('/')) out.pop_back();
  // What cutting left of the last component may be a dot alone.
  if (out.ends_with("/.") || out.ends_with("/..")) out.back() = '_';
  return out.empty() || out == "." || out == ".." ? "unnamed" : out;
}

std::string FitRunName(std::string_view name) { return FitName(name, kMostNameBytes); }

std::string RunIdOf(const model::RunInfo& info) { return HexRunId(info.id); }

std::string_view StatusName(model::RunStatus status) {
  switch (status) {
    case model::RunStatus::kRunning:
      return "RUNNING";
    case model::RunStatus::kFailed:
      return "FAILED";
    case model::RunStatus::kKilled:
      return "KILLED";
    case model::RunStatus::kUnknown:
    case model::RunStatus::kFinished:
      break;
  }
  return "FINISHED";
}

model::RunStatus StatusOf(std::string_view name) {
  if (name == "RUNNING" || name == "SCHEDULED") return model::RunStatus::kRunning;
  if (name == "FINISHED") return model::RunStatus::kFinished;
  if (name == "FAILED") return model::RunStatus::kFailed;
  if (name == "KILLED") return model::RunStatus::kKilled;
  return model::RunStatus::kUnknown;
}

}  // namespace telltale::formats::mlflow
