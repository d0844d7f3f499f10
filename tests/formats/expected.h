// What a tracker's own reader finds in the runs of testdata/formats, as scripts of
// tests/conformance have written it down.
#pragma once

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/not_finite.h"

namespace telltale::testing {

// JSON has no numbers that are not finite: they stand there as words.
inline double Number(const nlohmann::json& value) {
  if (!value.is_string()) return value.get<double>();
  const auto word = value.get<std::string>();
  if (word == "NaN") return kNaN;
  return word == "Infinity" ? kInfinity : -kInfinity;
}

// Names of the directories in `cases` that have an expected.json, sorted.
inline std::vector<std::string> CaseNames(const std::filesystem::path& cases) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(cases)) {
    if (exists(entry.path() / "expected.json")) names.push_back(entry.path().filename());
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace telltale::testing
