#include "lib/io/safe_path.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "tests/support/temp_dir.h"

namespace telltale::io {
namespace {

using ::testing::HasSubstr;

TEST(JoinBelow, JoinsRunNames) {
  EXPECT_EQ(JoinBelow("out", "a/b c/日本#2").value(), "out/a/b c/日本#2");
  EXPECT_EQ(JoinBelow("/", "a").value(), "/a");
  EXPECT_EQ(JoinBelow("out/", "a").value(), "out/a");
  EXPECT_EQ(JoinBelow("out", ".").value(), "out");
  EXPECT_EQ(JoinBelow("out", "...").value(), "out/...");
  EXPECT_EQ(JoinBelow("out", std::string(255, 'x')).value(), "out/" + std::string(255, 'x'));
}

TEST(JoinBelow, RefusesNamesThatLeadElsewhere) {
  for (const std::string& name :
       {std::string(), std::string(".."), std::string("../a"), std::string("a/../../b"),
        std::string("a/.."), std::string("/etc"), std::string("a//b"), std::string("a/"),
        std::string("./a"), std::string("a/./b"), std::string("a\0b", 3), std::string(256, 'x')}) {
    const auto path = JoinBelow("out", name);
    EXPECT_EQ(path.status().code(), absl::StatusCode::kInvalidArgument) << name;
  }
  EXPECT_THAT(std::string(JoinBelow("out", "a\n/..").status().message()), HasSubstr("\"a\\n/..\""));
}

TEST(CheckBelow, TakesWhatDoesNotExistYet) {
  const testing::TempDir dir;
  EXPECT_TRUE(CheckBelow(dir.path(), dir.Join("a/b/c")).ok());
  EXPECT_TRUE(CheckBelow(dir.Join("new"), dir.Join("new/a")).ok());
  EXPECT_TRUE(CheckBelow("/", "/no-such-directory/x").ok());
}

TEST(CheckBelow, RefusesLinksThatLeadOut) {
  const testing::TempDir outside;
  const testing::TempDir dir;
  std::filesystem::create_directory_symlink(outside.path(), dir.Join("out"));
  const absl::Status status = CheckBelow(dir.path(), dir.Join("out/a/b"));
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(status.message()), HasSubstr(dir.Join("out")));
  EXPECT_FALSE(CheckBelow(dir.path(), dir.Join("out")).ok());
}

TEST(CheckBelow, IsNotFooledByACommonPrefix) {
  const testing::TempDir dir;
  std::filesystem::create_directories(dir.Join("logs"));
  std::filesystem::create_directories(dir.Join("logs-private"));
  std::filesystem::create_directory_symlink("../logs-private", dir.Join("logs/x"));
  EXPECT_FALSE(CheckBelow(dir.Join("logs"), dir.Join("logs/x/y")).ok());
}

TEST(CheckBelow, RefusesLinksThatLeadNowhere) {
  const testing::TempDir dir;
  std::filesystem::create_directory_symlink("/no-such-directory", dir.Join("x"));
  EXPECT_FALSE(CheckBelow(dir.path(), dir.Join("x/y")).ok());
  std::filesystem::create_directory_symlink("loop", dir.Join("loop"));
  EXPECT_FALSE(CheckBelow(dir.path(), dir.Join("loop/y")).ok());
}

TEST(CheckBelow, TakesLinksThatStayInsideAndALinkAsRoot) {
  const testing::TempDir dir;
  std::filesystem::create_directories(dir.Join("real/a"));
  std::filesystem::create_directory_symlink("a", dir.Join("real/b"));
  std::filesystem::create_directory_symlink("real", dir.Join("root"));
  EXPECT_TRUE(CheckBelow(dir.Join("root"), dir.Join("root/b/new")).ok());
}

}  // namespace
}  // namespace telltale::io
