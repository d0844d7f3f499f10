#include "lib/io/sqlite.h"

#include <fstream>
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
