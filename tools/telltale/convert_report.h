// What `telltale convert` tells of a conversion.
#pragma once

#include <string>

#include "lib/convert/convert.h"
#include "lib/workflow/result_json.h"
#include "tools/telltale/options.h"

namespace telltale::cli {

using workflow::ConvertedPaths;

// Brief: the last line only. Else what changes, a line a kind with an example; with --dry-run or
// --verbose also which run goes where, and with --verbose each change.
std::string ConversionText(const convert::Conversion& conversion, const ConvertedPaths& paths,
                           const report::TextOptions& options);

}  // namespace telltale::cli
