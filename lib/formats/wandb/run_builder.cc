#include "lib/formats/wandb/run_builder.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "lib/base/str.h"
#include "lib/formats/wandb/json.h"
#include "lib/formats/wandb/names.h"
#include "lib/model/wall_times.h"

namespace telltale::formats::wandb {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr std::string_view kMediaKey = "_type";
constexpr std::string_view kMediaEnd("\0_type", 6);
// Also of W&B's own: not metrics, though they stand in rows.
constexpr std::string_view kPrivateKey = "_wandb";

double SecondsOf(const proto::WandbTime& time) {
  return static_cast<double>(time.seconds()) + static_cast<double>(time.nanos()) * 1e-9;
}

std::optional<double> NumberOf(const HistoryItem& item) {
  if (item.kind == HistoryItem::Kind::kNumber) return item.number;
  return item.kind == HistoryItem::Kind::kJson ? ParseNumber(item.text) : std::nullopt;
}

std::string KindOf(const Json& leaf) {
  if (leaf.is_array()) return "list";
  if (!leaf.is_object() || !leaf.contains(kMediaKey)) return "dictionary";
  const Json& type = leaf[std::string(kMediaKey)];
  return type.is_string() ? type.get<std::string>() : "media";
}

bool IsPrivate(const std::string& path) {
  return path == kStepKey || path == kTimeKey || path == kRuntimeKey || path == kPrivateKey ||
         path.starts_with(StrCat(kPrivateKey, std::string_view(&kPathSeparator, 1)));
}

}  // namespace

RunBuilder::RunBuilder(const ReadOptions& options, Axes axes)
    : options_(options), keep_rows_(axes == Axes::kKept) {}

bool RunBuilder::Add(std::string_view record) {
  // Nearly all of a file.
  if (row_.Scan(record, HistoryRow::Of::kHistory)) {
    AddRow();
    return true;
  }
  if (row_.Scan(record, HistoryRow::Of::kSummary)) {
    AddSummary();
    return true;
  }
  proto::WandbRecord parsed;
  if (!parsed.ParseFromArray(record.data(), static_cast<int>(record.size()))) return false;
  switch (parsed.what_case()) {
    case proto::WandbRecord::kHeader:
      is_notes_ = parsed.header().version_info().producer().starts_with(kNotesProducer);
      break;
    case proto::WandbRecord::kRun:
      AddRun(parsed.run());
      break;
    case proto::WandbRecord::kConfig:
      config_.Apply(parsed.config());
      steps_key_ = StepsKey(config_);
      break;
    case proto::WandbRecord::kSummary:
      summary_.Apply(parsed.summary());
      break;
    case proto::WandbRecord::kStats:
      AddStats(parsed.stats());
      break;
    case proto::WandbRecord::kMetric:
      AddMetric(parsed.metric());
      break;
    case proto::WandbRecord::kEnding:
      run_.info.status = parsed.ending().exit_code() == 0 ? model::RunStatus::kFinished
                                                          : model::RunStatus::kFailed;
      break;
    default:
      break;
  }
  return true;
}

void RunBuilder::AddRun(const proto::WandbRun& record) {
  model::RunInfo& info = run_.info;
  info.id = record.run_id();
  if (!record.project().empty()) info.project = record.project();
  if (!record.display_name().empty()) info.title = record.display_name();
  if (!record.notes().empty()) info.note = record.notes();
  if (!record.run_group().empty()) info.group = record.run_group();
  if (!has_run_ || info.start_time == 0) info.start_time = SecondsOf(record.start_time());
  for (const std::string& tag : record.tags()) {
    if (labels_.insert(tag).second) run_.tags.push_back({tag, true});
  }
  if (record.starting_step() > 0) {
    next_step_ = record.starting_step();
    if (points_ > 0) run_.restarts.push_back(next_step_);
  }
  has_run_ = true;
  info.status = model::RunStatus::kRunning;  // until its exit says otherwise
  config_.Apply(record.config());
  summary_.Apply(record.summary());
  steps_key_ = StepsKey(config_);
}

void RunBuilder::AddMetric(const proto::WandbMetric& record) {
  axes_.Add(record);
  if (!axes_.any() || keep_rows_) return;
  keep_rows_ = true;
  needs_axes_ = needs_axes_ || points_ > 0;
}

void RunBuilder::AddStats(const proto::WandbStats& record) {
  for (const proto::WandbItem& item : record.item()) {
    const std::string key = PathOf(item);
    const std::optional<double> value = ParseNumber(item.value_json());
    if (!value.has_value() || key.starts_with('_')) continue;
    const auto [found, added] = system_of_.emplace(key, system_.size());
    if (added) {
      model::Series& made = system_.emplace_back();
      made.tag = StrCat(kSystemPrefix, Joined(key));
      made.plugin = kSystemPlugin;
      made.role_from_user = true;  // nobody's loss, whatever it is called
    }
    model::Series& series = system_[found->second];
    series.steps.push_back(static_cast<int64_t>(series.size()));
    series.wall_times.push_back(SecondsOf(record.timestamp()));
    series.values.push_back(*value);
  }
}

