// What annotating and converting did, as JSON for programs. Members and elements come in a fixed
// order, the text is safe on a terminal, and a newline is at its end.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "lib/annotate/annotate.h"
#include "lib/convert/convert.h"
#include "lib/report/report.h"

namespace telltale::workflow {

// "written", "replaced", "unchanged", "failed".
std::string_view OutcomeName(annotate::Outcome outcome);

// The document of schema "telltale.annotations/1". `result` is of `paths`.
std::string AnnotationsJson(std::span<const report::PathReport> paths,
                            const annotate::AnnotateResult& result);

struct ConvertedPaths {
  std::string source = {};
  std::string destination = {};
  bool dry_run = false;
};

// The document of schema "telltale.convert/1".
std::string ConversionJson(const convert::Conversion& conversion, const ConvertedPaths& paths);

}  // namespace telltale::workflow
