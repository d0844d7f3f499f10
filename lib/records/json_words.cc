#include "lib/records/json_words.h"

#include <limits>

#include "lib/base/str.h"

namespace telltale::records {

std::string QuoteJsonWords(std::string_view text) {
  return *QuoteJsonWords(text, std::numeric_limits<size_t>::max());
}

std::optional<std::string> QuoteJsonWords(std::string_view text, size_t most_levels) {
  std::string out;
  out.reserve(text.size() + text.size() / 16);
  size_t levels = 0;
  bool quoted = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '\\' && i + 1 < text.size()) {
      out += c;
      out += text[++i];
      continue;
    }
    if (c == '"') quoted = !quoted;
    if (!quoted && (c == '{' || c == '[') && ++levels > most_levels) return std::nullopt;
    if (!quoted && (c == '}' || c == ']') && levels > 0) --levels;
    std::string_view word;
    if (!quoted && (c == 'N' || c == 'I' || c == '-')) {
      for (const std::string_view each : {"NaN", "Infinity", "-Infinity"}) {
        if (text.substr(i).starts_with(each)) word = each;
      }
    }
    if (word.empty()) {
      out += c;
    } else {
      StrAppend(&out, "\"", word, "\"");
      i += word.size() - 1;
    }
  }
  return out;
}

}  // namespace telltale::records
