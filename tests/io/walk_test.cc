#include "lib/io/walk.h"

#include <filesystem>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/temp_dir.h"

namespace telltale::io {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::TempDir;

std::vector<std::string> Names(const std::string& root, const WalkOptions& options = {}) {
  const auto found = Walk(
      root, [](const std::string& name) { return name.find("keep") != std::string::npos; },
      options);
  if (!found.ok()) return {"error"};
  std::vector<std::string> names;
  for (const FoundFile& file : *found) names.push_back(file.directory + ":" + file.name);
  return names;
}

TEST(Walk, FindsFilesInOrder) {
  const TempDir dir;
  dir.Write("b/keep2", "");
  dir.Write("b/keep1", "");
  dir.Write("a/deep/er/keep", "12345");
  dir.Write("a/other", "");
  dir.Write("keep", "");
  EXPECT_THAT(Names(dir.path()), ElementsAre(".:keep", "a/deep/er:keep", "b:keep1", "b:keep2"));
}

TEST(Walk, TakesARootThatIsAFile) {
  const TempDir dir;
  const std::string path = dir.Write("keep", "123");
  const auto found = Walk(path, [](const std::string&) { return true; });
  ASSERT_TRUE(found.ok());
  ASSERT_EQ(found->size(), 1u);
  EXPECT_EQ(found->front().path, path);
  EXPECT_EQ(found->front().directory, ".");
  EXPECT_EQ(found->front().bytes, 3u);
}

TEST(Walk, FollowsLinksButEndsOnCycles) {
  const TempDir dir;
  dir.Write("real/keep", "");
  std::filesystem::create_directory_symlink("..", dir.Join("real/up"));
  std::filesystem::create_directory_symlink("real", dir.Join("alias"));
  std::filesystem::create_symlink("nowhere", dir.Join("keep-dangling"));
  // Which of the two names a directory is entered by depends on the file system; it is entered
  // once.
  EXPECT_EQ(Names(dir.path()).size(), 1u);
}

TEST(Walk, StopsAtTheDepthAsked) {
  const TempDir dir;
  dir.Write("1/2/3/keep", "");
  EXPECT_THAT(Names(dir.path(), {.max_depth = 2}), IsEmpty());
  EXPECT_THAT(Names(dir.path(), {.max_depth = 3}), ElementsAre("1/2/3:keep"));
}

TEST(Walk, FailsWhenTheRootIsMissing) {
  const auto found = Walk("/nonexistent/telltale", [](const std::string&) { return true; });
  EXPECT_EQ(found.status().code(), absl::StatusCode::kNotFound);
}

TEST(ListNearest, GivesTheNearestFirstAndStopsAtTheLimit) {
  const TempDir dir;
  dir.Write("b/deep/er/x", "");
  dir.Write("b/y", "");
  dir.Write("a/z", "");
  dir.Write("top", "");
  EXPECT_THAT(ListNearest(dir.path(), 100, 8), ElementsAre("top", "a/z", "b/y", "b/deep/er/x"));
  EXPECT_THAT(ListNearest(dir.path(), 2, 8), ElementsAre("top", "a/z"));
  EXPECT_THAT(ListNearest(dir.path(), 100, 1), ElementsAre("top", "a/z", "b/y"));
}

TEST(ListNearest, EndsWhereLinksGoInCirclesOrNowhere) {
  const TempDir dir;
  dir.Write("a/x", "");
  std::filesystem::create_directory_symlink("..", dir.path() + "/a/up");
  std::filesystem::create_symlink("nowhere", dir.path() + "/a/dangling");
  EXPECT_THAT(ListNearest(dir.path(), 100, 50), ElementsAre("a/x"));
  EXPECT_THAT(ListNearest(dir.path() + "/missing", 100, 8), IsEmpty());
}

}  // namespace
}  // namespace telltale::io
