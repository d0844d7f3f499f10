// How Python says what telltale.yaml and the command line's options say.
#pragma once

#include <nanobind/nanobind.h>

#include "lib/config/config.h"

namespace telltale::python {

// `file_text` is a telltale.yaml called `file_name`, `more` a second one, in JSON, that wins: as
// options of the command line do. Either may be empty. Throws StatusError.
config::Config MakeConfig(const nanobind::bytes& file_text, const nanobind::bytes& file_name,
                          const nanobind::bytes& more);

}  // namespace telltale::python
