#include "lib/records/csv_reader.h"

#include <csv.h>

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "lib/base/status_util.h"
#include "lib/base/str.h"

namespace telltale::records {
namespace {

constexpr size_t kCsvBlock = size_t{64} << 10;
constexpr std::string_view kUtf8Mark = "\xef\xbb\xbf";

class Parser {
 public:
  Parser(std::string_view name, const CsvOptions& options,
         const std::function<absl::Status(const CsvRow&)>& take)
      : name_(name), options_(options), take_(take) {
    csv_init(&parser_, 0);
    csv_set_delim(&parser_, static_cast<unsigned char>(options.delimiter));
    // Where tabs separate, they are no space around a cell.
    if (options.delimiter == '\t') {
      csv_set_space_func(&parser_, [](unsigned char c) { return c == ' ' ? 1 : 0; });
    }
  }
  ~Parser() { csv_free(&parser_); }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  absl::Status Feed(std::string_view bytes) {
    // Line by line, so that a row knows its line and an error ends the work soon.
    while (!bytes.empty() && status_.ok()) {
      const size_t end = bytes.find('\n');
      const std::string_view part = bytes.substr(0, end == std::string_view::npos ? end : end + 1);
      bytes.remove_prefix(part.size());
      if (csv_parse(&parser_, part.data(), part.size(), OnCell, OnRow, this) != part.size()) {
        return Failed();
      }
      if (part.back() == '\n') ++line_;
    }
    return status_;
  }

  absl::Status Finish() {
    if (csv_fini(&parser_, OnCell, OnRow, this) != 0) return Failed();
    return status_;
  }

 private:
  static void OnCell(void* cell, size_t size, void* self) {
    auto& parser = *static_cast<Parser*>(self);
    const std::string_view text(static_cast<const char*>(cell), size);
    if (parser.ends_.empty()) {
      const auto within = std::count(text.begin(), text.end(), '\n');
      parser.row_line_ = parser.line_ - static_cast<uint64_t>(within);
    }
    if (parser.ends_.size() >= parser.options_.max_cells) {
      parser.too_many_ = true;
      return;
    }
    parser.text_ += text;
    parser.ends_.push_back(parser.text_.size());
  }

  static void OnRow(int /*end*/, void* self) { static_cast<Parser*>(self)->Emit(); }

  void Emit() {
    if (too_many_ && status_.ok()) {
      status_ = absl::InvalidArgumentError(
          StrCat(name_, ": line ", row_line_, " has more than ", options_.max_cells, " cells"));
    }
    if (status_.ok() && !ends_.empty()) {
      cells_.clear();
      size_t begin = 0;
      for (const size_t end : ends_) {
        cells_.push_back(std::string_view(text_).substr(begin, end - begin));
        begin = end;
      }
      status_ = take_({.line = row_line_, .cells = cells_});
    }
    text_.clear();
    ends_.clear();
    too_many_ = false;
  }

  absl::Status Failed() {
    return absl::InvalidArgumentError(
        StrCat(name_, ": line ", line_, ": ", csv_strerror(csv_error(&parser_))));
  }

  std::string_view name_;
  const CsvOptions& options_;
  const std::function<absl::Status(const CsvRow&)>& take_;
  csv_parser parser_ = {};
  uint64_t line_ = 1;
  uint64_t row_line_ = 1;
  std::string text_;          // of the row's cells, one behind the other
  std::vector<size_t> ends_;  // of each in it
  std::vector<std::string_view> cells_;
  bool too_many_ = false;
  absl::Status status_;
};

}  // namespace

absl::Status ReadCsv(io::ByteSource& source, const CsvOptions& options,
                     const std::function<absl::Status(const CsvRow&)>& take) {
  Parser parser(source.name(), options, take);
  const auto block = std::make_unique<std::array<char, kCsvBlock>>();
  size_t kept = 0;  // of the mark, while it is not all there
  bool begun = false;
  while (true) {
    TELLTALE_ASSIGN_OR_RETURN(const size_t got,
                              source.Read(block->data() + kept, block->size() - kept));
    std::string_view bytes(block->data(), kept + got);
    if (!begun) {
      if (got > 0 && bytes.size() < kUtf8Mark.size()) {
        kept = bytes.size();
        continue;
      }
      if (bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff")) {
        return absl::InvalidArgumentError(
            StrCat(source.name(), ": is UTF-16; convert it to UTF-8 first"));
      }
      if (bytes.starts_with(kUtf8Mark)) bytes.remove_prefix(kUtf8Mark.size());
      begun = true;
      kept = 0;
    }
    TELLTALE_RETURN_IF_ERROR(parser.Feed(bytes));
    if (got == 0) break;
  }
  return parser.Finish();
}

char GuessDelimiter(std::string_view head) {
  constexpr std::string_view kDelimiters = ",;\t";
  std::array<size_t, kDelimiters.size()> count = {};
  bool quoted = false;
  for (const char c : head) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n' || c == '\r') break;
    const size_t which = kDelimiters.find(c);
    if (which != std::string_view::npos) ++count[which];
  }
  return kDelimiters[static_cast<size_t>(std::max_element(count.begin(), count.end()) -
                                         count.begin())];
}

}  // namespace telltale::records
