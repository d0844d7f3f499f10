// What an annotation says: the bytes of its one event file.
#pragma once

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "lib/report/report.h"

namespace telltale::annotate {

struct Content {
  std::string bytes = {};
  // Changes with the bytes, and a later state of a growing run gets a later name: TensorBoard's
  // default loader then shows the new file at once, where a file replaced under its old name would
  // not be read again before a restart.
  std::string file_name = {};
  size_t texts = 0;   // tags
  size_t curves = 0;  // tags
};

// Pure: the same report gives the same bytes.
absl::StatusOr<Content> MakeContent(const report::RunReport& report);

}  // namespace telltale::annotate
