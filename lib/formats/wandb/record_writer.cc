#include "lib/formats/wandb/record_writer.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/formats/wandb/json.h"
#include "lib/formats/wandb/names.h"
#include "lib/formats/wandb/read_files.h"

namespace telltale::formats::wandb {
namespace {

// Of W&B's own writer, at whose version the format was looked at.
constexpr std::string_view kMinConsumer = "0.70.0";

// Tags on the wire: field number << 3 | wire type (0 varint, 2 length-delimited).
constexpr uint64_t kRecordNum = 1 << 3 | 0;
constexpr uint64_t kHistoryHeader = 2 << 3 | 2;
constexpr uint64_t kItemHeader = 1 << 3 | 2;
constexpr uint64_t kStepHeader = 2 << 3 | 2;
constexpr uint64_t kNumHeader = 1 << 3 | 0;
constexpr uint64_t kNestedKeyHeader = 2 << 3 | 2;
constexpr uint64_t kValueJsonHeader = 16 << 3 | 2;

void AppendVarint(uint64_t value, std::string& out) {
  for (; value >= 0x80; value >>= 7) out += static_cast<char>(value | 0x80);
  out += static_cast<char>(value);
}

void AppendBytes(uint64_t tag, std::string_view bytes, std::string& out) {
  AppendVarint(tag, out);
  AppendVarint(bytes.size(), out);
  out += bytes;
}

}  // namespace

proto::WandbTime TimeOf(double seconds) {
  proto::WandbTime time;
  constexpr double kLatest = 253402300799;  // the year 9999, the last that protobuf takes
  if (!std::isfinite(seconds) || seconds <= 0 || seconds > kLatest) return time;
  const double whole = std::floor(seconds);
  time.set_seconds(static_cast<int64_t>(whole));
  time.set_nanos(static_cast<int32_t>(std::min(std::round((seconds - whole) * 1e9), 999999999.0)));
  return time;
}

void AddItem(std::string_view key, std::string json, proto::WandbItems& items) {
  proto::WandbItem& item = *items.add_update();
  item.add_nested_key(std::string(key));
  item.set_value_json(std::move(json));
}

double RuntimeAt(double time, const model::RunInfo& info) {
  const bool known = std::isfinite(time) && info.start_time > 0 && time >= info.start_time;
  return known ? time - info.start_time : std::numeric_limits<double>::quiet_NaN();
}

RecordWriter::RecordWriter(io::ByteSink sink)
    : log_(std::move(sink), StrCat(kMagic, std::string_view("\0", 1))) {}

absl::Status RecordWriter::Write(proto::WandbRecord& record) {
  record.set_num(++count_);
  return log_.Write(record.SerializeAsString());
}

absl::Status RecordWriter::WriteHeader(std::string_view producer) {
  proto::WandbRecord record;
  auto& versions = *record.mutable_header()->mutable_version_info();
  versions.set_producer(std::string(producer));
  versions.set_min_consumer(std::string(kMinConsumer));
  return Write(record);
}

absl::Status RecordWriter::WriteRow(const Row& row, const RowContext& context) {
  history_.clear();
  const auto add = [&](std::string_view key, std::string_view json) {
    item_.clear();
    AppendBytes(kNestedKeyHeader, key, item_);
    AppendBytes(kValueJsonHeader, json, item_);
    AppendBytes(kItemHeader, item_, history_);
  };
  const auto add_number = [&](std::string_view key, double value) {
    number_.clear();
    AppendNumber(number_, value);
    add(key, number_);
  };
  add(kStepKey, std::to_string(row.step));
  if (context.has_times && std::isfinite(row.time)) add_number(kTimeKey, row.time);
  const bool runtime_wanted = std::any_of(row.axes.begin(), row.axes.end(),
                                          [](const auto& each) { return each.key == kRuntimeKey; });
  const double runtime =
      context.has_times ? RuntimeAt(row.time, context.run.info) : RuntimeAt(0, {});
  if (!runtime_wanted && std::isfinite(runtime)) add_number(kRuntimeKey, runtime);
  if (context.form == Rows::Form::kNumbered) add(kStepsMetric, std::to_string(row.own_step));
  for (const AxisValue& axis : row.axes) {
    if (axis.key != kTimeKey && axis.key != kStepKey) add_number(axis.key, axis.value);
  }
  for (const RowValue& value : row.values) {
    const model::Series& series = context.run.series[value.series];
    add_number(series.tag, series.values[value.point]);
  }
  item_.clear();
  AppendVarint(kNumHeader, item_);
  AppendVarint(static_cast<uint64_t>(row.step), item_);
  AppendBytes(kStepHeader, item_, history_);
  bytes_.clear();
  AppendVarint(kRecordNum, bytes_);
  AppendVarint(static_cast<uint64_t>(++count_), bytes_);
  AppendBytes(kHistoryHeader, history_, bytes_);
  return log_.Write(bytes_);
}

}  // namespace telltale::formats::wandb
