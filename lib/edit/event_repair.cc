#include "lib/edit/event_repair.h"

#include <cmath>

#include "lib/base/text.h"
#include "lib/formats/tensorboard/tensor.h"

namespace telltale::edit {
namespace {

// Tags of one file whose plugin is remembered; a file with more is mended value by value.
constexpr size_t kMostTags = 1000000;

}  // namespace

bool EventRepair::Count(std::string_view what) {
  const auto found = changes_.find(what);
  if (found != changes_.end()) {
    ++found->second;
  } else {
    changes_.emplace(what, 1);
  }
  return true;
}

bool EventRepair::MendTime(proto::Event& event) {
  if (std::isfinite(event.wall_time())) {
    last_time_ = event.wall_time();
    return false;
  }
  event.set_wall_time(last_time_);
  return Count("wall times that are not finite became that of the event before");
}

bool EventRepair::MendScalar(proto::Summary::Value& value) {
  const auto scalar = formats::tensorboard::OnlyElement(value.tensor());
  if (!scalar.has_value()) return false;
  const std::string& plugin = plugins_[value.tag()];
  if (!plugin.empty() && plugin != "scalars") return false;
  const bool plain = value.tensor().dtype() == formats::tensorboard::kDtFloat &&
                     value.tensor().tensor_shape().dim().empty();
  if (plain && !plugin.empty()) return false;
  value.set_simple_value(static_cast<float>(scalar->value));
  return Count(!plain
                   ? "scalars of another type or shape than TensorBoard shows became 32-bit scalars"
                   : "scalars without metadata became plain scalars");
}

bool EventRepair::MendText(proto::Summary::Value& value) {
  const std::string& plugin = plugins_[value.tag()];
  if (plugin != "text") return false;
  bool changed = false;
  for (std::string& text : *value.mutable_tensor()->mutable_string_val()) {
    std::string valid = ValidUtf8(text);
    if (valid == text) continue;
    text = std::move(valid);
    changed = true;
  }
  return changed && Count("texts got U+FFFD for bytes that are no UTF-8");
}

bool EventRepair::Apply(proto::Event& event) {
  bool changed = MendTime(event);
  if (!event.has_summary()) return changed;
  for (proto::Summary::Value& value : *event.mutable_summary()->mutable_value()) {
    if (value.has_metadata() && plugins_.size() < kMostTags) {
      plugins_.try_emplace(value.tag(), value.metadata().plugin_data().plugin_name());
    }
    if (!value.has_tensor()) continue;
    const bool mended = MendScalar(value) || MendText(value);
    changed = changed || mended;
  }
  return changed;
}

}  // namespace telltale::edit
