// What was logged at once, a JSON object, into series and texts of a run.
#pragma once

#include <simdjson.h>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "lib/model/experiment.h"

namespace telltale::formats::trackio {

// What the readers of all runs of a database share.
struct MetricsShared {
  simdjson::dom::parser parser;
  // How many more tags there may be, of all runs: each costs some hundred bytes however short its
  // name is in the file.
  size_t tags_left = 200000;
  bool tags_left_out = false;
};

// Of one run; it and `shared` must outlive it.
class MetricsReader {
 public:
  // `select` is asked once for each tag; empty: all are read.
  MetricsReader(model::Run& run, std::function<bool(std::string_view tag)> select,
                MetricsShared& shared)
      : run_(run), select_(std::move(select)), shared_(shared) {}

  // Adds the members of `json`, each tag with `prefix` before it. Numbers, booleans and the words
  // "NaN", "Infinity" and "-Infinity" are points, other strings texts; nested objects are
  // taken apart ("a/b"), media and lists counted. False where `json` is no object.
  bool Add(std::string_view json, std::string_view prefix, int64_t step, double wall_time);
  // The same; each point's step is the number of those before it in its series.
  bool AddNumbered(std::string_view json, std::string_view prefix, double wall_time);

  uint64_t points() const { return points_; }

 private:
  struct At {
    int64_t step = 0;
    double wall_time = 0;
    size_t depth = 0;
    bool numbered = false;
  };
  bool AddJson(std::string_view json, std::string_view prefix, const At& at);
  void AddObject(simdjson::dom::object object, std::string& tag, const At& at);
  void AddMember(simdjson::dom::element value, std::string& tag, const At& at);
  void AddPoint(std::string_view tag, double value, const At& at);
  void AddText(std::string_view tag, std::string_view text, const At& at);
  void AddOpaque(std::string_view tag, std::string_view kind, uint64_t bytes);

  // Whether another tag may be added.
  bool TakeTag();

  model::Run& run_;
  std::function<bool(std::string_view tag)> select_;
  MetricsShared& shared_;
  absl::flat_hash_map<std::string, size_t> series_;
  absl::flat_hash_map<std::string, size_t> texts_;
  absl::flat_hash_map<std::string, size_t> opaque_;
  uint64_t points_ = 0;
};

// The members of a run's configuration `json` into its parameters, tags and info. False where it is
// no object.
bool ReadConfig(std::string_view json, model::Run& run);

}  // namespace telltale::formats::trackio
