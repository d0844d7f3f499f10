#include "lib/model/name_tokens.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/strings/ascii.h"
#include "lib/base/str.h"

namespace telltale::model {
namespace {

bool IsWordByte(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool IsUpper(char c) { return absl::ascii_isupper(static_cast<unsigned char>(c)); }
bool IsLower(char c) { return absl::ascii_islower(static_cast<unsigned char>(c)); }
bool IsDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }

// Whether a new word may start at `i` by case alone: "val|Loss", "MSE|Loss", "top5|Acc".
bool IsHump(std::string_view word, size_t i) {
  if (!IsUpper(word[i])) return false;
  if (IsLower(word[i - 1]) || IsDigit(word[i - 1])) return true;
  return i + 1 < word.size() && IsUpper(word[i - 1]) && IsLower(word[i + 1]);
}

void AddToken(std::string_view text, NameComponent& out) {
  NameToken token{.text = absl::AsciiStrToLower(ToAbsl(text)), .number = true};
  for (const char c : text) token.number = token.number && IsDigit(c);
  // "top-5" and "top_5" are the word "top5"; other numbers stay apart, as they tell series apart
  // ("loss_1").
  if (token.number && !out.empty() && out.back().text == "top" && token.text.size() <= 3) {
    out.back().text += token.text;
    return;
  }
  out.push_back(std::move(token));
}

// Cuts a stretch of word bytes at its humps; what would leave a single letter alone is not cut.
void AddWords(std::string_view stretch, NameComponent& out) {
  size_t begin = 0;
  for (size_t i = 1; i < stretch.size(); ++i) {
    if (!IsHump(stretch, i) || i - begin < 2) continue;
    const bool lone =
        i + 1 == stretch.size() ||
        (!IsLower(stretch[i + 1]) && !IsUpper(stretch[i + 1]) && !IsDigit(stretch[i + 1]));
    // "IoU", "FooB": the last letter belongs to the word before it.
    if (lone) continue;
    AddToken(stretch.substr(begin, i - begin), out);
    begin = i;
  }
  AddToken(stretch.substr(begin), out);
}

NameComponent TokenizeComponent(std::string_view component) {
  NameComponent tokens;
  size_t begin = 0;
  for (size_t i = 0; i <= component.size(); ++i) {
    if (i < component.size() && IsWordByte(component[i])) continue;
    if (i > begin) AddWords(component.substr(begin, i - begin), tokens);
    begin = i + 1;
  }
  return tokens;
}

}  // namespace

std::vector<NameComponent> TokenizeName(std::string_view name) {
  std::vector<NameComponent> components;
  for (size_t begin = 0; begin <= name.size();) {
    const size_t end = std::min(name.find('/', begin), name.size());
    NameComponent component = TokenizeComponent(name.substr(begin, end - begin));
    if (!component.empty()) components.push_back(std::move(component));
    begin = end + 1;
  }
  return components;
}

}  // namespace telltale::model
