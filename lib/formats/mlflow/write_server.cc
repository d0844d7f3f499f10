#include "lib/formats/mlflow/write_server.h"

#include <xxhash.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_format.h"
#include "lib/base/parallel.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/formats/mlflow/file_store.h"
#include "lib/formats/mlflow/log_batch.h"
#include "lib/formats/mlflow/names.h"
#include "lib/formats/mlflow/read_server.h"
#include "lib/formats/mlflow/run_builder.h"
#include "lib/model/params.h"

namespace telltale::formats::mlflow {
namespace {

using Json = nlohmann::json;
using simdjson::dom::element;

constexpr size_t kRunsAtOnce = 4;
constexpr size_t kMostNamesBytes = 5000;  // of the tag that holds them

// A hash of all that is written of a run, the same on every machine.
class ContentHash {
 public:
  ContentHash() : state_(XXH3_createState(), XXH3_freeState) { XXH3_128bits_reset(state_.get()); }

  void Add(std::string_view text) {
    Number(text.size());
    XXH3_128bits_update(state_.get(), text.data(), text.size());
  }
  void Number(auto number) { XXH3_128bits_update(state_.get(), &number, sizeof(number)); }

  std::string Digest() const {
    const XXH128_hash_t hash = XXH3_128bits_digest(state_.get());
    return absl::StrFormat("%016x%016x", hash.high64, hash.low64);
  }

 private:
  std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> state_;
};

std::string ContentOf(const model::Run& run) {
  ContentHash hash;
  hash.Add(TitleOf(run));
  hash.Add(StatusName(run.info.status));
  hash.Number(Milliseconds(run.info.start_time));
  hash.Number(Milliseconds(run.info.end_time));
  for (const std::vector<model::Param>* params : {&run.params, &run.tags}) {
    hash.Number(params->size());
    for (const model::Param& param : *params) {
      hash.Add(param.name);
      hash.Add(model::ParamText(param.value));
    }
  }
  for (const model::Series& series : run.series) {
    hash.Add(series.tag);
    hash.Number(series.size());
    for (size_t i = 0; i < series.size(); ++i) {
      hash.Number(series.steps[i]);
      hash.Number(Milliseconds(series.wall_times[i]));
      hash.Number(series.values[i]);
    }
  }
  return hash.Digest();
}

// Names that MLflow takes, each once; what they stand for goes into `names`.
void FitKeys(std::vector<model::Param>& params, Json& names) {
  absl::flat_hash_set<std::string> taken;
  for (model::Param& param : params) {
    const std::string fitted = FitKey(param.name);
    std::string key = fitted;
    for (int n = 2; !taken.insert(key).second; ++n) key = StrCat(fitted.substr(0, 240), "_", n);
    if (key != param.name) names[key] = param.name;
    param.name = std::move(key);
  }
}

// The run's parameters and tags as they are sent.
struct Pairs {
  std::vector<model::Param> params = {};
  std::vector<model::Param> tags = {};
};

Pairs PairsOf(const model::Run& run) {
  Pairs pairs{.params = run.params, .tags = run.tags};
  Json names = Json::object();
  FitKeys(pairs.params, names);
  FitKeys(pairs.tags, names);
  if (!run.info.note.empty()) pairs.tags.push_back({std::string(kNoteTag), run.info.note});
  const std::string text = names.dump(-1, ' ', true, Json::error_handler_t::replace);
  // Beyond that they keep the names that they got.
  if (!names.empty() && text.size() <= kMostNamesBytes) {
    pairs.tags.push_back({std::string(kNamesTag), text});
  }
  return pairs;
}

// One run there that an earlier conversion wrote, or began to.
struct Earlier {
  std::string run_id = {};
  std::string content = {};
  bool complete = false;
};

class ServerWriter {
 public:
  ServerWriter(Server& server, const WriteOptions& options) : server_(server), options_(options) {}

