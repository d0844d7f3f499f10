// A run's config: its hyper-parameters, as nested JSON, and what Telltale keeps of a run that W&B
// has no place for, under the key "telltale".
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "lib/formats/wandb/json.h"
#include "lib/model/experiment.h"
#include "proto/wandb.pb.h"

namespace telltale::formats::wandb {

// The key of all that Telltale adds, and below it: a run's tags that are no W&B tags, parameters
// whose names W&B keeps for itself, and the metric that holds the steps where a row's own number
// could not (docs/formats/wandb.md).
inline constexpr std::string_view kOwnKey = "telltale";
inline constexpr std::string_view kOwnTags = "tags";
inline constexpr std::string_view kOwnParams = "params";
inline constexpr std::string_view kOwnSteps = "steps";

// Calls `visit` for each value in `json` that is no dictionary, and for media, which are
// dictionaries with a "_type", with its path: `path`, then the keys, kPathSeparator between them.
void ForEachLeaf(const std::string& path, const Json& json,
                 const std::function<void(const std::string& path, const Json& leaf)>& visit);

// The path that `item` writes to.
std::string PathOf(const proto::WandbItem& item);

// `path` as people see it, '.' between components; and the same with the '.' inside of components
// as "\.", as define_metric wants it.
std::string Joined(std::string_view path);
std::string JoinedEscaped(std::string_view path);

// Numbers that a double holds, booleans and texts as such, all else as JSON.
model::ParamValue ParamOf(const Json& leaf);
std::string JsonOf(const model::ParamValue& value);

// Values by path, later ones over earlier ones: a config or a summary. They are parsed once all are
// there, since a summary is written again with each row.
class Values {
 public:
  void Apply(const proto::WandbItems& items);
  void Set(const std::string& path, std::string_view json);
  void Remove(const std::string& path);

  // Calls `visit` for each in the order of first appearance; returns how many are no JSON.
  uint64_t ForEach(
      const std::function<void(const std::string& path, const Json& value)>& visit) const;
  // The same as the file has them.
  void ForEachText(
      const std::function<void(const std::string& path, const std::string& json)>& visit) const;

 private:
  std::vector<std::pair<std::string, std::string>> values_;  // removed ones have no text
  absl::flat_hash_map<std::string, size_t> index_;
};

// Adds to `run` the parameters and tags that `config` holds; returns how many values are no JSON.
uint64_t AddConfig(const Values& config, model::Run& run);

// The metric that holds the run's steps; empty where rows' own numbers do.
std::string StepsKey(const Values& config);

// Keys and JSON of the config that AddConfig makes the same of; W&B's own tags are left out.
std::vector<std::pair<std::string, std::string>> ConfigOf(const model::Run& run,
                                                          std::string_view steps_key);

}  // namespace telltale::formats::wandb
