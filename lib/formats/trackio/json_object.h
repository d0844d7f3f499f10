// JSON objects in Trackio's columns.
#pragma once

#include <simdjson.h>

#include <optional>
#include <string_view>

namespace telltale::formats::trackio {

// False where `json` is no object, or so long that parsing it would take more memory than a row is
// worth (the parser needs fourteen times as much as it reads). `object` lives until `parser` parses
// again. Python's bare NaN and Infinity are taken.
bool ParseObject(std::string_view json, simdjson::dom::parser& parser,
                 simdjson::dom::object& object);

// The number that one of the words "NaN", "Infinity" and "-Infinity" stands for.
std::optional<double> WordValue(std::string_view word);

}  // namespace telltale::formats::trackio
