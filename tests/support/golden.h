// Comparing output with a file that holds what it should be.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_split.h"

namespace telltale::testing {

namespace internal {

inline std::string ReadGolden(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream out;
  out << in.rdbuf();
  return out.str();
}

// The first line in which the two differ, both ways round.
inline std::string FirstDifference(const std::string& is, const std::string& should_be) {
  const std::vector<std::string> a = absl::StrSplit(is, '\n');
  const std::vector<std::string> b = absl::StrSplit(should_be, '\n');
  size_t i = 0;
  while (i < a.size() && i < b.size() && a[i] == b[i]) ++i;
  std::ostringstream out;
  out << "line " << i + 1 << "\n  should be: " << (i < b.size() ? b[i] : "(end)")
      << "\n  is:        " << (i < a.size() ? a[i] : "(end)");
  return out.str();
}

}  // namespace internal

// `output` must be the bytes of `file` (relative to the repository's root). With
// TELLTALE_UPDATE_GOLDEN=1 in the environment the file becomes what the output is.
inline void ExpectGolden(const std::string& output, const std::string& file) {
  const std::string path = std::string(TELLTALE_SOURCE_DIR) + "/" + file;
  const char* update = std::getenv("TELLTALE_UPDATE_GOLDEN");
  if (update != nullptr && std::string(update) == "1") {
    std::ofstream(path, std::ios::binary) << output;
  }
  const std::string should_be = internal::ReadGolden(path);
  EXPECT_TRUE(output == should_be)
      << file << " differs from the output; " << internal::FirstDifference(output, should_be)
      << "\n  to accept the output: TELLTALE_UPDATE_GOLDEN=1 ctest --preset dev -R "
      << ::testing::UnitTest::GetInstance()->current_test_info()->name();
}

}  // namespace telltale::testing
