#include "lib/io/read_file.h"

#include <string>

#include "gtest/gtest.h"
#include "tests/support/temp_dir.h"

namespace telltale::io {
namespace {

using testing::TempDir;

TEST(ReadFile, ReadsAllUpToALimit) {
  const TempDir dir;
  const std::string bytes(300000, 'x');
  const std::string path = dir.Write("a", bytes);
  EXPECT_EQ(*ReadFile(path, 300000), bytes);
  EXPECT_TRUE(absl::IsResourceExhausted(ReadFile(path, 299999).status()));
  EXPECT_EQ(*ReadFile(dir.Write("empty", ""), 0), "");
  EXPECT_TRUE(absl::IsNotFound(ReadFile(dir.Join("none"), 10).status()));
}

TEST(ReadHead, ReadsAtMostTheBeginning) {
  const TempDir dir;
  EXPECT_EQ(*ReadHead(dir.Write("a", "abcdef"), 4), "abcd");
  EXPECT_EQ(*ReadHead(dir.Write("b", "ab"), 4), "ab");
  EXPECT_TRUE(absl::IsNotFound(ReadHead(dir.Join("none"), 4).status()));
}

}  // namespace
}  // namespace telltale::io
