// JSON as Python writes it: the bare words NaN, Infinity and -Infinity may stand where a number
// can.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace telltale::formats::wandb {

using Json = nlohmann::ordered_json;

// The number that `text`, a JSON document, is; nothing where it is something else. "true" and
// "false" are 1 and 0, as in Python. Numbers that no double holds become the nearest, or infinite.
std::optional<double> ParseNumber(std::string_view text);

// The same for a whole number that 64 bits hold, also where it is written as a string ("5").
std::optional<int64_t> ParseInteger(std::string_view text);

// `text` as a document, in which the three words have become strings. Nothing where it is no JSON,
// or deeper than 64 levels.
std::optional<Json> ParseJson(std::string_view text);

// One of the three words as a number.
std::optional<double> NumberOfWord(std::string_view word);

// `json` on one line, ASCII only; bytes that are no UTF-8 are replaced.
std::string TextOf(const Json& json);

// `value` as Python reads it back exactly: the shortest digits, or one of the three words.
void AppendNumber(std::string& out, double value);

// `text` in quotes, with all that JSON wants escaped.
std::string Quoted(std::string_view text);

}  // namespace telltale::formats::wandb
