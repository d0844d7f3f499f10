#include "lib/io/atomic_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/temp_dir.h"

namespace telltale::io {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

std::string Contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> NamesIn(const std::string& directory) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    names.push_back(entry.path().filename().string());
  }
  return names;
}

// No file may grow beyond `bytes` while this lives: what a full disk looks like to a writer.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    handler_ = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  rlimit before_ = {};
  void (*handler_)(int) = nullptr;
};

TEST(AtomicFile, IsNotThereBeforeCommitAndCompleteAfter) {
  const testing::TempDir dir;
  const std::string path = dir.Join("a/b/events.out.tfevents.1.x");
  auto file = AtomicFile::Create(path);
  ASSERT_TRUE(file.ok()) << file.status();
  ASSERT_TRUE(file->Write("hello ").ok());
  ASSERT_TRUE(file->Write("world").ok());
  EXPECT_FALSE(std::filesystem::exists(path));
  ASSERT_TRUE(file->Commit().ok());
  EXPECT_EQ(Contents(path), "hello world");
  EXPECT_THAT(NamesIn(dir.Join("a/b")), ElementsAre("events.out.tfevents.1.x"));
}

TEST(AtomicFile, HasATemporaryNameThatNoReaderTakesForAnEventFile) {
  const testing::TempDir dir;
  const auto file = AtomicFile::Create(dir.Join("events.out.tfevents.1.x"));
  ASSERT_TRUE(file.ok());
  const std::vector<std::string> names = NamesIn(dir.path());
  ASSERT_THAT(names, SizeIs(1));
  EXPECT_THAT(names[0], Not(HasSubstr("tfevents")));
}

TEST(AtomicFile, LeavesNothingWithoutCommit) {
  const testing::TempDir dir;
  dir.Write("kept/x", "old");
  {
    auto file = AtomicFile::Create(dir.Join("kept/made/deep/x"));
    auto other = AtomicFile::Create(dir.Join("kept/x"));
    ASSERT_TRUE(file.ok() && other.ok());
    ASSERT_TRUE(file->Write("new").ok());
    ASSERT_TRUE(other->Write("new").ok());
  }
  EXPECT_THAT(NamesIn(dir.Join("kept")), ElementsAre("x"));
  EXPECT_EQ(Contents(dir.Join("kept/x")), "old");
}

TEST(AtomicFile, ReplacesAFileAndASymbolicLinkButNotWhatTheLinkNames) {
  const testing::TempDir dir;
  const std::string victim = dir.Write("victim", "precious");
  const std::string link = dir.Join("link");
  std::filesystem::create_symlink(victim, link);
  ASSERT_TRUE(WriteFileAtomically(link, "new").ok());
  EXPECT_FALSE(std::filesystem::is_symlink(link));
  EXPECT_EQ(Contents(link), "new");
  EXPECT_EQ(Contents(victim), "precious");
}

TEST(AtomicFile, MayStandInALinkedDirectory) {
  const testing::TempDir dir;
  std::filesystem::create_directory(dir.Join("real"));
  std::filesystem::create_directory_symlink("real", dir.Join("link"));
  auto file = AtomicFile::Create(dir.Join("link/x"));
  ASSERT_TRUE(file.ok()) << file.status();
  ASSERT_TRUE(file->Write("hello").ok());
  EXPECT_TRUE(file->Commit().ok());
  EXPECT_EQ(Contents(dir.Join("real/x")), "hello");
}

TEST(AtomicFile, TwoAtOnceKeepApart) {
  const testing::TempDir dir;
  auto a = AtomicFile::Create(dir.Join("a"));
  auto b = AtomicFile::Create(dir.Join("b"));
  ASSERT_TRUE(a.ok() && b.ok());
  ASSERT_TRUE(a->Write("aa").ok() && b->Write("bb").ok());
  ASSERT_TRUE(b->Commit().ok() && a->Commit().ok());
  EXPECT_EQ(Contents(dir.Join("a")), "aa");
  EXPECT_EQ(Contents(dir.Join("b")), "bb");
}

TEST(AtomicFile, MovesWithItsUnwrittenBytes) {
  const testing::TempDir dir;
  auto first = AtomicFile::Create(dir.Join("x"));
  ASSERT_TRUE(first.ok() && first->Write("one ").ok());
  AtomicFile second = *std::move(first);
  ASSERT_TRUE(second.Write("two").ok());
  ASSERT_TRUE(second.Commit().ok());
  EXPECT_EQ(Contents(dir.Join("x")), "one two");
  EXPECT_FALSE(second.Commit().ok());
  EXPECT_FALSE(second.Write("three").ok());
}

TEST(AtomicFile, WritesMoreThanItsBuffer) {
  const testing::TempDir dir;
  std::string bytes(3'000'001, 'x');
  for (size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 31 % 251);
  auto file = AtomicFile::Create(dir.Join("x"));
  ASSERT_TRUE(file.ok());
  size_t at = 0;
  for (const size_t n : {size_t{1}, size_t{300'000}, size_t{7}, size_t{262'144}, size_t{100'000}}) {
    ASSERT_TRUE(file->Write(std::string_view(bytes).substr(at, n)).ok());
    at += n;
  }
  ASSERT_TRUE(file->Write(std::string_view(bytes).substr(at)).ok());
  ASSERT_TRUE(file->Commit().ok());
  EXPECT_EQ(Contents(dir.Join("x")), bytes);
}

TEST(AtomicFile, WhenTheDiskIsFullSaysWhereAndKeepsTheOldFile) {
  const testing::TempDir dir;
  const std::string path = dir.Write("x", "old");
  const FileSizeLimit limit(10'000);
  const absl::Status status = WriteFileAtomically(path, std::string(1'000'000, 'x'));
  ASSERT_FALSE(status.ok());
  EXPECT_THAT(std::string(status.message()), HasSubstr(path));
  EXPECT_THAT(NamesIn(dir.path()), ElementsAre("x"));
  EXPECT_EQ(Contents(path), "old");
}

TEST(AtomicFile, CannotBeCommittedAfterAWriteThatFailed) {
  const testing::TempDir dir;
  auto file = AtomicFile::Create(dir.Join("new/x"));
  ASSERT_TRUE(file.ok());
  {
    const FileSizeLimit limit(10'000);
    ASSERT_FALSE(file->Write(std::string(1'000'000, 'x')).ok());
  }
  EXPECT_FALSE(file->Write("more").ok());
  EXPECT_FALSE(file->Commit().ok());
  EXPECT_THAT(NamesIn(dir.path()), IsEmpty());
}

TEST(AtomicFile, SaysWhichDirectoryCannotBeMade) {
  const testing::TempDir dir;
  const std::string in_the_way = dir.Write("file", "");
  const auto file = AtomicFile::Create(in_the_way + "/below/x");
  ASSERT_FALSE(file.ok());
  EXPECT_THAT(std::string(file.status().message()), HasSubstr(in_the_way));
}

TEST(AtomicFile, DoesNotReplaceADirectory) {
  const testing::TempDir dir;
  dir.Write("d/x", "");
  EXPECT_FALSE(WriteFileAtomically(dir.Join("d"), "new").ok());
  EXPECT_FALSE(WriteFileAtomically(dir.Join("d/"), "new").ok());
  EXPECT_FALSE(WriteFileAtomically("", "new").ok());
  EXPECT_THAT(NamesIn(dir.path()), ElementsAre("d"));
}

}  // namespace
}  // namespace telltale::io
