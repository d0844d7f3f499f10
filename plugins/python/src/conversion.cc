// Conversions, of what stands at a path or in memory.
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <string_view>
#include <utility>

#include "bindings.h"
#include "errors.h"
#include "interrupt.h"
#include "lib/convert/convert.h"
#include "lib/workflow/result_json.h"
#include "lib/workflow/selection.h"

namespace telltale::python {
namespace {

struct Request {
  std::string from = {};
  std::string to = {};
  std::vector<std::string> include = {};
  std::vector<std::string> exclude = {};
  std::vector<std::string> renames = {};
  std::string downsample = {};
  bool merge_training_runs = false;
  bool dry_run = false;
  bool verify = false;
  size_t jobs = 0;
};

convert::ConvertOptions OptionsOf(const Request& request) {
  convert::ConvertOptions options{.from = request.from, .to = request.to};
  for (const std::string& rename : request.renames) {
    options.plan.renames.push_back(ValueOrThrow(convert::ParseRename(rename), ""));
  }
  if (!request.downsample.empty()) {
    options.plan.downsampling = ValueOrThrow(model::ParseDownsampling(request.downsample), "");
  }
  options.merge_training_runs = request.merge_training_runs;
  options.dry_run = request.dry_run;
  options.verify = request.verify && !request.dry_run;
  options.jobs = request.jobs;
  options.select = ValueOrThrow(workflow::MakeSelection(request.include, request.exclude), "");
  return options;
}

std::string ConvertPath(const nb::bytes& source_bytes, const nb::bytes& destination_bytes,
                        const Request& request) {
  const workflow::ConvertedPaths paths{Bytes(source_bytes), Bytes(destination_bytes),
                                       request.dry_run};
  convert::ConvertOptions options = OptionsOf(request);
  const auto conversion = Interruptible([&](const std::function<bool()>& cancelled) {
    options.cancelled = cancelled;
    return convert::Convert(paths.source, paths.destination, options);
  });
  ThrowIfError(conversion.status(), paths.source);
  return workflow::ConversionJson(*conversion, paths);
}

std::string ConvertRead(const ReadResult& read, const nb::bytes& destination_bytes,
                        const Request& request) {
  const workflow::ConvertedPaths paths{read.experiment->path, Bytes(destination_bytes),
                                       request.dry_run};
  const convert::ConvertOptions options = OptionsOf(request);
  const auto conversion = Interruptible([&](const std::function<bool()>&) {
    return convert::ConvertExperiment(*read.experiment, paths.destination, options);
  });
  ThrowIfError(conversion.status(), paths.destination);
  return workflow::ConversionJson(*conversion, paths);
}

}  // namespace

void BindConversion(nb::module_& module) {
  nb::class_<Request>(module, "Request")
      .def(nb::init<>())
      .def_rw("from_", &Request::from)
      .def_rw("to", &Request::to)
      .def_rw("include", &Request::include)
      .def_rw("exclude", &Request::exclude)
      .def_rw("renames", &Request::renames)
      .def_rw("downsample", &Request::downsample)
      .def_rw("merge_training_runs", &Request::merge_training_runs)
      .def_rw("dry_run", &Request::dry_run)
      .def_rw("verify", &Request::verify)
      .def_rw("jobs", &Request::jobs);
  module.def("convert_path", ConvertPath, nb::arg("source"), nb::arg("destination"),
             nb::arg("request"));
  module.def("convert_experiment", ConvertRead, nb::arg("experiment"), nb::arg("destination"),
             nb::arg("request"));
}

}  // namespace telltale::python
