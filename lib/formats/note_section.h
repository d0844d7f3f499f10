// What Telltale says within a text that a person writes.
#pragma once

#include <string>
#include <string_view>

namespace telltale::formats {

// `note`, Markdown, with `markdown` as its last section, between two comments that no page shows;
// what stood between them before is replaced, what a person wrote around them stays.
std::string WithNoteSection(std::string_view note, std::string_view markdown);

}  // namespace telltale::formats