void RunBuilder::AddSummary() {
  for (size_t i = 0; i < row_.size(); ++i) {
    const HistoryItem& item = row_[i];
    if (item.kind == HistoryItem::Kind::kJson) summary_.Set(item.path, item.text);
  }
}

std::string RunBuilder::Label() const {
  const model::RunInfo& info = run_.info;
  return StrCat(info.project.empty() ? "uncategorized" : info.project, "/",
                info.title.empty() ? info.id : info.title);
}

// Where the row stands: its step and time.
void RunBuilder::FindPosition() {
  std::optional<int64_t> step;
  std::optional<double> time;
  std::optional<double> runtime;
  for (size_t i = 0; i < row_.size(); ++i) {
    const HistoryItem& item = row_[i];
    if (item.path.starts_with('_')) {
      if (item.path == kStepKey && item.kind == HistoryItem::Kind::kJson && steps_key_.empty()) {
        step = ParseInteger(item.text);
      } else if (item.path == kTimeKey) {
        time = NumberOf(item);
      } else if (item.path == kRuntimeKey) {
        runtime = NumberOf(item);
      }
    } else if (item.path == steps_key_ && item.kind == HistoryItem::Kind::kJson) {
      step = ParseInteger(item.text);
    }
  }
  if (!step.has_value()) step = row_.step();
  step_ = step.value_or(next_step_);
  next_step_ = step_ == std::numeric_limits<int64_t>::max() ? step_ : step_ + 1;
  if (!time.has_value() && runtime.has_value() && run_.info.start_time > 0) {
    time = run_.info.start_time + *runtime;
  }
  time_ = time.value_or(kNaN);
}

// Media come as one dictionary or, of newer writers, as one item for each of its members.
void RunBuilder::FindMedia() {
  media_.clear();
  medium_of_.clear();
  for (size_t i = 0; i < row_.size(); ++i) {
    const HistoryItem& item = row_[i];
    if (!item.path.ends_with(kMediaEnd)) continue;
    std::string path = item.path.substr(0, item.path.size() - kMediaEnd.size());
    if (!medium_of_.emplace(path, media_.size()).second) continue;
    const std::optional<Json> kind =
        item.kind == HistoryItem::Kind::kJson ? ParseJson(item.text) : std::nullopt;
    const bool named = kind.has_value() && kind->is_string();
    media_.push_back({.path = std::move(path), .kind = named ? kind->get<std::string>() : "media"});
  }
}

// The outermost medium that the value at `path` belongs to; kNone where it is none's.
size_t RunBuilder::MediumOf(const std::string& path) const {
  for (size_t end = path.find(kPathSeparator);; end = path.find(kPathSeparator, end + 1)) {
    const auto found = medium_of_.find(path.substr(0, end));
    if (found != medium_of_.end()) return found->second;
    if (end == std::string::npos) return kNone;
  }
}

void RunBuilder::AddRow() {
  FindPosition();
  FindMedia();
  for (size_t i = 0; i < row_.size(); ++i) {
    const HistoryItem& item = row_[i];
    const size_t medium = media_.empty() ? kNone : MediumOf(item.path);
    if (medium == kNone) {
      AddItem(item);
    } else {
      media_[medium].bytes += item.text.size();
    }
  }
  for (size_t k = 0; k < media_.size(); ++k) {
    Medium& medium = media_[k];
    if (MediumOf(medium.path) == k) AddOpaque(medium.path, std::move(medium.kind), medium.bytes);
  }
  ++row_number_;
}

void RunBuilder::AddItem(const HistoryItem& item) {
  const bool is_axis = keep_rows_ && item.path == kRuntimeKey;
  if (item.path.starts_with('_') && IsPrivate(item.path) && !is_axis) return;
  switch (item.kind) {
    case HistoryItem::Kind::kNumber:
      return AddNumber(item.path, item.number);
    case HistoryItem::Kind::kText:
      return AddText(item.path, std::string(item.text));
    case HistoryItem::Kind::kJson:
      return AddJson(item.path, item.text);
    case HistoryItem::Kind::kNone:
      return;
  }
}

void RunBuilder::AddJson(const std::string& path, std::string_view text) {
  if (const std::optional<double> number = ParseNumber(text); number.has_value()) {
    return AddNumber(path, *number);
  }
  const std::optional<Json> json = ParseJson(text);
  if (!json.has_value()) return AddOpaque(path, "unreadable", text.size());
  ForEachLeaf(path, *json,
              [&](const std::string& leaf_path, const Json& leaf) { AddLeaf(leaf_path, leaf); });
}

void RunBuilder::AddLeaf(const std::string& path, const Json& leaf) {
  if (leaf.is_null()) return;
  if (leaf.is_boolean()) return AddNumber(path, leaf.get<bool>() ? 1 : 0);
  if (leaf.is_number()) return AddNumber(path, leaf.get<double>());
  if (!leaf.is_string()) return AddOpaque(path, KindOf(leaf), TextOf(leaf).size());
  const auto text = leaf.get<std::string>();
  if (const std::optional<double> word = NumberOfWord(text)) return AddNumber(path, *word);
  AddText(path, text);
}

