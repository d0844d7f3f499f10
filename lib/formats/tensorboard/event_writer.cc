#include "lib/formats/tensorboard/event_writer.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <utility>
#include <variant>

#include "absl/strings/str_format.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/formats/tensorboard/tensor.h"
#include "proto/event.pb.h"
#include "proto/plugins.pb.h"

namespace telltale::formats::tensorboard {
namespace {

// tensorboard/compat/proto/summary.proto, DataClass. Plugins other than TensorBoard's own are
// invisible without it.
constexpr int kScalarClass = 1;
constexpr int kTensorClass = 2;

constexpr int kSessionSucceeded = 1;  // hparams/api.proto, Status

proto::Event NewEvent(int64_t step, double wall_time) {
  proto::Event event;
  event.set_step(step);
  event.set_wall_time(wall_time);
  return event;
}

absl::Status Write(records::TfRecordWriter& records, const proto::Event& event) {
  return records.Write(event.SerializeAsString());
}

// A string tensor of one plugin, without elements.
proto::TensorProto& AddStringTensor(proto::Event& event, std::string_view tag,
                                    std::string_view plugin) {
  proto::Summary::Value& value = *event.mutable_summary()->add_value();
  value.set_tag(ValidUtf8(tag));
  value.mutable_metadata()->mutable_plugin_data()->set_plugin_name(std::string(plugin));
  value.mutable_metadata()->set_data_class(kTensorClass);
  value.mutable_tensor()->set_dtype(kDtString);
  value.mutable_tensor()->mutable_tensor_shape();
  return *value.mutable_tensor();
}

void SetShape(const model::TextPoint& point, proto::TensorShape& shape) {
  for (const int64_t size : point.shape) shape.add_dim()->set_size(size);
  if (ElementCount(shape) == point.strings.size()) return;
  shape.clear_dim();
  shape.add_dim()->set_size(static_cast<int64_t>(point.strings.size()));
}

// `tag` as a regular expression that Python's re and JavaScript's RegExp read alike: TensorBoard
// matches it with the one and shows it with the other.
std::string ExactTagPattern(std::string_view tag) {
  std::string pattern = "^";
  for (const char c : ValidUtf8(tag)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f) {
      absl::StrAppendFormat(&pattern, "\\x%02x", byte);
      continue;
    }
    if (std::string_view("\\^$.|?*+()[]{}").find(c) != std::string_view::npos) pattern += '\\';
    pattern += c;
  }
  return pattern + "$";
}

proto::Layout LayoutOf(std::span<const ChartCategory> categories) {
  proto::Layout layout;
  for (const ChartCategory& from : categories) {
    proto::Category& category = *layout.add_category();
    category.set_title(ValidUtf8(from.title));
    for (const Chart& chart : from.charts) {
      proto::Chart& added = *category.add_chart();
      added.set_title(ValidUtf8(chart.title));
      for (const std::string& tag : chart.tags) {
        added.mutable_multiline()->add_tag(ExactTagPattern(tag));
      }
      for (const Band& band : chart.bands) {
        auto& series = *added.mutable_margin()->add_series();
        series.set_value(ValidUtf8(band.value));
        series.set_lower(ValidUtf8(band.lower));
        series.set_upper(ValidUtf8(band.upper));
      }
    }
  }
  return layout;
}

proto::Value ValueOf(const model::ParamValue& value) {
  proto::Value out;
  if (const auto* text = std::get_if<std::string>(&value)) {
    out.set_string_value(ValidUtf8(*text));
  } else if (const auto* number = std::get_if<double>(&value)) {
    out.set_number_value(*number);
  } else {
    out.set_bool_value(std::get<bool>(value));
  }
  return out;
}

}  // namespace

EventWriter::EventWriter(io::ByteSink sink, double wall_time)
    : records_(std::move(sink)), wall_time_(wall_time) {}

absl::Status EventWriter::Begin(std::string_view writer) {
  proto::Event event = NewEvent(0, wall_time_);
  // With any other version TensorBoard's Python loader drops points when a step goes back.
  event.set_file_version("brain.Event:2");
  event.mutable_source_metadata()->set_writer(std::string(writer));
  return Write(records_, event);
}

