#include "lib/formats/table/json_rows.h"

#include <simdjson.h>

#include <algorithm>
#include <utility>

#include "lib/base/str.h"
#include "lib/formats/table/cell.h"
#include "lib/formats/table/columns.h"
#include "lib/records/json_words.h"

namespace telltale::formats::table {
namespace {

constexpr size_t kMostDepth = 32;
constexpr size_t kMostFields = 100000;  // of a row

namespace dom = simdjson::dom;

void AddFields(const dom::object& object, const std::string& prefix, size_t depth,
               std::vector<JsonField>& row) {
  for (const dom::key_value_pair member : object) {
    if (row.size() >= kMostFields) return;
    JsonField field{.name = prefix + std::string(member.key)};
    const dom::element& value = member.value;
    switch (value.type()) {
      case dom::element_type::OBJECT:
        if (depth < kMostDepth) {
          AddFields(dom::object(value), field.name + ".", depth + 1, row);
        }
        continue;
      case dom::element_type::INT64:
        field.integer = int64_t(value);
        field.number = static_cast<double>(*field.integer);
        break;
      case dom::element_type::UINT64:
        field.number = static_cast<double>(uint64_t(value));
        break;
      case dom::element_type::DOUBLE:
        field.number = double(value);
        field.integer = WholeNumber(*field.number);
        break;
      case dom::element_type::STRING: {
        field.text = std::string(std::string_view(value));
        if (*field.text == "NaN" || *field.text == "Infinity" || *field.text == "-Infinity") {
          field.number = ParseNumber(*field.text);
        }
        break;
      }
      case dom::element_type::BOOL:
        field.truth = bool(value);
        break;
      default:
        continue;  // arrays and null
    }
    row.push_back(std::move(field));
  }
}

// Passes over the string that begins at `i`, a quote; gives the place behind it.
size_t SkipString(std::string_view text, size_t i) {
  for (++i; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      return i + 1;
    }
  }
  return text.size();
}

// The place behind the object or array that begins at `i`; npos where it does not end.
size_t SkipNested(std::string_view text, size_t i) {
  size_t depth = 0;
  while (i < text.size()) {
    const char c = text[i];
    if (c == '"') {
      i = SkipString(text, i);
      continue;
    }
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') {
      if (--depth == 0) return i + 1;
    }
    ++i;
  }
  return std::string_view::npos;
}

bool IsSpace(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

void ForEachLine(std::string_view text,
                 const std::function<void(std::string_view, uint64_t)>& take) {
  uint64_t line = 0;
  while (!text.empty()) {
    ++line;
    const size_t end = text.find('\n');
    const std::string_view each = Trim(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (!each.empty()) take(each, line);
  }
}

}  // namespace

struct JsonRowParser::State {
  dom::parser parser;
};

JsonRowParser::JsonRowParser() : state_(std::make_unique<State>()) {}
JsonRowParser::~JsonRowParser() = default;

absl::Status JsonRowParser::Parse(std::string_view object, std::vector<JsonField>& row) {
  row.clear();
  dom::element element;
  auto error = state_->parser.parse(object.data(), object.size()).get(element);
  if (error != simdjson::SUCCESS) {
    const std::string quoted = records::QuoteJsonWords(object);
    error = state_->parser.parse(quoted).get(element);
  }
  if (error != simdjson::SUCCESS) {
    return absl::InvalidArgumentError(simdjson::error_message(error));
  }
  dom::object members;
  if (element.get(members) != simdjson::SUCCESS) {
    return absl::InvalidArgumentError("not an object");
  }
  AddFields(members, "", 0, row);
  return absl::OkStatus();
}

const JsonField* FieldOf(const std::vector<JsonField>& row, std::string_view name) {
  const auto found = std::find_if(row.begin(), row.end(),
                                  [&](const JsonField& field) { return field.name == name; });
  return found == row.end() ? nullptr : &*found;
}

void ForEachObject(std::string_view text,
                   const std::function<void(std::string_view object, uint64_t line)>& take) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  size_t i = 0;
  while (i < text.size() && IsSpace(text[i])) ++i;
  if (i == text.size()) return;
  if (text[i] == '{') {
    ForEachLine(text, take);
    return;
  }
  uint64_t line = 1;
  size_t counted = 0;
  for (++i; i < text.size();) {
    if (text[i] != '{') {
      i = text[i] == '"' ? SkipString(text, i) : i + 1;
      continue;
    }
    line += static_cast<uint64_t>(std::count(text.begin() + static_cast<std::ptrdiff_t>(counted),
                                             text.begin() + static_cast<std::ptrdiff_t>(i), '\n'));
    counted = i;
    const size_t end = SkipNested(text, i);
    take(text.substr(i, end == std::string_view::npos ? end : end - i), line);
    if (end == std::string_view::npos) return;
    i = end;
  }
}

