#include "lib/formats/wandb/config.h"

#include <cmath>
#include <variant>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_replace.h"
#include "lib/base/str.h"
#include "lib/formats/wandb/history_row.h"
#include "lib/formats/wandb/names.h"
#include "lib/model/params.h"

namespace telltale::formats::wandb {
namespace {

constexpr std::string_view kPrivate = "_wandb";
constexpr std::string_view kMediaType = "_type";

// Config of W&B's first versions: {"desc": null, "value": 0.1}.
const Json& Unwrapped(const Json& json) {
  const bool wrapped =
      json.is_object() && json.size() == 2 && json.contains("value") && json.contains("desc");
  return wrapped ? json["value"] : json;
}

std::string_view FirstComponent(std::string_view path) {
  return path.substr(0, path.find(kPathSeparator));
}

Json JsonValue(const model::ParamValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* truth = std::get_if<bool>(&value)) return *truth;
  const double number = std::get<double>(value);
  return std::isfinite(number) ? Json(number) : Json(model::ParamText(value));
}

// Names of parameters may hold '.', and are told apart where two are then the same.
std::string Distinct(const std::string& path, absl::flat_hash_set<std::string>& taken) {
  std::string name = Joined(path);
  if (taken.contains(name)) name = JoinedEscaped(path);
  const std::string stem = name;
  for (int n = 2; !taken.insert(name).second; ++n) name = StrCat(stem, " (", n, ")");
  return name;
}

bool IsReserved(const std::string& name) {
  return name.empty() || name == kOwnKey || name == kPrivate;
}

}  // namespace

void ForEachLeaf(const std::string& path, const Json& json,
                 const std::function<void(const std::string& path, const Json& leaf)>& visit) {
  if (!json.is_object() || json.empty() || json.contains(kMediaType)) {
    visit(path, json);
    return;
  }
  for (const auto& [key, value] : json.items()) {
    ForEachLeaf(path + kPathSeparator + key, value, visit);
  }
}

std::string PathOf(const proto::WandbItem& item) {
  if (item.nested_key().empty()) return item.key();
  std::string path = item.nested_key(0);
  for (int i = 1; i < item.nested_key_size(); ++i) {
    path += kPathSeparator;
    path += item.nested_key(i);
  }
  return path;
}

std::string Joined(std::string_view path) {
  std::string out(path);
  for (char& c : out) {
    if (c == kPathSeparator) c = '.';
  }
  return out;
}

std::string JoinedEscaped(std::string_view path) {
  std::string out;
  for (const char c : path) {
    if (c == '.') out += '\\';
    out += c == kPathSeparator ? '.' : c;
  }
  return out;
}

model::ParamValue ParamOf(const Json& leaf) {
  if (leaf.is_boolean()) return leaf.get<bool>();
  if (leaf.is_string()) return leaf.get<std::string>();
  if (leaf.is_number()) {
    const auto value = leaf.get<double>();
    constexpr double kExact = 0x1p53;
    if (leaf.is_number_float() || std::abs(value) <= kExact) return value;
  }
  return TextOf(leaf);
}

std::string JsonOf(const model::ParamValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return Quoted(*text);
  if (const auto* truth = std::get_if<bool>(&value)) return *truth ? "true" : "false";
  std::string out;
  AppendNumber(out, std::get<double>(value));
  return out;
}

void Values::Apply(const proto::WandbItems& items) {
  for (const proto::WandbItem& item : items.update()) Set(PathOf(item), item.value_json());
  for (const proto::WandbItem& item : items.remove()) Remove(PathOf(item));
}

void Values::Set(const std::string& path, std::string_view json) {
  const auto found = index_.find(path);
  if (found != index_.end()) {
    values_[found->second].second.assign(json);
    return;
  }
  index_.emplace(path, values_.size());
  values_.emplace_back(path, json);
}

void Values::Remove(const std::string& path) {
  const auto found = index_.find(path);
  if (found == index_.end()) return;
  values_[found->second].second.clear();
  index_.erase(found);
}

uint64_t Values::ForEach(
    const std::function<void(const std::string& path, const Json& value)>& visit) const {
  uint64_t bad = 0;
  for (const auto& [path, text] : values_) {
    if (text.empty()) continue;
    // Without quotes it is a number, which ParseJson would make the word of.
    if (const std::optional<double> number = NumberOfWord(text); number.has_value()) {
      visit(path, Json(*number));
    } else if (const std::optional<Json> value = ParseJson(text); value.has_value()) {
      visit(path, *value);
    } else {
      ++bad;
    }
  }
  return bad;
}

void Values::ForEachText(
    const std::function<void(const std::string& path, const std::string& json)>& visit) const {
  for (const auto& [path, text] : values_) {
    if (!text.empty()) visit(path, text);
  }
}

uint64_t AddConfig(const Values& config, model::Run& run) {
  absl::flat_hash_set<std::string> taken;
  return config.ForEach([&](const std::string& path, const Json& value) {
    if (FirstComponent(path) == kPrivate) return;
    if (path == kOwnKey && value.is_object()) {
      const auto add = [&](std::string_view part, std::vector<model::Param>& to) {
        const auto found = value.find(std::string(part));
        if (found == value.end() || !found->is_object()) return;
        for (const auto& [name, each] : found->items()) to.push_back({name, ParamOf(each)});
      };
      add(kOwnTags, run.tags);
      add(kOwnParams, run.params);
      return;
    }
    ForEachLeaf(path, Unwrapped(value), [&](const std::string& leaf_path, const Json& leaf) {
      run.params.push_back({Distinct(leaf_path, taken), ParamOf(leaf)});
    });
  });
}

std::string StepsKey(const Values& config) {
  std::string key;
  config.ForEach([&](const std::string& path, const Json& value) {
    if (path != kOwnKey || !value.is_object()) return;
    const auto found = value.find(std::string(kOwnSteps));
    if (found != value.end() && found->is_string()) key = found->get<std::string>();
  });
  return key;
}

std::vector<std::pair<std::string, std::string>> ConfigOf(const model::Run& run,
                                                          std::string_view steps_key) {
  std::vector<std::pair<std::string, std::string>> config;
  Json own = Json::object();
  for (const model::Param& param : run.params) {
    if (IsReserved(param.name)) {
      own[std::string(kOwnParams)][param.name] = JsonValue(param.value);
    } else {
      config.emplace_back(param.name, JsonOf(param.value));
    }
  }
  for (const model::Param& tag : run.tags) {
    if (IsLabel(tag) || IsSummary(tag)) continue;
    own[std::string(kOwnTags)][tag.name] = JsonValue(tag.value);
  }
  if (!steps_key.empty()) own[std::string(kOwnSteps)] = std::string(steps_key);
  if (!own.empty()) config.emplace_back(std::string(kOwnKey), TextOf(own));
  return config;
}

}  // namespace telltale::formats::wandb
