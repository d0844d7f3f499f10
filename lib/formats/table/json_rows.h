// Rows of tables that are written as JSON: an object a line, or an array of objects.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace telltale::formats::table {

// A member of an object that is a number, text or a truth; nested ones are joined by dots.
struct JsonField {
  std::string name = {};
  std::optional<double> number = {};     // also of "NaN", "Infinity" and "-Infinity"
  std::optional<int64_t> integer = {};   // exactly, where it is one
  std::optional<std::string> text = {};  // of a string
  std::optional<bool> truth = {};
};

// Turns objects into rows; keeps memory between them.
class JsonRowParser {
 public:
  JsonRowParser();
  ~JsonRowParser();
  JsonRowParser(const JsonRowParser&) = delete;
  JsonRowParser& operator=(const JsonRowParser&) = delete;

  // Fills `row` with the members of `object`, in their order; Python's bare NaN and Infinity are
  // taken. InvalidArgument where it is no object or nested too deep.
  absl::Status Parse(std::string_view object, std::vector<JsonField>& row);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// The member `name` of `row`, or nullptr.
const JsonField* FieldOf(const std::vector<JsonField>& row, std::string_view name);

// Calls `take` with each object of `text` (lines of objects, or one array of them) and the line in
// which it begins, from 1. What stands between objects is passed over.
void ForEachObject(std::string_view text,
                   const std::function<void(std::string_view object, uint64_t line)>& take);

// Where the value of the member `name` of the object that `text` is stands; nullopt where the
// object has none. Looks at brackets and strings only.
std::optional<std::string_view> MemberText(std::string_view text, std::string_view name);

// What the beginning of a JSON file looks like.
enum class JsonLook { kNothing, kTriples, kWandbRows, kRows };
JsonLook LookAtJson(std::string_view head);

}  // namespace telltale::formats::table
