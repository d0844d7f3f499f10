// Colour and lines for terminals.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "lib/diagnosis/finding.h"

namespace telltale::report {

enum class Color { kNever, kAlways };

enum class Ink { kPlain, kBold, kDim, kRed, kYellow, kGreen, kBlue };

// Wraps text in the terminal's colours, or leaves it as it is.
class Painter {
 public:
  explicit Painter(Color color) : color_(color) {}

  std::string operator()(Ink ink, std::string_view text) const;

 private:
  Color color_;
};

Ink InkOf(diagnosis::Severity severity);
Ink InkOf(diagnosis::Verdict verdict);

// One column wide: "✓", "!", "✗", "?".
std::string_view SignOf(diagnosis::Verdict verdict);

// `text` with spaces behind (or before) it so that it takes `width` columns; longer text stays as
// it is.
std::string PadEnd(std::string_view text, size_t width);
std::string PadStart(std::string_view text, size_t width);

// `text` wrapped to `width` columns: the first line after `first`, the others after as many spaces
// as `first` has columns. Ends with a newline. `text` and `first` are printable and not painted
// yet; `ink` paints the text.
std::string Hanging(std::string_view first, std::string_view text, size_t width,
                    const Painter& paint, Ink ink = Ink::kPlain);

}  // namespace telltale::report