std::optional<std::string_view> MemberText(std::string_view text, std::string_view name) {
  const std::string key = StrCat("\"", name, "\"");
  size_t i = 0;
  while (i < text.size() && text[i] != '{') ++i;
  for (++i; i < text.size();) {
    const char c = text[i];
    if (c == '{' || c == '[') {
      i = SkipNested(text, i);
      if (i == std::string_view::npos) return std::nullopt;
      continue;
    }
    if (c != '"') {
      ++i;
      continue;
    }
    const size_t begin = i;
    i = SkipString(text, i);
    if (text.substr(begin, i - begin) != key) continue;
    while (i < text.size() && IsSpace(text[i])) ++i;
    if (i >= text.size() || text[i] != ':') continue;  // a value, not a name
    for (++i; i < text.size() && IsSpace(text[i]);) ++i;
    if (i >= text.size()) return std::nullopt;
    const size_t end = text[i] == '{' || text[i] == '[' ? SkipNested(text, i) : text.find(',', i);
    return text.substr(i, end == std::string_view::npos ? end : end - i);
  }
  return std::nullopt;
}

JsonLook LookAtJson(std::string_view head) {
  constexpr size_t kMostRows = 16;
  size_t i = 1;
  while (i < head.size() && IsSpace(head[i])) ++i;
  if (head.starts_with('[') && i < head.size() && head[i] == '[') {
    const size_t end = head.find(']', i);
    const std::string_view triple =
        head.substr(i + 1, end == std::string_view::npos ? 0 : end - i - 1);
    const bool three = std::count(triple.begin(), triple.end(), ',') == 2;
    const bool first = ParseNumber(triple.substr(0, triple.find(','))).has_value();
    return three && first ? JsonLook::kTriples : JsonLook::kNothing;
  }
  const bool lines = head.starts_with('{');
  JsonRowParser parser;
  std::vector<JsonField> row;
  size_t rows = 0;
  bool points = false;
  bool wandb = false;
  ForEachObject(head, [&](std::string_view object, uint64_t /*line*/) {
    if (rows >= kMostRows || !parser.Parse(object, row).ok()) return;
    ++rows;
    wandb = wandb || FieldOf(row, "_step") != nullptr;
    const bool is_long = FieldOf(row, "tag") != nullptr && FieldOf(row, "value") != nullptr;
    const bool has_step = std::any_of(row.begin(), row.end(), [](const JsonField& field) {
      return field.number.has_value() && IsStepName(field.name);
    });
    const bool has_metric = std::any_of(row.begin(), row.end(), [](const JsonField& field) {
      return field.number.has_value() && IsMetricName(field.name);
    });
    points = points || is_long || (has_step && has_metric);
  });
  // One object alone is a document rather than a table.
  if (rows == 0 || (lines && rows < 2)) return JsonLook::kNothing;
  if (wandb) return JsonLook::kWandbRows;
  return points ? JsonLook::kRows : JsonLook::kNothing;
}

}  // namespace telltale::formats::table
