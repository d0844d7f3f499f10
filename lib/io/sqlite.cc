#include "lib/io/sqlite.h"

#include <sqlite3.h>
#include <stdlib.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <limits>
#include <system_error>
#include <utility>

#include "lib/base/status_util.h"
#include "lib/base/str.h"

namespace telltale::io {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMagic("SQLite format 3\0", 16);
// A value of a row, text or blob; SQLite itself would allow a gigabyte.
constexpr int kMostValueBytes = 64 << 20;

absl::Status ErrorOf(sqlite3* database, const std::string& path, int code) {
  const char* message = database == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(database);
  std::string text = StrCat(path, ": ", message);
  switch (code & 0xff) {
    case SQLITE_NOMEM:
    case SQLITE_TOOBIG:
    case SQLITE_FULL:
      return absl::ResourceExhaustedError(text);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return absl::UnavailableError(text);
    case SQLITE_CANTOPEN:
      return absl::NotFoundError(text);
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_AUTH:
      return absl::PermissionDeniedError(text);
    case SQLITE_CONSTRAINT:
      return absl::FailedPreconditionError(text);
    default:
      return absl::DataLossError(text);
  }
}

// Whether what has failed is that the last writer was interrupted, and what it left has to be
// mended before anything is read.
bool NeedsMending(sqlite3* database) {
  const int code = sqlite3_extended_errcode(database);
  return code == SQLITE_READONLY_ROLLBACK || code == SQLITE_READONLY_RECOVERY ||
         code == SQLITE_READONLY_CANTINIT;
}

// As a URI, in which all but plain characters are escaped, so that a path with '?' is no option.
std::string Uri(const std::string& path, std::string_view mode) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string uri = "file:";
  for (const char c : path) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '/' || c == '.' || c == '_' || c == '-';
    if (plain) {
      uri += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      uri += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return StrCat(uri, "?mode=", mode);
}

// Whether the database is in WAL mode, but no log of a writer lies beside it.
bool IsIdleWal(const std::string& path) {
  constexpr std::streamoff kReadVersionAt = 19;
  char version = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file.seekg(kReadVersionAt).get(version) || version != 2) return false;
  std::error_code error;
  const auto size = fs::file_size(path + "-wal", error);
  return error || size == 0;
}

// A copy of a database and of what its writer left beside it; gone with its directory.
class PrivateCopy {
 public:
  static absl::StatusOr<PrivateCopy> Make(const std::string& path) {
    std::error_code error;
    std::string directory = (fs::temp_directory_path(error) / "telltale-XXXXXX").string();
    if (::mkdtemp(directory.data()) == nullptr) {
      return ErrnoStatus(errno, directory, "cannot make a directory for a copy");
    }
    PrivateCopy copy(std::move(directory));
    for (const char* beside : {"", "-journal", "-wal"}) {
      const std::string from = path + beside;
      if (beside[0] != '\0' && !fs::exists(from, error)) continue;
      fs::copy_file(from, copy.path() + beside, error);
      if (error) return ErrnoStatus(error.value(), from, "cannot copy");
      fs::permissions(copy.path() + beside, fs::perms::owner_read | fs::perms::owner_write, error);
    }
    return copy;
  }

  PrivateCopy(PrivateCopy&& other) noexcept : directory_(std::exchange(other.directory_, {})) {}
  PrivateCopy& operator=(PrivateCopy&&) = delete;
  ~PrivateCopy() {
    std::error_code ignored;
    if (!directory_.empty()) fs::remove_all(directory_, ignored);
  }

  std::string path() const { return directory_ + "/copy"; }

 private:
  explicit PrivateCopy(std::string directory) : directory_(std::move(directory)) {}
  std::string directory_;
};

void Harden(sqlite3* database) {
  sqlite3_extended_result_codes(database, 1);
  sqlite3_busy_timeout(database, 5000);
  sqlite3_limit(database, SQLITE_LIMIT_LENGTH, kMostValueBytes);
  sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
  sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
}

}  // namespace

void SqliteStatement::Finalize::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

void SqliteStatement::Bind(int parameter, int64_t value) {
  sqlite3_bind_int64(statement_.get(), parameter, value);
}
void SqliteStatement::Bind(int parameter, double value) {
  sqlite3_bind_double(statement_.get(), parameter, value);
}
void SqliteStatement::Bind(int parameter, std::string_view text) {
  sqlite3_bind_text64(statement_.get(), parameter, text.data() == nullptr ? "" : text.data(),
                      text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}
void SqliteStatement::BindNull(int parameter) { sqlite3_bind_null(statement_.get(), parameter); }

absl::StatusOr<bool> SqliteStatement::Step() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return ErrorOf(database_, *path_, code);
}

