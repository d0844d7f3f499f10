// What a table cannot say of its runs: who they are, parameters, tags, notes. Telltale keeps it in
// a file beside a CSV, "<table>.telltale.json", and in JSON Lines in rows of their own.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "lib/formats/table/builder.h"
#include "lib/formats/table/json_rows.h"
#include "lib/model/experiment.h"

namespace telltale::formats::table {

// All of a run but its points, texts and opaque values, as one line of JSON.
std::string RunFactsJson(const model::Run& run);

// Sets in `run` what `json`, made by RunFactsJson, says. InvalidArgument, and nothing is set, where
// it is none.
absl::Status ApplyRunFacts(std::string_view json, model::Run& run);

// A row of JSON Lines that says it of the run `name`, without line end.
std::string RunRow(std::string_view name, const std::string& facts);

// Whether `row` is one; then the run gets what it says.
bool TakeRunRow(const std::vector<JsonField>& row, TableBuilder& builder);

// The file beside a CSV.
struct Sidecar {
  // XXH3-64 of the contents of the table that it speaks of, as 16 hexadecimal digits. Two while one
  // table is being replaced by another.
  std::vector<std::string> tables = {};
  struct Run {
    std::string name = {};
    std::string facts = {};  // RunFactsJson
  };
  std::vector<Run> runs = {};
};

std::string SidecarPath(std::string_view table);
std::string SidecarText(const Sidecar& sidecar);
// NotFound where there is none beside `table`; InvalidArgument where the file there is none.
absl::StatusOr<Sidecar> ReadSidecar(const std::string& table);

// XXH3-64 of a file's bytes as 16 hexadecimal digits.
absl::StatusOr<std::string> HashOfFile(const std::string& path);

}  // namespace telltale::formats::table
