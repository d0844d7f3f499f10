// What a run holds besides points, as a format can hold it.
#pragma once

#include <string_view>

#include "lib/convert/change.h"
#include "lib/convert/record.h"
#include "lib/formats/sink.h"
#include "lib/model/experiment.h"

namespace telltale::convert {

// Changes texts, opaque values, parameters, tags and note of `run`, which were read as format
// `from`, to what `capacity` of format `to` holds. What the record of the conversion can keep goes
// into `record`; what is lost, or kept in another way, is added to `changes`.
void FitContents(std::string_view from, std::string_view to, const formats::Capacity& capacity,
                 model::Run& run, Record& record, Changes& changes);

}  // namespace telltale::convert
