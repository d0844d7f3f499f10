// What a conversion leaves in its target about itself: where it came from, what things were called
// there, and what the target could not hold. A later conversion reads it and gives things their
// names back.
//
// As JSON, in the run's tag "telltale.conversion" ("telltale.conversion.2", ... where a tag is too
// short for it), or, in a format without tags, as a text of that kind (kRecordText) in a fenced
// block below a table for people.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "lib/convert/change.h"
#include "lib/formats/sink.h"
#include "lib/model/experiment.h"

namespace telltale::convert {

inline constexpr std::string_view kRecordTag = "telltale.conversion";
inline constexpr std::string_view kRecordText = "telltale/conversion";
// Holds the texts of a run in a format that has none, as JSON; goes on in "telltale.texts.2", ...
inline constexpr std::string_view kTextsTag = "telltale.texts";

// What is said of a series besides its points, for formats that cannot hold it.
struct SeriesRecord {
  std::string tag = {};       // as the target has it
  std::string name = {};      // what Restore calls it again
  std::string original = {};  // as the source had it, before the user's own renames
  std::string display_name = {};
  std::string description = {};
  std::string axis = {};  // what the steps are, where they are not the source's steps
  bool float32 = false;
};

struct Record {
  std::string from = {};                  // format id of the source
  std::string source = {};                // path or address, as the user typed it
  std::string run = {};                   // the source's name of it
  std::vector<SeriesRecord> series = {};  // only where there is something to say
  std::vector<SeriesRecord> others = {};  // texts: tag and name only
  std::vector<model::Param> params = {};  // those that are no text, where the target has text only
  std::vector<model::Param> tags = {};    // where the target has none
  model::RunInfo info = {};               // all of it
  Changes changes = {};
};

// One line of JSON, schema "telltale.conversion/1".
std::string RecordJson(const Record& record);

// InvalidArgument when `json` is no record.
absl::StatusOr<Record> ParseRecord(std::string_view json);

// Adds `record` to `run`, in the way that `capacity` allows.
void AddRecord(const Record& record, const formats::Capacity& capacity, model::Run& run);

// Takes the record of an earlier conversion out of `run`, as AddRecord put it there. NotFound when
// there is none; a record that is damaged is left where it is and gives InvalidArgument.
absl::StatusOr<Record> TakeRecord(model::Run& run);

// Gives `run` back what `record` knows of it: names, kinds of parameters, tags, texts.
void Restore(const Record& record, model::Run& run);

}  // namespace telltale::convert
