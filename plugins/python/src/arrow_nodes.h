// Trees of Arrow structures that own what they point to.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "arrow_abi.h"

namespace telltale::python {

// A field of a schema, to be exported.
struct FieldSpec {
  std::string format = {};  // of the C data interface: "l", "g", "+s"
  std::string name = {};
  std::vector<FieldSpec> children = {};
  std::vector<FieldSpec> dictionary = {};  // of the values, where the field holds indices into one
};

// An array without nulls, to be exported. `keep` owns what `buffers` point to.
struct ArraySpec {
  int64_t length = 0;
  std::vector<const void*> buffers = {};  // the first, of validity, is nullptr
  std::vector<ArraySpec> children = {};
  std::vector<ArraySpec> dictionary = {};  // empty, or one
  std::shared_ptr<const void> keep = {};
};

// Fills in `out`, whose release gives everything back, children that were moved away excepted.
void ExportField(FieldSpec field, ArrowSchema* out);
void ExportArray(ArraySpec array, ArrowArray* out);

}  // namespace telltale::python
