#include "lib/formats/tensorboard/run_builder.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/strings/escaping.h"
#include "lib/base/str.h"
#include "lib/formats/tensorboard/append_run.h"
#include "lib/formats/tensorboard/own_writer.h"
#include "lib/formats/tensorboard/tensor.h"
#include "proto/plugins.pb.h"

namespace telltale::formats::tensorboard {
namespace {

// A tag for a message: escaped, and short enough to read.
std::string Quoted(std::string_view tag) {
  constexpr size_t kMost = 80;
  if (tag.size() <= kMost) return StrCat("\"", absl::CHexEscape(ToAbsl(tag)), "\"");
  return StrCat("\"", absl::CHexEscape(ToAbsl(tag.substr(0, kMost))), "...\"");
}

}  // namespace

RunBuilder::RunBuilder(const ReadOptions& read, std::string run_name,
                       std::function<void(ProblemKind, std::string)> problem)
    : read_(read), run_name_(std::move(run_name)), problem_(std::move(problem)) {}

uint32_t RunBuilder::LookUp(std::string_view tag) {
  if (const auto found = index_.find(ToAbsl(tag)); found != index_.end()) return found->second;
  if (states_.size() >= read_.max_tags) {
    if (!too_many_tags_) {
      too_many_tags_ = static_cast<uint32_t>(states_.size());
      states_.emplace_back().selected = false;
      problem_(ProblemKind::kLimitReached,
               StrCat("the file has more than ", read_.max_tags, " tags: from ", Quoted(tag),
                      " on values of further ones are left out (--limit tags=N raises this)"));
    }
    return *too_many_tags_;
  }
  const std::string& kept = tags_.emplace_back(tag);
  const auto index = static_cast<uint32_t>(states_.size());
  index_.emplace(kept, index);
  TagState& state = states_.emplace_back();
  state.tag = kept;
  state.selected = !read_.select || read_.select(run_name_, tag);
  return index;
}

void RunBuilder::TakeMetadata(TagState& state, const proto::SummaryMetadata& metadata) {
  if (state.metadata_seen) return;
  state.metadata_seen = true;
  state.plugin = metadata.plugin_data().plugin_name();
}

uint32_t RunBuilder::NewSeries(TagState& state) {
  state.series = static_cast<uint32_t>(run_.series.size());
  model::Series& series = run_.series.emplace_back();
  if (spare_ != nullptr && !spare_->empty()) {
    series = std::move(spare_->back());
    spare_->pop_back();
  }
  series.tag = std::string(state.tag);
  series.plugin = "scalars";
  series.float32 = true;
  return state.series;
}

void RunBuilder::CheckOddWallTime(double wall_time) {
  if (wall_time == 0) return;  // was not set
  if (std::isfinite(wall_time)) {
    run_.first_wall_time =
        run_.first_wall_time == 0 ? wall_time : std::min(run_.first_wall_time, wall_time);
    run_.last_wall_time = std::max(run_.last_wall_time, wall_time);
    return;
  }
  if (std::isnan(wall_time) && !nan_wall_time_) {
    nan_wall_time_ = true;
    problem_(ProblemKind::kHiddenByTracker,
             "an event's wall time is NaN: TensorBoard's default loader gives up on the file here, "
             "all is read");
  } else if (std::isinf(wall_time) && !infinite_wall_time_) {
    infinite_wall_time_ = true;
    problem_(ProblemKind::kHiddenByTracker,
             "an event's wall time is infinite: TensorBoard's default loader drops the event, it "
             "is kept here");
  }
}

void RunBuilder::AddPlain(const PlainScalar& event) {
  CheckWallTime(event.wall_time);
  if (read_.verify_only) return;
  TagState& state = StateOf(event.tag);
  if (state.selected) {
    AddPoint(state, event.step, event.wall_time, static_cast<double>(event.value));
  }
}

void RunBuilder::AddScanned(const ScannedEvent& event) {
  CheckWallTime(event.wall_time);
  if (read_.verify_only) return;
  for (const ScannedScalar& scalar : event.scalars) {
    TagState& state = StateOf(scalar.tag);
    if (!state.selected) continue;
    if (!state.metadata_seen && !scalar.metadata.empty()) {
      proto::SummaryMetadata metadata;
      if (metadata.ParseFromArray(scalar.metadata.data(),
                                  static_cast<int>(scalar.metadata.size()))) {
        TakeMetadata(state, metadata);
        model::Series& series = SeriesOf(state);
        series.display_name = metadata.display_name();
        series.description = metadata.summary_description();
      }
    }
    if (scalar.tensor) NeedsMetadata(state);
    if (scalar.tensor && state.plugin != "scalars") {
      ReportOnce(
          state, kNoMetadata, ProblemKind::kHiddenByTracker,
          StrCat("tag ", Quoted(scalar.tag), " holds single numbers as tensors but says ",
                 state.plugin.empty() ? "no plugin" : StrCat("plugin ", Quoted(state.plugin)),
                 ": TensorBoard does not show them as scalars, they are read as such here"));
    }
    AddPoint(state, event.step, event.wall_time, static_cast<double>(scalar.value));
  }
}

void RunBuilder::AddEvent(const proto::Event& event) {
  if (event.has_source_metadata() && IsOwnWriter(event.source_metadata().writer())) {
    run_.written_by_telltale = true;
  }
  switch (event.what_case()) {
    case proto::Event::kSummary:
      CheckWallTime(event.wall_time());
      if (read_.verify_only) return;
      for (const Value& value : event.summary().value()) AddValue(event, value);
      break;
    case proto::Event::kSessionLog:
      if (event.session_log().status() == proto::SessionLog::START)
        run_.restarts.push_back(event.step());
      break;
    case proto::Event::kGraphDef:
      AddBlob(event, "graph", event.graph_def().size());
      break;
    case proto::Event::kMetaGraphDef:
      AddBlob(event, "meta_graph", event.meta_graph_def().size());
      break;
    case proto::Event::kTaggedRunMetadata:
      AddBlob(event, "run_metadata", event.tagged_run_metadata().size());
      break;
    case proto::Event::kLogMessage:
      AddBlob(event, "log_message", event.log_message().size());
      break;
    case proto::Event::kFileVersion:
    case proto::Event::WHAT_NOT_SET:
      break;
  }
}

void RunBuilder::AddValue(const proto::Event& event, const Value& value) {
  TagState& state = StateOf(value.tag());
  if (!state.selected) return;
  if (value.has_metadata()) TakeMetadata(state, value.metadata());
  switch (value.value_case()) {
    case Value::kSimpleValue:
      AddPoint(state, event.step(), event.wall_time(), static_cast<double>(value.simple_value()));
      break;
    case Value::kTensor:
      AddTensor(event, value, state);
      break;
    case Value::kHisto:
    case Value::kObsoleteOldStyleHistogram:
      AddOpaque(event, value, state, "histograms");
      break;
    case Value::kImage:
      AddOpaque(event, value, state, "images");
      break;
    case Value::kAudio:
      AddOpaque(event, value, state, "audio");
      break;
    case Value::VALUE_NOT_SET:
      NeedsMetadata(state);
      if (state.plugin == "hparams") AddHparams(value.metadata().plugin_data().content());
      if (value.has_metadata()) AddOpaque(event, value, state, state.plugin);
      break;
  }
}

void RunBuilder::AddTensor(const proto::Event& event, const Value& value, TagState& state) {
  NeedsMetadata(state);
  const proto::TensorProto& tensor = value.tensor();
  const bool scalar_plugin = state.plugin == "scalars";
  if (state.plugin == "hparams") {
    AddHparams(value.metadata().plugin_data().content());
    AddOpaque(event, value, state, "hparams");
    return;
  }
  if (tensor.dtype() == kDtString &&
      (state.plugin == "text" || scalar_plugin || HasScalars(state))) {
    AddText(event, value, state);
    return;
  }
  // Scalars of this tag that stand before the part would have made text of it.
  if (assumed_ && tensor.dtype() == kDtString && state.plugin != "text") depends_on_before_ = true;
  const bool rank0 = tensor.tensor_shape().dim_size() == 0;
  const std::optional<TensorScalar> scalar =
      scalar_plugin || (state.plugin.empty() && rank0) ? OnlyElement(tensor) : std::nullopt;
  if (!scalar.has_value()) {
    if (scalar_plugin) {
      ReportOnce(state, kRank, ProblemKind::kUnsupported,
                 StrCat("tag ", Quoted(value.tag()), " of the scalars plugin holds a tensor of ",
                        DtypeName(tensor.dtype()), " that is not one number, kept as it is"));
    }
    AddOpaque(event, value, state, state.plugin.empty() ? "tensors" : state.plugin);
    return;
  }
  if (!scalar_plugin || !rank0) {
    ReportOnce(state, kNoMetadata, ProblemKind::kHiddenByTracker,
               StrCat("tag ", Quoted(value.tag()), " holds single numbers as tensors ",
                      rank0 ? "without the scalars plugin's metadata" : "of rank above 0",
                      ": TensorBoard does not show them as scalars, they are read as such here"));
  } else if (tensor.dtype() != kDtFloat) {
    ReportOnce(
        state, kDouble, ProblemKind::kHiddenByTracker,
        StrCat("tag ", Quoted(value.tag()), " holds scalars of type ", DtypeName(tensor.dtype()),
               ": TensorBoard's default loader hides all but float, they are read here"));
  }
  if (state.series == kNone && value.has_metadata()) {
    model::Series& series = SeriesOf(state);
    series.display_name = value.metadata().display_name();
    series.description = value.metadata().summary_description();
  }
  model::Series& series = AddPoint(state, event.step(), event.wall_time(), scalar->value);
  series.float32 = series.float32 && scalar->float32;
}

void RunBuilder::AddText(const proto::Event& event, const Value& value, TagState& state) {
  if (state.plugin != "text") {
    ReportOnce(state, kTextOnScalar, ProblemKind::kHiddenByTracker,
               StrCat("tag ", Quoted(value.tag()),
                      " holds text besides scalars: TensorBoard hides it or shows it as a number, "
                      "it is kept as text"));
  }
  if (state.text == kNone) {
    state.text = static_cast<uint32_t>(run_.texts.size());
    run_.texts.emplace_back().tag = value.tag();
  }
  model::TextPoint& point = run_.texts[state.text].points.emplace_back();
  point.step = event.step();
  point.wall_time = event.wall_time();
  for (const std::string& text : value.tensor().string_val()) point.strings.push_back(text);
  for (const auto& dim : value.tensor().tensor_shape().dim()) point.shape.push_back(dim.size());
}

void RunBuilder::AddOpaque(const proto::Event& event, const Value& value, TagState& state,
                           std::string_view kind) {
  if (state.opaque == kNone) {
    state.opaque = static_cast<uint32_t>(run_.opaque.size());
    model::OpaqueSeries& series = run_.opaque.emplace_back();
    series.tag = value.tag();
    series.kind = std::string(kind);
  }
  model::OpaqueSeries& series = run_.opaque[state.opaque];
  ++series.count;
  series.byte_size += value.ByteSizeLong();
  if (read_.keep_opaque) {
    series.points.push_back({event.step(), event.wall_time(), value.SerializeAsString()});
  }
}

void RunBuilder::AddBlob(const proto::Event& event, std::string_view kind, uint64_t bytes) {
  if (read_.verify_only) return;
  auto found = std::find_if(
      run_.opaque.begin(), run_.opaque.end(),
      [&](const model::OpaqueSeries& series) { return series.tag.empty() && series.kind == kind; });
  if (found == run_.opaque.end()) {
    found = run_.opaque.insert(run_.opaque.end(), model::OpaqueSeries{});
    found->kind = std::string(kind);
  }
  ++found->count;
  found->byte_size += bytes;
  if (read_.keep_opaque)
    found->points.push_back({event.step(), event.wall_time(), event.SerializeAsString()});
}

void RunBuilder::AddHparams(std::string_view content) {
  proto::HParamsPluginData data;
  if (!data.ParseFromArray(content.data(), static_cast<int>(content.size()))) {
    problem_(ProblemKind::kUnparsable,
             "the hparams plugin's data is no HParamsPluginData message, kept as it is");
    return;
  }
  for (const auto& entry : data.session_start_info().hparams()) {
    if (!params_seen_.insert(entry.key()).second) continue;
    switch (entry.value().kind_case()) {
      case proto::Value::kNumberValue:
        run_.params.push_back({entry.key(), entry.value().number_value()});
        break;
      case proto::Value::kBoolValue:
        run_.params.push_back({entry.key(), entry.value().bool_value()});
        break;
      case proto::Value::kStringValue:
        run_.params.push_back({entry.key(), entry.value().string_value()});
        break;
      default:
        break;  // null, or nested: the hparams dashboard shows neither
    }
  }
}

void RunBuilder::ReportOnce(TagState& state, Oddity oddity, ProblemKind kind, std::string message) {
  if ((state.reported & oddity) != 0) return;
  state.reported |= oddity;
  problem_(kind, std::move(message));
}

void RunBuilder::Assume(const std::vector<TagFacts>& known) {
  assumed_ = true;
  for (const TagFacts& facts : known) {
    TagState& state = states_[LookUp(facts.tag)];
    state.plugin = facts.plugin;
    state.metadata_seen = facts.metadata_seen;
    state.scalars_before = facts.scalars;
    state.reported = facts.reported;
  }
}

std::vector<TagFacts> RunBuilder::Facts() const {
  std::vector<TagFacts> facts;
  facts.reserve(states_.size());
  for (const TagState& state : states_) {
    facts.push_back({.tag = std::string(state.tag),
                     .plugin = state.plugin,
                     .metadata_seen = state.metadata_seen,
                     .scalars = HasScalars(state),
                     .reported = state.reported});
  }
  return facts;
}

model::Run RunBuilder::Finish() {
  if (spare_ == nullptr) GiveBackRoom(run_);
  return std::move(run_);
}

}  // namespace telltale::formats::tensorboard
