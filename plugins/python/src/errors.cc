#include "errors.h"

#include <optional>
#include <string_view>

#include "absl/strings/numbers.h"
#include "bindings.h"
#include "lib/base/str.h"

namespace telltale::python {
namespace {

struct Parts {
  std::string path = {};
  std::optional<uint64_t> offset = {};
  std::string cause = {};
};

Parts PartsOf(std::string_view message, const std::string& asked) {
  constexpr std::string_view kAt = ": at byte ";
  Parts parts{.path = asked, .cause = std::string(message)};
  if (const size_t at = message.find(kAt); at != std::string_view::npos) {
    const std::string_view rest = message.substr(at + kAt.size());
    const size_t colon = rest.find(": ");
    uint64_t offset = 0;
    if (colon != std::string_view::npos &&
        absl::SimpleAtoi(ToAbsl(rest.substr(0, colon)), &offset)) {
      return {std::string(message.substr(0, at)), offset, std::string(rest.substr(colon + 2))};
    }
  }
  // A path below the one asked for begins like it.
  if (!asked.empty() && message.starts_with(asked)) {
    const size_t colon = message.find(": ", asked.size());
    if (colon != std::string_view::npos) {
      parts.path = std::string(message.substr(0, colon));
      parts.cause = std::string(message.substr(colon + 2));
    }
  }
  return parts;
}

void Translate(const std::exception_ptr& error, void*) {
  try {
    std::rethrow_exception(error);
  } catch (const StatusError& e) {
    const Parts parts = PartsOf(e.what(), e.path());
    const nb::object type = nb::module_::import_("telltale.errors").attr("TelltaleError");
    const nb::object offset = parts.offset ? nb::object(nb::int_(*parts.offset)) : nb::none();
    const nb::object instance =
        type(Text(e.what()), nb::arg("path") = PathText(parts.path), nb::arg("offset") = offset,
             nb::arg("cause") = Text(parts.cause),
             nb::arg("code") = Text(absl::StatusCodeToString(e.status().code())));
    PyErr_SetObject(type.ptr(), instance.ptr());
  }
}

}  // namespace

void RegisterErrors() { nb::register_exception_translator(Translate); }

}  // namespace telltale::python
