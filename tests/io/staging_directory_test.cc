#include "lib/io/staging_directory.h"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>

#include "gtest/gtest.h"
#include "tests/support/temp_dir.h"

namespace telltale::io {
namespace {

namespace fs = std::filesystem;
using testing::TempDir;

std::string Read(const std::string& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(StagingDirectory, TakesItsPlaceWithAllThatIsInIt) {
  const TempDir dir;
  auto staging = StagingDirectory::Create(dir.Join("root"));
  ASSERT_TRUE(staging.ok()) << staging.status();
  for (int i = 0; i < 200; ++i) {
    ASSERT_TRUE(
        staging->WriteFile("a/b" + std::to_string(i % 3) + "/" + std::to_string(i), "x").ok());
  }
  EXPECT_FALSE(fs::exists(dir.Join("root/place")));
  ASSERT_TRUE(staging->Commit(dir.Join("root/place")).ok());
  EXPECT_EQ(Read(dir.Join("root/place/a/b1/100")), "x");
  EXPECT_EQ(std::distance(fs::directory_iterator(dir.Join("root")), {}), 1);
}

TEST(StagingDirectory, ReplacesWhatStandsThere) {
  const TempDir dir;
  dir.Write("place/old", "old");
  {
    auto staging = StagingDirectory::Create(dir.path());
    ASSERT_TRUE(staging->WriteFile("new", "new").ok());
    ASSERT_TRUE(staging->Commit(dir.Join("place")).ok());
  }
  EXPECT_EQ(Read(dir.Join("place/new")), "new");
  EXPECT_FALSE(fs::exists(dir.Join("place/old")));
  EXPECT_EQ(std::distance(fs::directory_iterator(dir.path()), {}), 1);
}

TEST(StagingDirectory, MayStandInALinkedDirectory) {
  const TempDir dir;
  fs::create_directory(dir.Join("real"));
  fs::create_directory_symlink("real", dir.Join("link"));
  auto staging = StagingDirectory::Create(dir.Join("link"));
  ASSERT_TRUE(staging.ok()) << staging.status();
  ASSERT_TRUE(staging->WriteFile("a", "x").ok());
  const absl::Status committed = staging->Commit(dir.Join("link/place"));
  EXPECT_TRUE(committed.ok()) << committed;
  EXPECT_EQ(Read(dir.Join("real/place/a")), "x");
}

TEST(StagingDirectory, GoesAwayWithoutCommit) {
  const TempDir dir;
  {
    auto staging = StagingDirectory::Create(dir.path());
    ASSERT_TRUE(staging->WriteFile("a/b", "x").ok());
    EXPECT_FALSE(staging->WriteFile("../b", "x").ok());
    EXPECT_FALSE(staging->WriteFile("/b", "x").ok());
  }
  EXPECT_TRUE(fs::is_empty(dir.path()));
}

TEST(StagingDirectory, RemovesWhatKilledProcessesLeft) {
  const TempDir dir;
  dir.Write(".telltale-elsewhere-1-0.tmp/x", "x");
  const std::string left = dir.Join(".telltale-elsewhere-1-0.tmp");
  fs::last_write_time(left, fs::last_write_time(left) - std::chrono::hours(25));
  ASSERT_TRUE(StagingDirectory::Create(dir.path()).ok());
  EXPECT_FALSE(fs::exists(left));
}

}  // namespace
}  // namespace telltale::io
