// Texts in formats that have none: as JSON in the tags of the run.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "lib/convert/change.h"
#include "lib/formats/sink.h"
#include "lib/model/experiment.h"

namespace telltale::convert {

// `ascii` as the tag `name` of `run`, in parts of at most `most_bytes`: `name`, `name`.2, ...
void AddLongTag(std::string_view name, std::string_view ascii, size_t most_bytes, model::Run& run);
std::optional<std::string> FindLongTag(std::string_view name, const model::Run& run);
void RemoveLongTag(std::string_view name, model::Run& run);

// Moves the texts of `run` into its tags, and adds to `changes` what does not fit there.
void PutTextsIntoTags(const formats::Capacity& capacity, model::Run& run, Changes& changes);

// The other way round. Tags that hold no texts as PutTextsIntoTags writes them stay.
void TakeTexts(model::Run& run);

}  // namespace telltale::convert
