// Log directories that grow: only what is new is read.
#include <utility>

#include "bindings.h"
#include "errors.h"
#include "lib/watch/incremental_reader.h"

namespace telltale::python {
namespace {

class Follower {
 public:
  explicit Follower(std::string path) : path_(std::move(path)), reader_(path_) {}

  ReadResult Read() {
    auto read = [&] {
      const nb::gil_scoped_release release;
      return reader_.Read();
    }();
    return {ValueOrThrow(std::move(read), path_)};
  }

 private:
  const std::string path_;
  watch::IncrementalReader reader_;
};

}  // namespace

void BindFollower(nb::module_& module) {
  nb::class_<Follower>(module, "Follower")
      .def("__init__",
           [](Follower* self, const nb::bytes& path) { std::construct_at(self, Bytes(path)); })
      .def("read", &Follower::Read);
}

}  // namespace telltale::python
