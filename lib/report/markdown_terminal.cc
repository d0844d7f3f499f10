#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_split.h"
#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/report/catalogue.h"

namespace telltale::report {
namespace {

// Lines that are set as one: a paragraph or a list item.
struct Block {
  std::string first = {};  // what stands before the first line: "  - "
  std::string text = {};
};

// The marker of a list item ("- ", "12. "), or nothing.
std::optional<size_t> ListMarker(std::string_view line) {
  if (line.starts_with("- ") || line.starts_with("* ")) return 2;
  size_t digits = 0;
  while (digits < line.size() && line[digits] >= '0' && line[digits] <= '9') ++digits;
  if (digits > 0 && line.substr(digits).starts_with(". ")) return digits + 2;
  return std::nullopt;
}

// Code and emphasis keep their words and lose their marks: wrapped lines are plain.
std::string WithoutMarks(std::string_view text) {
  std::string out;
  bool code = false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '`') {
      code = !code;
      out += text[i];  // kept: it tells a parameter's name from prose
    } else if (!code && text.substr(i).starts_with("**")) {
      ++i;
    } else {
      out += text[i];
    }
  }
  return out;
}

class Setter {
 public:
  Setter(size_t width, const Painter& paint) : width_(width), paint_(paint) {}

  void Take(std::string_view line) {
    if (line.starts_with("```")) {
      Flush();
      fenced_ = !fenced_;
    } else if (fenced_) {
      StrAppend(&out_, "    ", Printable(line), "\n");
    } else if (line.empty()) {
      Flush();
      gap_ = true;
    } else if (line.starts_with('#')) {
      Flush();
      const size_t text = line.find_first_not_of("# ");
      if (!out_.empty()) out_ += "\n";
      if (text != std::string_view::npos) {
        StrAppend(&out_, paint_(Ink::kBold, Printable(line.substr(text))), "\n");
      }
      gap_ = false;
    } else {
      TakeProse(line);
    }
  }

  std::string Finish() {
    Flush();
    return std::move(out_);
  }

 private:
  void TakeProse(std::string_view line) {
    const size_t indent = std::min(line.find_first_not_of(' '), line.size());
    const std::string_view text = line.substr(indent);
    if (const auto marker = ListMarker(text)) {
      Flush();
      gap_ = false;
      block_.first = StrCat("  ", std::string(indent, ' '), text.substr(0, *marker));
      block_.text = std::string(text.substr(*marker));
    } else if (block_.text.empty()) {
      if (gap_ && !out_.empty() && !out_.ends_with("\n\n")) out_ += "\n";
      gap_ = false;
      block_ = {"  ", std::string(text)};
    } else {
      StrAppend(&block_.text, " ", text);
    }
  }

  void Flush() {
    if (block_.text.empty()) return;
    out_ += Hanging(block_.first, Printable(WithoutMarks(block_.text)), width_, paint_);
    block_ = {};
  }

  size_t width_;
  const Painter& paint_;
  std::string out_;
  Block block_;
  bool fenced_ = false;
  bool gap_ = false;
};

}  // namespace

std::string MarkdownForTerminal(std::string_view markdown, size_t width, const Painter& paint) {
  Setter setter(width, paint);
  for (const absl::string_view line : absl::StrSplit(ToAbsl(markdown), '\n')) {
    setter.Take(ToStd(line));
  }
  return setter.Finish();
}

}  // namespace telltale::report
