// SQLite databases, as others wrote them: reading never changes them, and what they hold is data.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

struct sqlite3;
struct sqlite3_stmt;

namespace telltale::io {

// One statement. Parameters are numbered from 1, columns from 0, as in SQLite. Must not outlive its
// database.
class SqliteStatement {
 public:
  void Bind(int parameter, int64_t value);
  void Bind(int parameter, double value);
  void Bind(int parameter, std::string_view text);
  void BindNull(int parameter);

  // True when there is a row, false at the end. Errors name the database.
  absl::StatusOr<bool> Step();
  // Step() and Reset() of a statement that gives no rows.
  absl::Status Run();
  // Makes it ready to be run again; what is bound stays.
  void Reset();

  bool IsNull(int column) const;
  int64_t Int64(int column) const;
  double Double(int column) const;  // text that is a number is read as one
  // Text or blob; valid until the next Step, Reset or other use of this column.
  std::string_view Text(int column) const;

 private:
  friend class SqliteDatabase;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  SqliteStatement(sqlite3* database, const std::string* path, sqlite3_stmt* statement)
      : database_(database), path_(path), statement_(statement) {}

  sqlite3* database_;
  const std::string* path_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

class SqliteDatabase {
 public:
  enum class Mode {
    // The file is not changed: of one whose last writer was killed in the middle, a copy is mended
    // and read, which stands in the directory for temporary files until it is open. In WAL mode and
    // with no writer at work it is taken for one that nobody changes, or SQLite would make files
    // beside it.
    kRead,
    kUpdate,  // an existing database
    kCreate,  // a new file that nobody else sees yet: without a journal
  };

  static absl::StatusOr<SqliteDatabase> Open(const std::string& path, Mode mode);

  // For one statement; several in `sql` are run by Execute.
  absl::StatusOr<SqliteStatement> Prepare(std::string_view sql) const;
  absl::Status Execute(const std::string& sql) const;

  // Names of the columns of `table`, which must be an ordinary table: a view or a virtual table
  // could run without end. Empty where there is no such table.
  absl::StatusOr<std::vector<std::string>> Columns(std::string_view table) const;

  // Names of at most `most` ordinary tables.
  absl::StatusOr<std::vector<std::string>> Tables(size_t most) const;

  const std::string& path() const { return *path_; }

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  SqliteDatabase(std::string path, sqlite3* database);
  static absl::StatusOr<SqliteDatabase> OpenMended(const std::string& path);

  std::unique_ptr<std::string> path_;  // statements point to it, wherever the database is moved
  std::unique_ptr<sqlite3, Close> database_;
};

// "SQLite format 3" stands at the beginning of every database.
bool IsSqlite(std::string_view head);

}  // namespace telltale::io
