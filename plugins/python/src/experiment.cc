// Reading, and what was read besides the columns.
#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <utility>

#include "bindings.h"
#include "errors.h"
#include "interrupt.h"
#include "lib/model/training_run.h"
#include "lib/workflow/selection.h"

namespace telltale::python {
namespace {

ReadResult Read(const nb::bytes& path_bytes, const std::string& from,
                const std::vector<std::string>& include, const std::vector<std::string>& exclude,
                size_t jobs) {
  const std::string path = Bytes(path_bytes);
  workflow::LoadOptions options{.from = from, .read = {.jobs = jobs}};
  options.read.select = ValueOrThrow(workflow::MakeSelection(include, exclude), "");
  auto loaded = Interruptible([&](const std::function<bool()>& cancelled) {
    options.read.cancelled = cancelled;
    return workflow::Load(path, options);
  });
  return {std::make_shared<const model::Experiment>(
      std::move(ValueOrThrow(std::move(loaded), path).experiment))};
}

// Which of (run, tag) the patterns select.
nb::list Selected(const std::vector<std::string>& include, const std::vector<std::string>& exclude,
                  const std::vector<std::pair<std::string, std::string>>& series) {
  const auto select = ValueOrThrow(workflow::MakeSelection(include, exclude), "");
  nb::list selected;
  for (const auto& [run, tag] : series) selected.append(!select || select(run, tag));
  return selected;
}

nb::list Params(const std::vector<model::Param>& params) {
  nb::list list;
  for (const model::Param& param : params) {
    nb::object value;
    if (const auto* text = std::get_if<std::string>(&param.value)) {
      value = Text(*text);
    } else if (const auto* number = std::get_if<double>(&param.value)) {
      value = nb::float_(*number);
    } else {
      value = nb::bool_(std::get<bool>(param.value));
    }
    list.append(nb::make_tuple(Text(param.name), value));
  }
  return list;
}

nb::list Problems(const ReadResult& read) {
  nb::list list;
  for (const Problem& problem : read.experiment->problems) {
    list.append(nb::make_tuple(PathText(problem.path), problem.begin, problem.end,
                               Text(ProblemKindName(problem.kind)), Text(problem.message),
                               problem.records_lost, IsDamage(problem.kind)));
  }
  return list;
}

nb::list Texts(const model::Run& run) {
  nb::list list;
  for (const model::TextSeries& series : run.texts) {
    nb::list points;
    for (const model::TextPoint& point : series.points) {
      nb::list strings;
      for (const std::string& text : point.strings) strings.append(Text(text));
      points.append(nb::make_tuple(point.step, point.wall_time, strings));
    }
    list.append(nb::make_tuple(Text(series.tag), points));
  }
  return list;
}

// (name, path, params, tags, (id, title, project, group, note), written_by_telltale)
nb::tuple RunFacts(const ReadResult& read, size_t i) {
  const model::Run& run = read.experiment->runs.at(i);
  const model::RunInfo& info = run.info;
  return nb::make_tuple(Text(run.name), PathText(run.path), Params(run.params), Params(run.tags),
                        nb::make_tuple(Text(info.id), Text(info.title), Text(info.project),
                                       Text(info.group), Text(info.note)),
                        run.written_by_telltale);
}

nb::list Tags(const ReadResult& read, size_t i) {
  nb::list list;
  for (const model::Series& series : read.experiment->runs.at(i).series) {
    list.append(Text(series.tag));
  }
  return list;
}

nb::list TrainingRuns(const ReadResult& read, bool group) {
  const model::Grouping grouping = model::GroupRuns(*read.experiment, {.group = group});
  nb::list list;
  for (const model::TrainingRun& training_run : grouping.training_runs) {
    nb::list series;
    for (const model::SeriesRef& ref : training_run.series) {
      series.append(nb::make_tuple(ref.run, ref.series, Text(model::SplitName(ref.role.split)),
                                   Text(model::QuantityName(ref.role.quantity)),
                                   Text(model::DirectionName(ref.role.direction)),
                                   Text(ref.role.name)));
    }
    list.append(nb::make_tuple(Text(training_run.name), PathText(training_run.path),
                               nb::cast(training_run.runs), series, Params(training_run.params),
                               Text(training_run.grouped_because)));
  }
  return list;
}

}  // namespace

void BindExperiment(nb::module_& module) {
  module.def("read", Read, nb::arg("path"), nb::arg("format"), nb::arg("include"),
             nb::arg("exclude"), nb::arg("jobs"));
  module.def("selected", Selected, nb::arg("include"), nb::arg("exclude"), nb::arg("series"));
  nb::class_<ReadResult>(module, "Experiment")
      .def_prop_ro("format", [](const ReadResult& read) { return Text(read.experiment->format); })
      .def_prop_ro("path", [](const ReadResult& read) { return PathText(read.experiment->path); })
      .def("__len__", [](const ReadResult& read) { return read.experiment->runs.size(); })
      .def("same",
           [](const ReadResult& a, const ReadResult& b) { return a.experiment == b.experiment; })
      .def("problems", Problems)
      .def("run", RunFacts, nb::arg("run"))
      .def("tags", Tags, nb::arg("run"))
      .def(
          "texts",
          [](const ReadResult& read, size_t run) { return Texts(read.experiment->runs.at(run)); },
          nb::arg("run"))
      .def(
          "series",
          [](const ReadResult& read, size_t run, size_t series) {
            static_cast<void>(read.experiment->runs.at(run).series.at(series));  // or IndexError
            return SeriesView{read.experiment, run, series};
          },
          nb::arg("run"), nb::arg("series"))
      .def("training_runs", TrainingRuns, nb::arg("group"));
}

}  // namespace telltale::python
