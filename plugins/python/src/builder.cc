// Experiments that Python makes: of arrays, of tables, and point by point as training goes.
#include <nanobind/ndarray.h>
#include <nanobind/stl/string.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>
#include <variant>

#include "bindings.h"
#include "errors.h"
#include "lib/model/wall_times.h"

namespace telltale::python {
namespace {

template <typename T>
using Array = nb::ndarray<const T, nb::ndim<1>, nb::c_contig, nb::device::cpu>;

// Gathers points; a snapshot of it is an experiment that no longer changes.
class Builder {
 public:
  Builder(std::string format, std::string path) {
    experiment_.format = std::move(format);
    experiment_.path = std::move(path);
  }

  void Append(const std::string& run, const std::string& tag, int64_t step, double wall_time,
              double value) {
    model::Series& series = SeriesOf(run, tag);
    series.steps.push_back(step);
    series.wall_times.push_back(wall_time);
    series.values.push_back(value);
  }

  void Extend(const std::string& run, const std::string& tag, const Array<int64_t>& steps,
              const Array<double>& wall_times, const Array<double>& values) {
    if (steps.size() != values.size() || wall_times.size() != values.size()) {
      throw nb::value_error("steps, wall times and values differ in length");
    }
    model::Series& series = SeriesOf(run, tag);
    series.steps.Append({steps.data(), steps.size()});
    series.wall_times.Append({wall_times.data(), wall_times.size()});
    series.values.Append({values.data(), values.size()});
  }

  void SetAxis(const std::string& run, const std::string& tag, std::string axis,
               const Array<double>& values) {
    model::Series& series = SeriesOf(run, tag);
    if (values.size() != series.size()) throw nb::value_error("one axis value a point is needed");
    series.axis = std::move(axis);
    series.axis_values = Column<double>(std::span<const double>(values.data(), values.size()));
  }

  void SetParam(const std::string& run, const std::string& name,
                std::variant<std::string, double, bool> value) {
    auto& params = RunOf(run).params;
    const auto it = std::find_if(params.begin(), params.end(),
                                 [&](const model::Param& param) { return param.name == name; });
    if (it != params.end()) {
      it->value = std::move(value);
    } else {
      params.push_back({name, std::move(value)});
    }
  }

  void AddRun(const std::string& run) { static_cast<void>(RunOf(run)); }

  // A copy: what is gathered goes on growing.
  ReadResult Snapshot() const {
    auto copy = std::make_shared<model::Experiment>(experiment_);
    for (model::Run& run : copy->runs) model::SetWallTimes(run);
    std::sort(copy->runs.begin(), copy->runs.end(),
              [](const model::Run& a, const model::Run& b) { return a.name < b.name; });
    return {std::move(copy)};
  }

 private:
  model::Run& RunOf(const std::string& name) {
    const auto [it, is_new] = runs_.try_emplace(name, experiment_.runs.size());
    if (is_new) experiment_.runs.push_back({.name = name});
    return experiment_.runs[it->second];
  }

  model::Series& SeriesOf(const std::string& run_name, const std::string& tag) {
    model::Run& run = RunOf(run_name);
    const auto [it, is_new] = series_.try_emplace({run_name, tag}, run.series.size());
    if (is_new) run.series.push_back({.tag = tag});
    return run.series[it->second];
  }

  model::Experiment experiment_;
  std::map<std::string, size_t> runs_;                            // -> experiment_.runs
  std::map<std::pair<std::string, std::string>, size_t> series_;  // run, tag -> its series
};

}  // namespace

void BindBuilder(nb::module_& module) {
  nb::class_<Builder>(module, "Builder")
      .def("__init__", [](Builder* self, const std::string& format,
                          const nb::bytes& path) { std::construct_at(self, format, Bytes(path)); })
      .def("append", &Builder::Append)
      .def("extend", &Builder::Extend)
      .def("set_axis", &Builder::SetAxis)
      .def("set_text", [](Builder& self, const std::string& run, const std::string& name,
                          const std::string& value) { self.SetParam(run, name, value); })
      .def("set_number", [](Builder& self, const std::string& run, const std::string& name,
                            double value) { self.SetParam(run, name, value); })
      .def("set_flag", [](Builder& self, const std::string& run, const std::string& name,
                          bool value) { self.SetParam(run, name, value); })
      .def("add_run", &Builder::AddRun)
      .def("snapshot", &Builder::Snapshot);
}

}  // namespace telltale::python
