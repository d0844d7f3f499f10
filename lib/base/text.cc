#include "lib/base/text.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdint>

#include "absl/strings/str_format.h"
#include "lib/base/str.h"

namespace telltale {
namespace {

// One character of a string: where it stands and what it is; `code` is negative where the byte is
// no UTF-8.
struct Character {
  size_t begin = 0;
  size_t size = 1;
  int32_t code = -1;
};

Character CharacterAt(std::string_view text, size_t at) {
  Character c{.begin = at};
  utf8proc_int32_t code = -1;
  const utf8proc_ssize_t size =
      utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at,
                       static_cast<utf8proc_ssize_t>(text.size() - at), &code);
  if (size > 0) {
    c.size = static_cast<size_t>(size);
    c.code = code;
  }
  return c;
}

template <typename Visit>
void ForEachCharacter(std::string_view text, Visit visit) {
  for (size_t at = 0; at < text.size();) {
    const Character c = CharacterAt(text, at);
    visit(c, text.substr(c.begin, c.size));
    at += c.size;
  }
}

bool IsPrintableAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

// Whether a terminal shows the character as a glyph (or a mark on one) and does nothing else.
bool IsVisible(int32_t code) {
  switch (utf8proc_category(code)) {
    case UTF8PROC_CATEGORY_CC:  // C0 and C1 controls: U+009B alone starts an escape sequence
    case UTF8PROC_CATEGORY_CF:  // bidirectional overrides, zero-width characters, tags
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
      return false;
    default:
      return true;
  }
}

size_t WidthOf(int32_t code) {
  return code < 0 ? 1 : static_cast<size_t>(std::max(0, utf8proc_charwidth(code)));
}

std::string Escaped(const Character& c, std::string_view bytes) {
  if (c.code < 0) return absl::StrFormat("\\x%02x", static_cast<unsigned char>(bytes[0]));
  if (c.code == '\n') return "\\n";
  if (c.code == '\r') return "\\r";
  if (c.code == '\t') return "\\t";
  if (c.code < 0x80) return absl::StrFormat("\\x%02x", c.code);
  if (c.code < 0x10000) return absl::StrFormat("\\u%04x", c.code);
  return absl::StrFormat("\\U%08x", c.code);
}

// The longest start of `text` that takes at most `width` columns.
std::string_view Head(std::string_view text, size_t width) {
  size_t used = 0;
  size_t at = 0;
  while (at < text.size()) {
    const Character c = CharacterAt(text, at);
    if (used + WidthOf(c.code) > width) break;
    used += WidthOf(c.code);
    at += c.size;
  }
  return text.substr(0, at);
}

// The longest end of `text` that takes at most `width` columns.
std::string_view Tail(std::string_view text, size_t width) {
  size_t left = DisplayWidth(text);
  size_t at = 0;
  while (at < text.size() && left > width) {
    const Character c = CharacterAt(text, at);
    left -= WidthOf(c.code);
    at += c.size;
  }
  // A mark without its letter would land on what stands before it.
  while (at < text.size() && WidthOf(CharacterAt(text, at).code) == 0)
    at += CharacterAt(text, at).size;
  return text.substr(at);
}

constexpr std::string_view kEllipsis = "…";

}  // namespace

std::string ValidUtf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  ForEachCharacter(text, [&](const Character& c, std::string_view bytes) {
    out += c.code < 0 ? std::string_view("\xEF\xBF\xBD") : bytes;
  });
  return out;
}

std::string Printable(std::string_view text) {
  if (IsPrintableAscii(text)) return std::string(text);
  std::string out;
  out.reserve(text.size());
  ForEachCharacter(text, [&](const Character& c, std::string_view bytes) {
    if (c.code >= 0 && IsVisible(c.code)) {
      out += bytes;
    } else {
      out += Escaped(c, bytes);
    }
  });
  return out;
}