  absl::StatusOr<Written> Write(const model::Experiment& experiment) {
    std::vector<std::string> experiments;
    for (const model::Run& run : experiment.runs) {
      TELLTALE_ASSIGN_OR_RETURN(experiments.emplace_back(), ExperimentOf(run));
    }
    std::vector<absl::Status> done(experiment.runs.size());
    std::atomic<bool> failed = false;
    ParallelFor(done.size(), options_.jobs == 0 ? kRunsAtOnce : options_.jobs, [&](size_t i) {
      if (failed) return;
      done[i] = WriteRun(experiment.runs[i], experiments[i]);
      if (!done[i].ok()) failed = true;
    });
    for (const absl::Status& status : done) TELLTALE_RETURN_IF_ERROR(status);
    return std::move(written_);
  }

 private:
  absl::StatusOr<std::string> ExperimentOf(const model::Run& run) {
    const Address& address = server_.address();
    const std::string name = address.experiment_id.empty() ? FitRunName(run.info.project) : "";
    if (const auto known = experiments_.find(name); known != experiments_.end()) {
      return known->second;
    }
    std::string id = address.experiment_id;
    if (id.empty()) {
      TELLTALE_ASSIGN_OR_RETURN(id, FindOrCreate(name));
    }
    written_.places.push_back(address.OfExperiment(id));
    experiments_.emplace(name, id);
    return id;
  }

  absl::StatusOr<std::string> FindOrCreate(const std::string& name) {
    absl::StatusOr<std::string> id = Find(name);
    if (!absl::IsNotFound(id.status())) return id;
    const absl::StatusOr<Answer> made = server_.Post("experiments/create", {{"name", name}});
    if (made.ok()) return std::string(TextOf(made->root, "experiment_id"));
    // Somebody else may have made it meanwhile, or we, where the answer to that was lost.
    id = Find(name);
    return id.ok() ? id : made.status();
  }

  absl::StatusOr<std::string> Find(const std::string& name) {
    TELLTALE_ASSIGN_OR_RETURN(const Answer answer,
                              server_.Get("experiments/get-by-name", {{"experiment_name", name}}));
    const auto found = ObjectOf(answer.root, "experiment");
    if (!found) return absl::NotFoundError(name);
    if (TextOf(*found, "lifecycle_stage") == "deleted") {
      return absl::FailedPreconditionError(
          StrCat(server_.address().root, ": the experiment '", name,
                 "' is deleted there; restore it, or choose another destination"));
    }
    return std::string(TextOf(*found, "experiment_id"));
  }

  absl::Status WriteRun(const model::Run& run, const std::string& experiment) {
    const std::string source = RunIdOf(run.info);
    const std::string content = ContentOf(run);
    TELLTALE_ASSIGN_OR_RETURN(const std::vector<Earlier> earlier, FindEarlier(experiment, source));
    std::string ours;
    bool replaces = false;
    for (const Earlier& each : earlier) {
      replaces = replaces || each.complete;
      if (each.complete && each.content == content) ours = each.run_id;
    }
    const bool unchanged = !ours.empty();
    if (!unchanged) {
      TELLTALE_ASSIGN_OR_RETURN(ours, Create(run, experiment, source, content));
      TELLTALE_RETURN_IF_ERROR(Fill(run, ours));
      TELLTALE_RETURN_IF_ERROR(RemoveOthers(experiment, source, ours));
      TELLTALE_RETURN_IF_ERROR(SetTag(ours, kStateTag, kComplete));
    } else {
      uint64_t points = 0;
      for (const model::Series& series : run.series) points += series.size();
      TELLTALE_RETURN_IF_ERROR(RemoveOthers(experiment, source, ours));
      Tell(points);
    }
    const std::lock_guard lock(mutex_);
    ++written_.runs;
    written_.replaced_runs += replaces && !unchanged ? 1 : 0;
    return absl::OkStatus();
  }

  absl::StatusOr<std::vector<Earlier>> FindEarlier(const std::string& experiment,
                                                   const std::string& source) {
    std::vector<Earlier> earlier;
    TELLTALE_RETURN_IF_ERROR(EachPage(server_, "runs/search", "runs",
                                      {{"experiment_ids", Json::array({experiment})},
                                       {"filter", StrCat("tags.`", kRunTag, "` = '", source, "'")},
                                       {"run_view_type", "ACTIVE_ONLY"},
                                       {"max_results", 100}},
                                      [&](element run) {
                                        const auto info = ObjectOf(run, "info");
                                        const auto data = ObjectOf(run, "data");
                                        if (!info || !data) return;
                                        Earlier& each = earlier.emplace_back();
                                        each.run_id = std::string(TextOf(*info, "run_id"));
                                        for (const element tag : ListOf(*data, "tags")) {
                                          const std::string_view key = TextOf(tag, "key");
                                          const std::string_view value = TextOf(tag, "value");
                                          if (key == kStateTag) each.complete = value == kComplete;
                                          if (key == kContentTag) each.content = std::string(value);
                                        }
                                      }));
    return earlier;
  }