RunBuilder::Slot& RunBuilder::SlotOf(const std::string& path) {
  const auto [found, added] = slot_of_.try_emplace(path, static_cast<uint32_t>(slots_.size()));
  if (added) {
    Slot& slot = slots_.emplace_back();
    slot.path = path;
    slot.hidden = path == kRuntimeKey || path == steps_key_ ||
                  (!steps_key_.empty() && path.starts_with(kAxisPrefix));
    slot.selected = !options_.select || slot.hidden || options_.select(Label(), Joined(path));
  }
  return slots_[found->second];
}

void RunBuilder::AddNumber(const std::string& path, double value) {
  Slot& slot = SlotOf(path);
  // An axis is needed by others even where it is not selected itself.
  if ((slot.hidden || !slot.selected) && !keep_rows_) return;
  if (slot.series == kNone) {
    slot.series = static_cast<uint32_t>(run_.series.size());
    run_.series.emplace_back();
    series_paths_.push_back(path);
    rows_.emplace_back();
  }
  model::Series& series = run_.series[slot.series];
  series.steps.push_back(step_);
  series.wall_times.push_back(time_);
  series.values.push_back(value);
  if (keep_rows_) rows_[slot.series].push_back(row_number_);
  ++points_;
}

void RunBuilder::AddText(const std::string& path, std::string text) {
  Slot& slot = SlotOf(path);
  if (!slot.selected) return;
  if (slot.texts == kNone) {
    slot.texts = static_cast<uint32_t>(run_.texts.size());
    run_.texts.emplace_back();
  }
  model::TextPoint point{.step = step_, .wall_time = time_};
  point.strings.push_back(std::move(text));
  run_.texts[slot.texts].points.push_back(std::move(point));
}

void RunBuilder::AddOpaque(const std::string& path, std::string kind, uint64_t bytes) {
  Slot& slot = SlotOf(path);
  if (!slot.selected) return;
  if (slot.opaque == kNone) {
    slot.opaque = static_cast<uint32_t>(run_.opaque.size());
    run_.opaque.push_back({.kind = std::move(kind)});
  }
  model::OpaqueSeries& series = run_.opaque[slot.opaque];
  ++series.count;
  series.byte_size += bytes;
}

// Gives each path the name that people see, and those that would then be one other names: the
// shorter path keeps it, whatever the order in the file.
void RunBuilder::NameAll() {
  std::vector<uint32_t> order(slots_.size());
  for (uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto depth = [](const std::string& path) {
    return std::count(path.begin(), path.end(), kPathSeparator);
  };
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    const std::string& x = slots_[a].path;
    const std::string& y = slots_[b].path;
    return depth(x) != depth(y) ? depth(x) < depth(y) : x < y;
  });
  absl::flat_hash_set<std::string> taken;
  for (const model::Series& each : system_) taken.insert(each.tag);
  for (const uint32_t i : order) {
    const Slot& slot = slots_[i];
    std::string name = Joined(slot.path);
    if (taken.contains(name)) name = JoinedEscaped(slot.path);
    const std::string stem = name;
    for (int n = 2; !taken.insert(name).second; ++n) name = StrCat(stem, " (", n, ")");
    if (slot.series != kNone) run_.series[slot.series].tag = name;
    // What was a number in one row and a text in another: tags hold either.
    if (slot.texts != kNone) {
      std::string text_name = slot.series == kNone ? name : StrCat(name, " (text)");
      const std::string text_stem = text_name;
      for (int n = 2; slot.series != kNone && !taken.insert(text_name).second; ++n) {
        text_name = StrCat(text_stem, " ", n);
      }
      run_.texts[slot.texts].tag = std::move(text_name);
    }
    if (slot.opaque != kNone) run_.opaque[slot.opaque].tag = name;
  }
}

// What a run's summary says besides what its rows do: run.summary["best"] = 1.
void RunBuilder::AddSummaryTags(uint64_t& bad_values) {
  absl::flat_hash_set<std::string> taken;
  bad_values += summary_.ForEach([&](const std::string& path, const Json& value) {
    const std::string first = path.substr(0, path.find(kPathSeparator));
    if (first.empty() || first.starts_with('_') || slot_of_.contains(first)) return;
    ForEachLeaf(path, value, [&](const std::string& leaf_path, const Json& leaf) {
      if (leaf.is_null() || leaf.is_object() || slot_of_.contains(leaf_path)) return;
      std::string name = StrCat(kSummaryPrefix, Joined(leaf_path));
      if (taken.insert(name).second) run_.tags.push_back({std::move(name), ParamOf(leaf)});
    });
  });
}

void RunBuilder::FindTimes() {
  model::SetWallTimes(run_);
  const bool ended = run_.info.status == model::RunStatus::kFinished ||
                     run_.info.status == model::RunStatus::kFailed;
  if (ended) run_.info.end_time = run_.last_wall_time;
}

}  // namespace telltale::formats::wandb
