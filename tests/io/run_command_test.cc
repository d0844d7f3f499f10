#include "lib/io/run_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "lib/base/str.h"
#include "tests/support/temp_dir.h"

namespace telltale::io {
namespace {

using ::testing::HasSubstr;

class RunCommandTest : public ::testing::Test {
 protected:
  std::string Written() const {
    std::ifstream file(out_);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  testing::TempDir dir_;
  std::string out_ = dir_.Join("out");
};

TEST_F(RunCommandTest, GivesInputAndEnvironment) {
  const std::string input(200'000, 'x');  // more than a pipe holds
  ASSERT_TRUE(RunCommand({.command = StrCat("{ echo \"$WHO\"; wc -c; } > ", out_),
                          .environment = {{"WHO", "a run"}},
                          .input = input})
                  .ok());
  EXPECT_EQ(Written(), "a run\n200000\n");
}

// What names of runs may say stays a value: no shell reads it.
TEST_F(RunCommandTest, NoShellLooksAtValues) {
  const std::string hostile = StrCat("$(touch ", dir_.Join("hit"), ")`touch ", dir_.Join("hit"),
                                     "`;touch ", dir_.Join("hit"), " \" ' \n -rf *");
  ASSERT_TRUE(RunCommand({.command = StrCat("printf %s \"$RUN\" > ", out_),
                          .environment = {{"RUN", hostile}}})
                  .ok());
  EXPECT_EQ(Written(), hostile);
  EXPECT_FALSE(std::ifstream(dir_.Join("hit")).good());
}

TEST_F(RunCommandTest, ACommandThatDoesNotReadItsInputIsNoError) {
  EXPECT_TRUE(RunCommand({.command = "true", .input = std::string(200'000, 'x')}).ok());
}

TEST_F(RunCommandTest, FailureSaysWhichCommandAndHow) {
  const absl::Status status = RunCommand({.command = "exit 7"});
  EXPECT_THAT(std::string(status.message()), HasSubstr("'exit 7' ended with status 7"));
  EXPECT_THAT(std::string(RunCommand({.command = "kill -9 $$"}).message()), HasSubstr("signal 9"));
}

// Also what it started itself, which keeps its output open.
TEST_F(RunCommandTest, WhatTakesTooLongIsKilled) {
  const absl::Status status = RunCommand({.command = "sleep 1000 & sleep 1000", .timeout = 0.01});
  EXPECT_TRUE(absl::IsDeadlineExceeded(status)) << status;
}

TEST_F(RunCommandTest, CanBeCancelled) {
  const absl::Status status =
      RunCommand({.command = "sleep 1000", .cancelled = [] { return true; }});
  EXPECT_TRUE(absl::IsCancelled(status)) << status;
}

}  // namespace
}  // namespace telltale::io