  // MLflow's deletion: `mlflow gc` removes them for good, and until then they can be restored.
  absl::Status RemoveOthers(const std::string& experiment, const std::string& source,
                            const std::string& ours) {
    // Searched for again: where the answer to a creation was lost, there are two.
    TELLTALE_ASSIGN_OR_RETURN(const std::vector<Earlier> all, FindEarlier(experiment, source));
    for (const Earlier& each : all) {
      if (each.run_id == ours) continue;
      TELLTALE_RETURN_IF_ERROR(server_.Post("runs/delete", {{"run_id", each.run_id}}).status());
    }
    return absl::OkStatus();
  }

  absl::StatusOr<std::string> Create(const model::Run& run, const std::string& experiment,
                                     const std::string& source, const std::string& content) {
    const auto tag = [](std::string_view key, std::string_view value) {
      return Json{{"key", key}, {"value", value}};
    };
    const Json body = {{"experiment_id", experiment},
                       {"run_name", TitleOf(run)},
                       {"start_time", Milliseconds(run.info.start_time)},
                       {"tags",
                        {tag(kNameTag, TitleOf(run)), tag(kStateTag, kWriting),
                         tag(kRunTag, source), tag(kContentTag, content)}}};
    TELLTALE_ASSIGN_OR_RETURN(const Answer answer, server_.Post("runs/create", body));
    const auto made = ObjectOf(answer.root, "run");
    const auto info = made ? ObjectOf(*made, "info") : std::nullopt;
    const std::string id(info ? TextOf(*info, "run_id") : "");
    if (id.empty()) {
      return absl::FailedPreconditionError(
          StrCat(server_.address().root, ": runs/create: the server named no run"));
    }
    return id;
  }

  absl::Status Fill(const model::Run& run, const std::string& id) {
    Batches batches(id, [this](std::string body, size_t points) {
      const absl::Status status = server_.PostText("runs/log-batch", std::move(body)).status();
      if (status.ok()) Tell(points);
      return status;
    });
    const Pairs pairs = PairsOf(run);
    TELLTALE_RETURN_IF_ERROR(batches.AddTags(pairs.tags));
    TELLTALE_RETURN_IF_ERROR(batches.AddParams(pairs.params));
    for (const model::Series& series : run.series) {
      TELLTALE_RETURN_IF_ERROR(batches.AddPoints(series));
    }
    TELLTALE_RETURN_IF_ERROR(batches.Flush());
    return server_
        .Post("runs/update", {{"run_id", id},
                              {"status", StatusName(run.info.status)},
                              {"end_time", Milliseconds(run.info.end_time)}})
        .status();
  }

  absl::Status SetTag(const std::string& id, std::string_view key, std::string_view value) {
    return server_.Post("runs/set-tag", {{"run_id", id}, {"key", key}, {"value", value}}).status();
  }

  void Tell(size_t points) {
    const std::lock_guard lock(mutex_);
    written_.points += points;
    if (options_.progress) options_.progress({.points = written_.points});
  }

  Server& server_;
  const WriteOptions& options_;
  absl::flat_hash_map<std::string, std::string> experiments_;
  std::mutex mutex_;
  Written written_;
};

}  // namespace

absl::StatusOr<Written> WriteServer(Server& server, const model::Experiment& experiment,
                                    const WriteOptions& options) {
  if (!server.address().run_id.empty()) {
    return absl::InvalidArgumentError(
        StrCat(server.address().root,
               ": the address names a run; give that of the server or of an experiment"));
  }
  return ServerWriter(server, options).Write(experiment);
}

}  // namespace telltale::formats::mlflow
