// JSON of records (lib/convert/record.h): any bytes, any double. Not for other layers: nlohmann's
// types stay inside lib/convert. The functions named ...Of throw nlohmann's exceptions on JSON of
// another kind.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "lib/model/experiment.h"

namespace telltale::convert {

// `text` as a string; bytes that are no UTF-8 as {"base64": "..."}.
nlohmann::ordered_json TextJson(std::string_view text);
std::string TextOf(const nlohmann::ordered_json& json);

// A number; one that is not finite as {"number": "NaN"}, so that no text is mistaken for it.
nlohmann::ordered_json NumberJson(double value);
double NumberOf(const nlohmann::ordered_json& json);

nlohmann::ordered_json ValueJson(const model::ParamValue& value);
model::ParamValue ValueOf(const nlohmann::ordered_json& json);

// On one line, in ASCII: it may be cut anywhere into parts that are text.
std::string AsciiJson(const nlohmann::ordered_json& json);

// Whether brackets nest no deeper than in anything written here, which keeps a parser's stack
// small.
bool IsShallowJson(std::string_view json);

}  // namespace telltale::convert
