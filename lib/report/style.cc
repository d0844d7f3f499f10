#include "lib/report/style.h"

#include <algorithm>

#include "lib/base/str.h"
#include "lib/base/text.h"

namespace telltale::report {
namespace {

// The eight colours that every theme defines: they suit light and dark backgrounds alike.
std::string_view Code(Ink ink) {
  switch (ink) {
    case Ink::kPlain:
      return "";
    case Ink::kBold:
      return "1";
    case Ink::kDim:
      return "2";
    case Ink::kRed:
      return "31";
    case Ink::kYellow:
      return "33";
    case Ink::kGreen:
      return "32";
    case Ink::kBlue:
      return "34";
  }
  return "";
}

}  // namespace

std::string Painter::operator()(Ink ink, std::string_view text) const {
  if (color_ == Color::kNever || ink == Ink::kPlain || text.empty()) return std::string(text);
  return StrCat("\x1b[", Code(ink), "m", text, "\x1b[0m");
}

Ink InkOf(diagnosis::Severity severity) {
  switch (severity) {
    case diagnosis::Severity::kInfo:
      return Ink::kBlue;
    case diagnosis::Severity::kWarning:
      return Ink::kYellow;
    case diagnosis::Severity::kError:
      return Ink::kRed;
  }
  return Ink::kPlain;
}

Ink InkOf(diagnosis::Verdict verdict) {
  switch (verdict) {
    case diagnosis::Verdict::kHealthy:
      return Ink::kGreen;
    case diagnosis::Verdict::kAttention:
      return Ink::kYellow;
    case diagnosis::Verdict::kFailing:
      return Ink::kRed;
    case diagnosis::Verdict::kUndiagnosable:
      return Ink::kDim;
  }
  return Ink::kPlain;
}

std::string_view SignOf(diagnosis::Verdict verdict) {
  switch (verdict) {
    case diagnosis::Verdict::kHealthy:
      return "✓";
    case diagnosis::Verdict::kAttention:
      return "!";
    case diagnosis::Verdict::kFailing:
      return "✗";
    case diagnosis::Verdict::kUndiagnosable:
      return "?";
  }
  return " ";
}

std::string PadEnd(std::string_view text, size_t width) {
  const size_t has = DisplayWidth(text);
  return StrCat(text, std::string(has < width ? width - has : 0, ' '));
}

std::string PadStart(std::string_view text, size_t width) {
  const size_t has = DisplayWidth(text);
  return StrCat(std::string(has < width ? width - has : 0, ' '), text);
}

std::string Hanging(std::string_view first, std::string_view text, size_t width,
                    const Painter& paint, Ink ink) {
  const size_t indent = DisplayWidth(first);
  // Where the indent leaves hardly any room, long lines are easier to read than slivers.
  const size_t room = width > indent + 20 ? width - indent : 20;
  std::string out;
  for (const std::string& line : Wrap(text, room)) {
    StrAppend(&out, out.empty() ? std::string(first) : std::string(indent, ' '), paint(ink, line),
              "\n");
  }
  return out;
}

}  // namespace telltale::report