absl::Status EventWriter::AddScalars(int64_t step, double wall_time,
                                     std::span<const ScalarValue> values) {
  proto::Event event = NewEvent(step, wall_time);
  for (const ScalarValue& from : values) {
    proto::Summary::Value& value = *event.mutable_summary()->add_value();
    value.set_tag(ValidUtf8(from.tag));
    value.set_simple_value(static_cast<float>(from.value));
    if (!described_.insert(value.tag()).second) continue;
    proto::SummaryMetadata& metadata = *value.mutable_metadata();
    metadata.mutable_plugin_data()->set_plugin_name("scalars");
    metadata.set_data_class(kScalarClass);
    if (!from.display_name.empty()) metadata.set_display_name(ValidUtf8(from.display_name));
    if (!from.description.empty()) metadata.set_summary_description(ValidUtf8(from.description));
  }
  return Write(records_, event);
}

absl::Status EventWriter::AddText(std::string_view tag, const model::TextPoint& point) {
  proto::Event event = NewEvent(point.step, point.wall_time);
  proto::TensorProto& tensor = AddStringTensor(event, tag, "text");
  SetShape(point, *tensor.mutable_tensor_shape());
  for (const std::string& text : point.strings) tensor.add_string_val(ValidUtf8(text));
  return Write(records_, event);
}

absl::Status EventWriter::AddLayout(std::span<const ChartCategory> categories) {
  proto::Event event = NewEvent(0, wall_time_);
  AddStringTensor(event, "custom_scalars__config__", "custom_scalars")
      .add_string_val(LayoutOf(categories).SerializeAsString());
  return Write(records_, event);
}

absl::Status EventWriter::AddValue(int64_t step, double wall_time, std::string_view value) {
  constexpr int kSummary = 5, kValue = 1;  // field numbers
  std::string bytes = NewEvent(step, wall_time).SerializeAsString();
  const auto size = static_cast<uint32_t>(value.size());
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream out(&stream);
  out.WriteTag(kSummary << 3 | 2);
  out.WriteVarint32(size + 1 + static_cast<uint32_t>(out.VarintSize32(size)));
  out.WriteTag(kValue << 3 | 2);
  out.WriteVarint32(size);
  out.WriteRaw(value.data(), static_cast<int>(size));
  out.Trim();
  return records_.Write(bytes);
}

absl::Status EventWriter::AddEvent(std::string_view event) { return records_.Write(event); }

absl::Status EventWriter::AddMetadataOnly(std::string_view tag, std::string_view plugin,
                                          std::string content) {
  proto::Event event = NewEvent(0, wall_time_);
  proto::Summary::Value& value = *event.mutable_summary()->add_value();
  value.set_tag(std::string(tag));
  value.mutable_metadata()->mutable_plugin_data()->set_plugin_name(std::string(plugin));
  value.mutable_metadata()->mutable_plugin_data()->set_content(std::move(content));
  // No data class: with one, TensorBoard's Python loader takes the value for migrated already, does
  // not give it the tensor that it lacks, and answers with an error (dataclass_compat.py, 2.21).
  return Write(records_, event);
}

absl::Status EventWriter::AddHparams(std::span<const model::Param> params) {
  proto::HParamsPluginData start;
  start.mutable_session_start_info()->set_start_time_secs(wall_time_);
  for (const model::Param& param : params) {
    auto& entry = *start.mutable_session_start_info()->add_hparams();
    entry.set_key(ValidUtf8(param.name));
    *entry.mutable_value() = ValueOf(param.value);
  }
  TELLTALE_RETURN_IF_ERROR(
      AddMetadataOnly("_hparams_/session_start_info", "hparams", start.SerializeAsString()));
  proto::HParamsPluginData end;
  end.mutable_session_end_info()->set_status(kSessionSucceeded);
  end.mutable_session_end_info()->set_end_time_secs(wall_time_);
  return AddMetadataOnly("_hparams_/session_end_info", "hparams", end.SerializeAsString());
}

}  // namespace telltale::formats::tensorboard
