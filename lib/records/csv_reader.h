// Rows of a CSV file, as libcsv splits them: cells in quotes with doubled quotes, commas and line
// ends in them; spaces around bare cells do not belong to them; \n, \r\n and \r end a row; empty
// lines are no rows. A byte order mark is passed over.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "lib/io/byte_source.h"

namespace telltale::records {

struct CsvOptions {
  char delimiter = ',';
  // A row with more cells is an error: a header of millions of columns costs no memory.
  size_t max_cells = 100000;
};

struct CsvRow {
  uint64_t line = 0;  // where it begins, from 1; line ends within quotes are counted as well
  std::span<const std::string_view> cells = {};  // valid during the call
};

// Calls `take` with each row of `source`, in order, until it gives an error, which is then the
// result. InvalidArgument, naming source and line, where a row has too many cells, or the text is
// UTF-16.
absl::Status ReadCsv(io::ByteSource& source, const CsvOptions& options,
                     const std::function<absl::Status(const CsvRow&)>& take);

// What separates the cells of the line that `head` begins with: the one of ',', ';' and tab that
// stands there most often outside of quotes; ',' where none does.
char GuessDelimiter(std::string_view head);

}  // namespace telltale::records
