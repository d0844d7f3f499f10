#include "lib/io/sqlite.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/temp_dir.h"

namespace telltale::io {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Sqlite, GivesBackWhatWasWrittenAndReadsOnly) {
  const testing::TempDir dir;
  const std::string path = dir.path() + "/a.db";
  {
    const auto made = SqliteDatabase::Open(path, SqliteDatabase::Mode::kCreate);
    ASSERT_TRUE(made.ok()) << made.status();
    ASSERT_TRUE(made->Execute("CREATE TABLE t (a INTEGER, b TEXT)").ok());
    auto insert = made->Prepare("INSERT INTO t VALUES (?, ?)");
    ASSERT_TRUE(insert.ok()) << insert.status();
    insert->Bind(1, int64_t{7});
    insert->Bind(2, std::string_view("x'y"));
    ASSERT_TRUE(insert->Run().ok());
  }
  const auto read = SqliteDatabase::Open(path, SqliteDatabase::Mode::kRead);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_THAT(*read->Columns("t"), ElementsAre("a", "b"));
  EXPECT_THAT(*read->Columns("none"), IsEmpty());
  auto rows = read->Prepare("SELECT a, b FROM t");
  ASSERT_TRUE(rows.ok()) << rows.status();
  ASSERT_TRUE(*rows->Step());
  EXPECT_EQ(rows->Int64(0), 7);
  EXPECT_EQ(rows->Text(1), "x'y");
  EXPECT_FALSE(*rows->Step());
  EXPECT_FALSE(read->Execute("DELETE FROM t").ok());
}

std::string BytesOf(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// What a writer that is killed leaves: pages of a transaction in the file, and a journal with what
// stood there before.
void LeaveInterrupted(const std::string& path) {
  const std::string busy = path + ".busy";
  {
    const auto made = SqliteDatabase::Open(busy, SqliteDatabase::Mode::kCreate);
    ASSERT_TRUE(made.ok()) << made.status();
    ASSERT_TRUE(made->Execute("CREATE TABLE t (a); INSERT INTO t VALUES ('before')").ok());
  }
  const auto writer = SqliteDatabase::Open(busy, SqliteDatabase::Mode::kUpdate);
  ASSERT_TRUE(writer.ok()) << writer.status();
  ASSERT_TRUE(writer->Execute("PRAGMA cache_size = 1; BEGIN; UPDATE t SET a = 'half';").ok());
  ASSERT_TRUE(
      writer
          ->Execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION SELECT i + 1 FROM n WHERE i < 500) "
                    "INSERT INTO t SELECT hex(zeroblob(100)) FROM n")
          .ok());
  std::filesystem::copy(busy, path);
  std::filesystem::copy(busy + "-journal", path + "-journal");
}

TEST(Sqlite, ReadsWhatWasThereBeforeAWriterWasKilledAndChangesNothing) {
  const testing::TempDir dir;
  const std::string path = dir.path() + "/a.db";
  LeaveInterrupted(path);
  const std::string before = BytesOf(path) + BytesOf(path + "-journal");
  {
    const auto read = SqliteDatabase::Open(path, SqliteDatabase::Mode::kRead);
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_EQ(read->path(), path);
    auto rows = read->Prepare("SELECT a FROM t");
    ASSERT_TRUE(rows.ok()) << rows.status();
    ASSERT_TRUE(*rows->Step());
    EXPECT_EQ(rows->Text(0), "before");
    EXPECT_FALSE(*rows->Step());
    EXPECT_FALSE(read->Execute("DELETE FROM t").ok());
  }
  EXPECT_TRUE(BytesOf(path) + BytesOf(path + "-journal") == before) << "the file was changed";
}

// A journal beside a file with a temporary name would be left behind when the disk is full.
TEST(Sqlite, MakesANewDatabaseWithoutAFileBesideIt) {
  const testing::TempDir dir;
  const auto made = SqliteDatabase::Open(dir.path() + "/a.db", SqliteDatabase::Mode::kCreate);
  ASSERT_TRUE(made.ok()) << made.status();
  ASSERT_TRUE(made->Execute("BEGIN; CREATE TABLE t (a); INSERT INTO t VALUES (1)").ok());
  const std::filesystem::directory_iterator files(dir.path());
  EXPECT_EQ(std::distance(begin(files), end(files)), 1);
  EXPECT_TRUE(made->Execute("COMMIT").ok());
}

TEST(Sqlite, ErrorsNameTheFile) {
  const testing::TempDir dir;
  const std::string path = dir.path() + "/bad.db";
  std::ofstream(path) << "SQLite format 3 but not really, and long enough to be looked at twice";
  const auto opened = SqliteDatabase::Open(path, SqliteDatabase::Mode::kRead);
  const absl::Status status =
      opened.ok() ? opened->Prepare("SELECT * FROM sqlite_master").status() : opened.status();
  ASSERT_FALSE(status.ok());
  EXPECT_THAT(std::string(status.message()), HasSubstr(path));
}

}  // namespace
}  // namespace telltale::io