std::string PrintableJson(std::string_view json) {
  std::string out;
  out.reserve(json.size());
  ForEachCharacter(json, [&](const Character& c, std::string_view bytes) {
    if (c.code < 0x7f || IsVisible(c.code)) {
      out += bytes;
    } else if (c.code < 0x10000) {
      absl::StrAppendFormat(&out, "\\u%04x", c.code);
    } else {
      const int32_t above = c.code - 0x10000;
      absl::StrAppendFormat(&out, "\\u%04x\\u%04x", 0xd800 + (above >> 10),
                            0xdc00 + (above & 0x3ff));
    }
  });
  return out;
}

size_t DisplayWidth(std::string_view text) {
  if (IsPrintableAscii(text)) return text.size();
  size_t width = 0;
  ForEachCharacter(text, [&](const Character& c, std::string_view) { width += WidthOf(c.code); });
  return width;
}

std::string FitEnd(std::string_view text, size_t width) {
  if (DisplayWidth(text) <= width) return std::string(text);
  if (width == 0) return "";
  return StrCat(Head(text, width - 1), kEllipsis);
}

std::string FitMiddle(std::string_view text, size_t width) {
  if (DisplayWidth(text) <= width) return std::string(text);
  if (width == 0) return "";
  const size_t tail = (width - 1) / 2;
  return StrCat(Head(text, width - 1 - tail), kEllipsis, Tail(text, tail));
}

std::vector<std::string> Wrap(std::string_view text, size_t width) {
  width = std::max<size_t>(width, 1);
  std::vector<std::string> lines(1);
  size_t used = 0;
  const auto add = [&](std::string_view piece, size_t piece_width) {
    if (used > 0 && used + 1 + piece_width > width) {
      lines.emplace_back();
      used = 0;
    }
    if (used > 0) {
      lines.back() += ' ';
      ++used;
    }
    lines.back() += piece;
    used += piece_width;
  };
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find(' ', at), text.size());
    std::string_view word = text.substr(at, end - at);
    at = end + 1;
    while (DisplayWidth(word) > width) {
      std::string_view head = Head(word, width);
      if (head.empty()) head = word.substr(0, CharacterAt(word, 0).size);  // wider than the line
      add(head, DisplayWidth(head));
      word.remove_prefix(head.size());
    }
    if (!word.empty()) add(word, DisplayWidth(word));
  }
  return lines;
}

std::string EscapeMarkdown(std::string_view text) {
  std::string out;
  for (const char c : Printable(text)) {
    switch (c) {
      case '\\':
      case '`':
      case '*':
      case '_':
      case '[':
      case ']':
        out += '\\';
        out += c;
        break;
      // Entities where Markdown dialects differ about the backslash.
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '&':
        out += "&amp;";
        break;
      case '|':
        out += "&#124;";
        break;
      case '~':
        out += "&#126;";
        break;
      case '@':
        out += "&#64;";
        break;
      case '/':  // "https://" and "www." link themselves on some sites
        out += out.ends_with(":/") ? "&#47;" : "/";
        break;
      case '.':
        out += out.ends_with("www") || out.ends_with("WWW") ? "&#46;" : ".";
        break;
      default:
        out += c;
    }
  }
  // What starts a heading, list, quote or rule only does so as the first character.
  if (!out.empty() && std::string_view("#-+=").find(out[0]) != std::string_view::npos)
    out.insert(0, "\\");
  return out;
}

std::string MarkdownCode(std::string_view name) {
  if (name.empty()) return "(empty)";
  const std::string text = Printable(name);
  size_t longest = 0;
  size_t run = 0;
  std::string body;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
    if (c == '|') body += '\\';  // ends the cell otherwise, even in a code span
    body += c;
  }
  const std::string fence(longest + 1, '`');
  const std::string_view pad = longest > 0 || text.front() == ' ' || text.back() == ' ' ? " " : "";
  return StrCat(fence, pad, body, pad, fence);
}

std::string CutUtf8(std::string text, size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xc0) == 0x80) --most;
  text.resize(most);
  return text;
}

}  // namespace telltale
