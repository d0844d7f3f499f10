// Series as NumPy arrays: views into the columns that were read, which cannot be written to.
#include <nanobind/ndarray.h>

#include <utility>

#include "bindings.h"

namespace telltale::python {
namespace {

template <typename T>
using View = nb::ndarray<nb::numpy, const T, nb::ndim<1>, nb::c_contig>;

template <typename T>
View<T> ViewOf(const SharedExperiment& experiment, const Column<T>& column) {
  // The array owns a share of the experiment, so that it outlives whatever it was got from.
  auto* share = std::make_unique<SharedExperiment>(experiment).release();
  const nb::capsule owner(share, [](void* p) noexcept {
    std::default_delete<SharedExperiment>()(static_cast<SharedExperiment*>(p));
  });
  return View<T>(column.data(), {column.size()}, owner);
}

nb::tuple RoleOf(const SeriesView& view) {
  const model::Role& role = view.get().role;
  return nb::make_tuple(Text(model::SplitName(role.split)),
                        Text(model::QuantityName(role.quantity)),
                        Text(model::DirectionName(role.direction)), Text(role.name));
}

}  // namespace

void BindSeries(nb::module_& module) {
  nb::class_<SeriesView>(module, "Series")
      .def("__len__", [](const SeriesView& view) { return view.get().size(); })
      .def_prop_ro("tag", [](const SeriesView& view) { return Text(view.get().tag); })
      .def_prop_ro(
          "run", [](const SeriesView& view) { return Text(view.experiment->runs[view.run].name); })
      .def_prop_ro(
          "steps", [](const SeriesView& view) { return ViewOf(view.experiment, view.get().steps); },
          nb::rv_policy::automatic)
      .def_prop_ro(
          "wall_times",
          [](const SeriesView& view) { return ViewOf(view.experiment, view.get().wall_times); },
          nb::rv_policy::automatic)
      .def_prop_ro(
          "values",
          [](const SeriesView& view) { return ViewOf(view.experiment, view.get().values); },
          nb::rv_policy::automatic)
      .def_prop_ro("axis", [](const SeriesView& view) { return Text(view.get().axis); })
      .def_prop_ro(
          "axis_values",
          [](const SeriesView& view) { return ViewOf(view.experiment, view.get().axis_values); },
          nb::rv_policy::automatic)
      .def_prop_ro("role", RoleOf)
      .def_prop_ro("plugin", [](const SeriesView& view) { return Text(view.get().plugin); })
      .def_prop_ro("display_name",
                   [](const SeriesView& view) { return Text(view.get().display_name); })
      .def_prop_ro("description",
                   [](const SeriesView& view) { return Text(view.get().description); })
      .def_prop_ro("float32", [](const SeriesView& view) { return view.get().float32; });
}

}  // namespace telltale::python
