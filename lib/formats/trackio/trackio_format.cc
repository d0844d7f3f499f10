#include <algorithm>
#include <string>
#include <string_view>

#include "lib/formats/format.h"
#include "lib/formats/trackio/names.h"
#include "lib/formats/trackio/notes.h"
#include "lib/formats/trackio/read_database.h"
#include "lib/formats/trackio/write_database.h"
#include "lib/io/sqlite.h"

namespace telltale::formats {
namespace trackio {
namespace {

constexpr size_t kMostLookedAt = 16;  // databases of a directory

Claim Sniff(const SniffInput& input) {
  if (!input.tables_of) return Claim::kNo;
  if (!input.directory) {
    return io::IsSqlite(input.head) && IsOurs(input.tables_of("")) ? Claim::kYes : Claim::kNo;
  }
  size_t looked_at = 0;
  for (const std::string& file : input.files) {
    if (file.find('/') != std::string::npos || looked_at == kMostLookedAt) break;
    if (!file.ends_with(".db")) continue;
    ++looked_at;
    if (IsOurs(input.tables_of(file))) return Claim::kYes;
  }
  return Claim::kNo;
}

// Trackio's own directory, or a file in it.
bool Claims(std::string_view destination) {
  while (destination.ends_with('/')) destination.remove_suffix(1);
  const size_t slash = destination.rfind('/');
  const std::string_view name = destination.substr(slash == std::string_view::npos ? 0 : slash + 1);
  if (name == "trackio") return true;
  return slash != std::string_view::npos && name.ends_with(".db") && name != "mlflow.db" &&
         (destination.substr(0, slash) == "trackio" ||
          destination.substr(0, slash).ends_with("/trackio"));
}

constexpr Sink kSink{.capacity = {.time_unit = 1e-6,
                                  .odd_wall_times = false,
                                  .typed_params = true,
                                  .params = true,
                                  .tags = true},
                     .claims = Claims,
                     .fit_tag = FitTag,
                     .fit_run = FitRunName,
                     .write = Write};

}  // namespace
}  // namespace trackio

extern const Format trackio_format;
const Format trackio_format{
    .id = "trackio",
    .summary = "Trackio database (SQLite: <project>.db), or the directory that holds them",
    .sniff = trackio::Sniff,
    .read = trackio::Read,
    .sink = &trackio::kSink,
    .write_notes = trackio::WriteNotes,
    .notes_shown = "in `trackio show`: alerts of each run",
};

}  // namespace telltale::formats