absl::Status SqliteStatement::Run() {
  const absl::StatusOr<bool> row = Step();
  Reset();
  return row.status();
}

void SqliteStatement::Reset() { sqlite3_reset(statement_.get()); }

bool SqliteStatement::IsNull(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}
int64_t SqliteStatement::Int64(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}
double SqliteStatement::Double(int column) const {
  return sqlite3_column_double(statement_.get(), column);
}
std::string_view SqliteStatement::Text(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
  if (text == nullptr) return {};
  return {text, static_cast<size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

void SqliteDatabase::Close::operator()(sqlite3* database) const { sqlite3_close_v2(database); }

SqliteDatabase::SqliteDatabase(std::string path, sqlite3* database)
    : path_(std::make_unique<std::string>(std::move(path))), database_(database) {}

absl::StatusOr<SqliteDatabase> SqliteDatabase::OpenMended(const std::string& path) {
  TELLTALE_ASSIGN_OR_RETURN(const PrivateCopy copy, PrivateCopy::Make(path));
  TELLTALE_ASSIGN_OR_RETURN(SqliteDatabase database, Open(copy.path(), Mode::kUpdate));
  *database.path_ = path;
  TELLTALE_RETURN_IF_ERROR(database.Execute("PRAGMA query_only = 1"));
  return database;
}

absl::StatusOr<SqliteDatabase> SqliteDatabase::Open(const std::string& path, Mode mode) {
  const int flags = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX |
                    (mode == Mode::kRead     ? SQLITE_OPEN_READONLY
                     : mode == Mode::kUpdate ? SQLITE_OPEN_READWRITE
                                             : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  const std::string_view name = mode == Mode::kRead ? "ro" : mode == Mode::kUpdate ? "rw" : "rwc";
  sqlite3* handle = nullptr;
  std::string uri = Uri(path, name);
  if (mode == Mode::kRead && IsIdleWal(path)) uri += "&immutable=1";
  const int code = sqlite3_open_v2(uri.c_str(), &handle, flags, nullptr);
  SqliteDatabase database(path, handle);
  if (code != SQLITE_OK) return ErrorOf(handle, path, code);
  if (mode == Mode::kCreate) {  // before it is hardened, which forbids to go without a journal
    TELLTALE_RETURN_IF_ERROR(database.Execute("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF"));
  }
  Harden(handle);
  if (mode == Mode::kCreate) return database;
  // SQLite reads nothing before the first statement; whether it is a database shows then.
  const absl::Status status = database.Execute("SELECT count(*) FROM sqlite_schema");
  if (!status.ok() && mode == Mode::kRead && NeedsMending(handle)) return OpenMended(path);
  TELLTALE_RETURN_IF_ERROR(status);
  return database;
}

absl::StatusOr<SqliteStatement> SqliteDatabase::Prepare(std::string_view sql) const {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v2(database_.get(), sql.data(), static_cast<int>(sql.size()),
                                      &statement, nullptr);
  if (code != SQLITE_OK) return ErrorOf(database_.get(), *path_, code);
  return SqliteStatement(database_.get(), path_.get(), statement);
}

absl::Status SqliteDatabase::Execute(const std::string& sql) const {
  const int code = sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  return code == SQLITE_OK ? absl::OkStatus() : ErrorOf(database_.get(), *path_, code);
}

absl::StatusOr<std::vector<std::string>> SqliteDatabase::Columns(std::string_view table) const {
  // rootpage is 0 of views and virtual tables.
  TELLTALE_ASSIGN_OR_RETURN(
      SqliteStatement statement,
      Prepare("SELECT c.name FROM sqlite_schema AS s, pragma_table_info(s.name) AS c "
              "WHERE s.type = 'table' AND s.rootpage > 0 AND s.name = ?1"));
  statement.Bind(1, table);
  std::vector<std::string> columns;
  while (true) {
    TELLTALE_ASSIGN_OR_RETURN(const bool row, statement.Step());
    if (!row) return columns;
    columns.emplace_back(statement.Text(0));
  }
}

absl::StatusOr<std::vector<std::string>> SqliteDatabase::Tables(size_t most) const {
  TELLTALE_ASSIGN_OR_RETURN(
      SqliteStatement statement,
      Prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 LIMIT ?1"));
  statement.Bind(1, static_cast<int64_t>(most));
  std::vector<std::string> tables;
  while (true) {
    TELLTALE_ASSIGN_OR_RETURN(const bool row, statement.Step());
    if (!row) return tables;
    tables.emplace_back(statement.Text(0));
  }
}

bool IsSqlite(std::string_view head) { return head.starts_with(kMagic); }

}  // namespace telltale::io
