// One finding as text.
#pragma once

#include <string>
#include <string_view>

#include "lib/report/text.h"

namespace telltale::report {

// Columns in which prose is set.
size_t ProseWidth(const TextOptions& options);

// `series` ("run:tag"), printable, without the training run's own name before it.
std::string ShortSeriesName(const RunReport& report, std::string_view series);

// Whether `finding` is only good to know while others say that something is wrong.
bool IsRemark(const diagnosis::Finding& finding, const RunReport& report);

// Id, severity, steps, summary, evidence, remedies, indented; a remark is its summary, unless
// `options` are verbose. `report` is the training run that the
// finding is about, or nullptr when it is about a group.
std::string FindingText(const diagnosis::Finding& finding, const RunReport* report,
                        const TextOptions& options);

}  // namespace telltale::report
