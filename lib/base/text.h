// Text from files, made safe and measurable. Names of runs and tags are chosen by whoever wrote the
// log: they may hold terminal escape sequences, bidirectional overrides, markup or bytes that are
// no text at all.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace telltale {

// `text` with each byte that is not part of valid UTF-8 replaced by U+FFFD.
std::string ValidUtf8(std::string_view text);

// `text` as it may be shown on a terminal: control characters, bidirectional and other invisible
// formatting, line separators, private and unassigned characters become visible escapes ("\n",
// "\x1b", "\u202e"), as do bytes that are not UTF-8
// ("\xff"). What remains moves no cursor and hides nothing. Idempotent.
std::string Printable(std::string_view text);

// `json`, a JSON document, with the same characters as in Printable written as \uXXXX: another
// spelling of the same document that is safe to show. `json` must be valid UTF-8.
std::string PrintableJson(std::string_view json);

// Columns that printable `text` takes on a terminal (East Asian wide characters take two, combining
// marks none).
size_t DisplayWidth(std::string_view text);

// `text` cut to at most `width` columns, with "…" where something was cut: at the end, or in the
// middle, where a path says least.
std::string FitEnd(std::string_view text, size_t width);
std::string FitMiddle(std::string_view text, size_t width);

// `text` broken at spaces into lines of at most `width` columns; a longer word is broken where it
// must be. Never empty.
std::vector<std::string> Wrap(std::string_view text, size_t width);

// `text`, valid UTF-8, cut to at most `most` bytes, between two characters.
std::string CutUtf8(std::string text, size_t most);

// `text` as Markdown that shows it literally: no emphasis, links, mentions, HTML or table cells
// come of it. One line.
std::string EscapeMarkdown(std::string_view text);

// `name` as a Markdown code span, which also holds in a table cell. One line; an empty name is
// shown as "(empty)".
std::string MarkdownCode(std::string_view name);

}  // namespace telltale
