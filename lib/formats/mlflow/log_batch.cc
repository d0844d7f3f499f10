#include "lib/formats/mlflow/log_batch.h"

#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/formats/mlflow/run_builder.h"
#include "lib/model/params.h"

namespace telltale::formats::mlflow {
namespace {

constexpr size_t kBytesAround = 100;  // braces and names of the lists

std::string Quoted(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
}

void AppendNumber(std::string& out, auto value) {
  char digits[32];
  out.append(digits, std::to_chars(std::begin(digits), std::end(digits), value).ptr);
}

// Bare NaN in JSON is taken by MLflow's server for silence: the whole batch becomes one point of
// zeros.
void AppendValue(std::string& out, double value) {
  if (std::isnan(value)) {
    out += "\"NaN\"";
  } else if (std::isinf(value)) {
    out += value > 0 ? "\"Infinity\"" : "\"-Infinity\"";
  } else {
    AppendNumber(out, value);
  }
}

}  // namespace

Batches::Batches(const std::string& run_id, Send send, const BatchLimits& limits)
    : start_(StrCat("{\"run_id\":", Quoted(run_id))), send_(std::move(send)), limits_(limits) {}

absl::Status Batches::Add(List list, std::string_view item) {
  const size_t most[kLists] = {limits_.metrics, limits_.params, limits_.tags};
  size_t all = 0;
  size_t bytes = start_.size() + kBytesAround + item.size() + 1;
  for (size_t i = 0; i < kLists; ++i) {
    all += count_[i];
    bytes += items_[i].size();
  }
  if (count_[list] == most[list] || all == limits_.all || bytes > limits_.bytes) {
    TELLTALE_RETURN_IF_ERROR(Flush());
  }
  if (count_[list]++ > 0) items_[list] += ',';
  items_[list] += item;
  return absl::OkStatus();
}

absl::Status Batches::AddPairs(List list, const std::vector<model::Param>& pairs) {
  for (const model::Param& pair : pairs) {
    TELLTALE_RETURN_IF_ERROR(Add(list, StrCat("{\"key\":", Quoted(pair.name), ",\"value\":",
                                              Quoted(model::ParamText(pair.value)), "}")));
  }
  return absl::OkStatus();
}

absl::Status Batches::AddParams(const std::vector<model::Param>& params) {
  return AddPairs(kParams, params);
}

absl::Status Batches::AddTags(const std::vector<model::Param>& tags) {
  return AddPairs(kTags, tags);
}

absl::Status Batches::AddPoints(const model::Series& series) {
  const std::string start = StrCat("{\"key\":", Quoted(series.tag), ",\"value\":");
  std::string item;
  for (size_t i = 0; i < series.size(); ++i) {
    item = start;
    AppendValue(item, series.values[i]);
    item += ",\"timestamp\":";
    AppendNumber(item, Milliseconds(series.wall_times[i]));
    item += ",\"step\":";
    AppendNumber(item, series.steps[i]);
    item += '}';
    TELLTALE_RETURN_IF_ERROR(Add(kMetrics, item));
  }
  return absl::OkStatus();
}

absl::Status Batches::Flush() {
  constexpr std::string_view kNames[kLists] = {"metrics", "params", "tags"};
  std::string body = start_;
  for (size_t i = 0; i < kLists; ++i) {
    if (count_[i] > 0) StrAppend(&body, ",\"", kNames[i], "\":[", items_[i], "]");
    items_[i].clear();
  }
  const size_t points = count_[kMetrics];
  count_ = {};
  if (body.size() == start_.size()) return absl::OkStatus();
  body += '}';
  return send_(std::move(body), points);
}

}  // namespace telltale::formats::mlflow
