#include "arrow_nodes.h"

#include <utility>

namespace telltale::python {
namespace {

// What one structure points to; owned by its private_data.
template <typename Node, typename Spec>
struct Owned {
  Spec spec;
  std::vector<Node> nodes;  // children, then the dictionary
  std::vector<Node*> children;
};

template <typename Node, typename Spec>
void Release(Node* node) {
  const std::unique_ptr<Owned<Node, Spec>> owned(
      static_cast<Owned<Node, Spec>*>(node->private_data));
  for (Node& below : owned->nodes) {
    if (below.release != nullptr) below.release(&below);
  }
  node->release = nullptr;
}

template <typename Node, typename Spec, typename Export>
Owned<Node, Spec>* Own(Spec spec, Node* out, Export export_below) {
  auto owned = std::make_unique<Owned<Node, Spec>>();
  const size_t children = spec.children.size();
  owned->nodes.resize(children + spec.dictionary.size());
  for (size_t i = 0; i < owned->nodes.size(); ++i) {
    Spec& below = i < children ? spec.children[i] : spec.dictionary[0];
    export_below(std::move(below), &owned->nodes[i]);
    if (i < children) owned->children.push_back(&owned->nodes[i]);
  }
  owned->spec = std::move(spec);
  *out = {};
  out->n_children = static_cast<int64_t>(children);
  out->children = owned->children.data();
  out->dictionary = owned->nodes.size() > children ? &owned->nodes.back() : nullptr;
  out->release = Release<Node, Spec>;
  out->private_data = owned.get();
  return owned.release();
}

}  // namespace

void ExportField(FieldSpec field, ArrowSchema* out) {
  const auto* owned = Own(std::move(field), out, ExportField);
  out->format = owned->spec.format.c_str();
  out->name = owned->spec.name.c_str();
}

void ExportArray(ArraySpec array, ArrowArray* out) {
  auto* owned = Own(std::move(array), out, ExportArray);
  out->length = owned->spec.length;
  out->n_buffers = static_cast<int64_t>(owned->spec.buffers.size());
  out->buffers = owned->spec.buffers.data();
}

}  // namespace telltale::python
