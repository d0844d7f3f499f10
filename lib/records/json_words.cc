#include "lib/records/json_words.h"

#include "lib/base/str.h"

namespace telltale::records {

std::string QuoteJsonWords(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 16);
  bool quoted = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '\\' && i + 1 < text.size()) {
      out += c;
      out += text[++i];
      continue;
    }
    if (c == '"') quoted = !quoted;
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
