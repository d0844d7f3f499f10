// The extension telltale._core.
#include "bindings.h"
#include "errors.h"
#include "lib/base/text.h"
#include "lib/base/version.h"

namespace telltale::python {

nb::str Text(std::string_view text) {
  PyObject* decoded =
      PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), nullptr);
  if (decoded == nullptr) {
    PyErr_Clear();
    const std::string valid = ValidUtf8(text);
    decoded = PyUnicode_DecodeUTF8(valid.data(), static_cast<Py_ssize_t>(valid.size()), "replace");
  }
  if (decoded == nullptr) throw nb::python_error();
  return nb::steal<nb::str>(decoded);
}

nb::str PathText(std::string_view path) {
  PyObject* decoded =
      PyUnicode_DecodeFSDefaultAndSize(path.data(), static_cast<Py_ssize_t>(path.size()));
  if (decoded == nullptr) throw nb::python_error();
  return nb::steal<nb::str>(decoded);
}

}  // namespace telltale::python

NB_MODULE(_core, module) {
  module.attr("__version__") = telltale::python::Text(telltale::Version());
  telltale::python::RegisterErrors();
  telltale::python::BindExperiment(module);
  telltale::python::BindSeries(module);
  telltale::python::BindArrow(module);
  telltale::python::BindBuilder(module);
  telltale::python::BindFollower(module);
  telltale::python::BindDiagnosis(module);
  telltale::python::BindConversion(module);
}
