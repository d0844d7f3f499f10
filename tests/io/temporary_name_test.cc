#include "lib/io/temporary_name.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>

#include "lib/io/atomic_file.h"
#include "tests/support/temp_dir.h"

namespace telltale::io {
namespace {

namespace fs = std::filesystem;
using testing::TempDir;

void Touch(const std::string& path) { std::ofstream(path) << "x"; }

// Runs `work` in a process that ends like one that is killed: nothing is cleaned up.
template <typename Work>
void InAnotherProcess(const Work& work) {
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    work();
    ::_exit(0);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_EQ(status, 0);
}

TEST(TemporaryName, OfADeadWriterGoes) {
  const TempDir temp;
  InAnotherProcess([&] {
    Touch(TemporaryName(temp.path(), 0));
    fs::create_directories(TemporaryName(temp.path(), 1) + "/below");
    Touch(TemporaryName(temp.path(), 1) + "/below/file");
  });
  ASSERT_FALSE(fs::is_empty(temp.path()));
  RemoveLeftovers(temp.path());
  EXPECT_TRUE(fs::is_empty(temp.path()));
}

TEST(TemporaryName, OfALivingWriterStays) {
  const TempDir temp;
  const std::string name = TemporaryName(temp.path(), 0);
  Touch(name);
  RemoveLeftovers(temp.path());
  EXPECT_TRUE(fs::exists(name));
}

TEST(TemporaryName, OfAnotherHostGoesWhenNothingHasChangedItForADay) {
  const TempDir temp;
  const std::string name = temp.path() + "/.telltale-elsewhere-1-0.tmp";
  Touch(name);
  RemoveLeftovers(temp.path());
  EXPECT_TRUE(fs::exists(name));
  fs::last_write_time(name, fs::last_write_time(name) - std::chrono::hours(25));
  RemoveLeftovers(temp.path());
  EXPECT_FALSE(fs::exists(name));
}

TEST(TemporaryName, OnlyWhatLooksLikeOneIsTouched) {
  const TempDir temp;
  const std::string before = fs::path(TemporaryName("", 0)).filename().string();
  const std::string host = before.substr(0, before.find('-', std::string(".telltale-").size()));
  for (const char* name : {"loss.csv", ".telltale-", ".telltale-.tmp", ".telltale-x.tmp",
                           ".telltale-x-y.tmp", ".telltale-x--1-0.tmp"}) {
    const std::string path = temp.path() + "/" + name;
    Touch(path);
    fs::last_write_time(path, fs::last_write_time(path) - std::chrono::hours(25));
  }
  // No process has this number.
  const std::string target = temp.path() + "/target", link = temp.path() + "/" + host;
  fs::create_directory(target);
  Touch(target + "/kept");
  fs::create_directory_symlink(target, link + "-2147483647-0.tmp");
  RemoveLeftovers(temp.path());
  EXPECT_EQ(std::distance(fs::directory_iterator(temp.path()), fs::directory_iterator()), 8);
  EXPECT_TRUE(fs::exists(target + "/kept"));
}

TEST(TemporaryName, TheNextFileOfADirectoryCleansUp) {
  const TempDir temp;
  InAnotherProcess([&] {
    auto file = AtomicFile::Create(temp.path() + "/a");
    if (!file.ok() || !file->Write("half").ok()) ::_exit(1);
    ::_exit(0);
  });
  ASSERT_FALSE(fs::is_empty(temp.path()));
  ASSERT_TRUE(WriteFileAtomically(temp.path() + "/b", "whole").ok());
  EXPECT_EQ(std::distance(fs::directory_iterator(temp.path()), fs::directory_iterator()), 1);
  EXPECT_TRUE(fs::exists(temp.path() + "/b"));
}

}  // namespace
}  // namespace telltale::io
