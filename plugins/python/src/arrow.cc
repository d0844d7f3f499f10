// Series as Arrow record batches whose buffers are the columns that were read.
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "arrow_abi.h"
#include "arrow_nodes.h"
#include "bindings.h"
#include "lib/base/text.h"

namespace telltale::python {
namespace {

FieldSpec NameField(std::string name) {
  return {.format = "i", .name = std::move(name), .dictionary = {{.format = "u"}}};
}

std::vector<FieldSpec> PointFields() {
  return {{.format = "l", .name = "step"},
          {.format = "g", .name = "wall_time"},
          {.format = "g", .name = "value"}};
}

FieldSpec SeriesSchema() { return {.format = "+s", .children = PointFields()}; }

FieldSpec TableSchema() {
  FieldSpec schema{.format = "+s", .children = {NameField("run"), NameField("tag")}};
  for (FieldSpec& field : PointFields()) schema.children.push_back(std::move(field));
  return schema;
}

template <typename T>
ArraySpec ColumnArray(const SharedExperiment& experiment, const Column<T>& column) {
  return {.length = static_cast<int64_t>(column.size()),
          .buffers = {nullptr, column.data()},
          .keep = experiment};
}

std::vector<ArraySpec> PointArrays(const SharedExperiment& experiment,
                                   const model::Series& series) {
  return {ColumnArray(experiment, series.steps), ColumnArray(experiment, series.wall_times),
          ColumnArray(experiment, series.values)};
}

ArraySpec Struct(size_t length, std::vector<ArraySpec> children) {
  return {.length = static_cast<int64_t>(length),
          .buffers = {nullptr},
          .children = std::move(children)};
}

// As many zeros as the longest series has points: every index of a batch into its dictionary of
// one name, for all batches the same memory.
std::shared_ptr<const std::vector<int32_t>> Zeros(const std::vector<SeriesView>& all) {
  size_t longest = 0;
  for (const SeriesView& view : all) longest = std::max(longest, view.get().size());
  return std::make_shared<const std::vector<int32_t>>(longest, 0);
}

ArraySpec NameArray(std::string_view name, size_t length,
                    const std::shared_ptr<const std::vector<int32_t>>& zeros) {
  struct OneString {
    std::string text;
    int32_t offsets[2];
  };
  auto one = std::make_shared<OneString>();
  one->text = ValidUtf8(name.substr(0, size_t{1} << 20));
  one->offsets[0] = 0;
  one->offsets[1] = static_cast<int32_t>(one->text.size());
  ArraySpec values{.length = 1, .buffers = {nullptr, one->offsets, one->text.data()}, .keep = one};
  return {.length = static_cast<int64_t>(length),
          .buffers = {nullptr, zeros->data()},
          .dictionary = {std::move(values)},
          .keep = zeros};
}

// One batch a series.
struct Stream {
  std::vector<SeriesView> series;
  std::shared_ptr<const std::vector<int32_t>> zeros;
  size_t next = 0;
};

// No exception may leave what Arrow calls.
template <typename Work>
int Guarded(Work work) {
  try {
    work();
    return 0;
  } catch (const std::bad_alloc&) {
    return ENOMEM;
  }
}

int GetSchema(ArrowArrayStream*, ArrowSchema* out) {
  return Guarded([&] { ExportField(TableSchema(), out); });
}

int GetNext(ArrowArrayStream* self, ArrowArray* out) {
  auto& stream = *static_cast<Stream*>(self->private_data);
  std::memset(out, 0, sizeof(*out));  // no release: the end
  if (stream.next == stream.series.size()) return 0;
  return Guarded([&] {
    const SeriesView& view = stream.series[stream.next];
    const model::Series& series = view.get();
    std::vector<ArraySpec> columns{
        NameArray(view.experiment->runs[view.run].name, series.size(), stream.zeros),
        NameArray(series.tag, series.size(), stream.zeros)};
    for (ArraySpec& points : PointArrays(view.experiment, series)) {
      columns.push_back(std::move(points));
    }
    ExportArray(Struct(series.size(), std::move(columns)), out);
    ++stream.next;
  });
}

void ReleaseStream(ArrowArrayStream* self) {
  std::default_delete<Stream>()(static_cast<Stream*>(self->private_data));
  self->release = nullptr;
}

// A capsule that releases what nobody took.
template <typename T>
nb::capsule Capsule(std::unique_ptr<T> value, const char* name) {
  nb::capsule capsule = nb::steal<nb::capsule>(PyCapsule_New(value.get(), name, [](PyObject* self) {
    const std::unique_ptr<T> owned(
        static_cast<T*>(PyCapsule_GetPointer(self, PyCapsule_GetName(self))));
    if (owned->release != nullptr) owned->release(owned.get());
  }));
  if (!capsule.is_valid()) throw nb::python_error();
  static_cast<void>(value.release());
  return capsule;
}

nb::capsule SchemaCapsule(FieldSpec field) {
  auto schema = std::make_unique<ArrowSchema>();
  ExportField(std::move(field), schema.get());
  return Capsule(std::move(schema), "arrow_schema");
}

nb::tuple SeriesCapsules(const SeriesView& view) {
  auto array = std::make_unique<ArrowArray>();
  ExportArray(Struct(view.get().size(), PointArrays(view.experiment, view.get())), array.get());
  return nb::make_tuple(SchemaCapsule(SeriesSchema()), Capsule(std::move(array), "arrow_array"));
}

nb::capsule StreamCapsule(std::vector<SeriesView> series) {
  auto stream = std::make_unique<ArrowArrayStream>();
  auto zeros = Zeros(series);
  auto state = std::make_unique<Stream>(Stream{std::move(series), std::move(zeros)});
  *stream = {.get_schema = GetSchema,
             .get_next = GetNext,
             .get_last_error = [](ArrowArrayStream*) -> const char* { return nullptr; },
             .release = ReleaseStream,
             .private_data = state.release()};
  return Capsule(std::move(stream), "arrow_array_stream");
}

}  // namespace

void BindArrow(nb::module_& module) {
  module.def("series_schema", [] { return SchemaCapsule(SeriesSchema()); });
  module.def("series_array", SeriesCapsules, nb::arg("series"));
  module.def("table_schema", [] { return SchemaCapsule(TableSchema()); });
  module.def("table_stream", StreamCapsule, nb::arg("series"));
}

}  // namespace telltale::python
