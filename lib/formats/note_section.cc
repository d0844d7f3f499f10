#include "lib/formats/note_section.h"

#include "lib/base/str.h"

namespace telltale::formats {
namespace {

constexpr std::string_view kBegin = "<!-- telltale: what follows is rewritten -->";
constexpr std::string_view kEnd = "<!-- telltale: end -->";

}  // namespace

std::string WithNoteSection(std::string_view note, std::string_view markdown) {
  std::string before(note);
  std::string after;
  // The nearest beginning before the end: one whose end somebody has deleted begins what is theirs.
  const size_t end = note.rfind(kEnd);
  const size_t begin = end == std::string_view::npos ? end : note.rfind(kBegin, end);
  if (begin != std::string_view::npos && end != std::string_view::npos) {
    before = std::string(note.substr(0, begin));
    after = std::string(note.substr(end + kEnd.size()));
  } else if (!before.empty()) {
    before += before.ends_with('\n') ? "\n" : "\n\n";
  }
  return StrCat(before, kBegin, "\n\n", markdown, markdown.ends_with('\n') ? "" : "\n", "\n", kEnd,
                after);
}

}  // namespace telltale::formats
