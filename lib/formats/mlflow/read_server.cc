#include "lib/formats/mlflow/read_server.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "lib/base/parallel.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/formats/mlflow/file_store.h"
#include "lib/formats/mlflow/names.h"
#include "lib/formats/mlflow/run_builder.h"

namespace telltale::formats::mlflow {
namespace {

using simdjson::dom::element;

constexpr int kExperimentsAPage = 1000;
constexpr int kRunsAPage = 50;  // each comes with its parameters, tags and last values
constexpr size_t kExperimentsASearch = 100;
constexpr int kPointsAPage = 25000;    // as many as MLflow's own client asks for
constexpr size_t kRequestsAtOnce = 8;  // most of a request's time is waiting

std::string Text(int number) { return StrCat(number); }

class ServerReader {
 public:
  ServerReader(Server& server, const ReadOptions& options) : server_(server), options_(options) {
    experiment_.format = "mlflow";
    const Address& address = server.address();
    experiment_.path = address.root;
    if (!address.experiment_id.empty()) {
      experiment_.path = address.OfExperiment(address.experiment_id);
    }
    if (!address.run_id.empty()) {
      experiment_.path = address.OfRun(address.experiment_id, address.run_id);
    }
  }

  absl::StatusOr<model::Experiment> Read() {
    TELLTALE_RETURN_IF_ERROR(ListRuns());
    if (deleted_ > 0) Leave(deleted_, "deleted");
    if (unfinished_ > 0) Leave(unfinished_, "half converted");
    if (!options_.verify_only) ReadHistories();
    for (model::Run& run : experiment_.runs) {
      std::erase_if(run.series, [](const model::Series& series) { return series.size() == 0; });
      uint64_t points = 0;
      for (const model::Series& series : run.series) points += series.size();
      run.files.push_back({.path = run.path, .records = points});
    }
    Finish(experiment_.runs);
    return std::move(experiment_);
  }

 private:
  absl::Status ListRuns() {
    const Address& address = server_.address();
    if (!address.experiment_id.empty()) {
      TELLTALE_ASSIGN_OR_RETURN(
          const Answer answer,
          server_.Get("experiments/get", {{"experiment_id", address.experiment_id}}));
      if (const auto found = ObjectOf(answer.root, "experiment")) AddExperiment(*found);
    } else {
      TELLTALE_RETURN_IF_ERROR(EachPage(server_, "experiments/search", "experiments",
                                        {{"max_results", kExperimentsAPage}, {"view_type", "ALL"}},
                                        [this](element each) { AddExperiment(each); }));
    }
    if (!address.run_id.empty()) {
      TELLTALE_ASSIGN_OR_RETURN(const Answer answer,
                                server_.Get("runs/get", {{"run_id", address.run_id}}));
      if (const auto found = ObjectOf(answer.root, "run")) AddRun(*found);
      return absl::OkStatus();
    }
    for (size_t i = 0; i < ids_.size(); i += kExperimentsASearch) {
      const size_t end = std::min(ids_.size(), i + kExperimentsASearch);
      const std::vector<std::string> some(ids_.begin() + static_cast<ptrdiff_t>(i),
                                          ids_.begin() + static_cast<ptrdiff_t>(end));
      TELLTALE_RETURN_IF_ERROR(EachPage(
          server_, "runs/search", "runs",
          {{"experiment_ids", some}, {"max_results", kRunsAPage}, {"run_view_type", "ALL"}},
          [this](element each) { AddRun(each); }));
    }
    return absl::OkStatus();
  }

  void AddExperiment(element each) {
    const std::string id(TextOf(each, "experiment_id"));
    const Known known{.name = std::string(TextOf(each, "name")),
                      .deleted = TextOf(each, "lifecycle_stage") == "deleted"};
    if (known_.emplace(id, known).second) ids_.push_back(id);
  }

  void AddRun(element each) {
    const auto info = ObjectOf(each, "info");
    if (!info) return;
    const std::string id(TextOf(*info, "run_id"));
    if (id.empty() || !seen_.try_emplace(id, true).second) return;
    const std::string experiment_id(TextOf(*info, "experiment_id"));
    const Known& experiment = known_[experiment_id];
    if (experiment.deleted || TextOf(*info, "lifecycle_stage") == "deleted") {
      ++deleted_;
      return;
    }
    model::Run run;
    run.path = server_.address().OfRun(experiment_id, id);
    run.info.id = id;
    run.info.title = std::string(TextOf(*info, "run_name"));
    run.info.project = experiment.name;
    run.info.status = StatusOf(TextOf(*info, "status"));
    run.info.start_time = Seconds(IntegerOf(*info, "start_time").value_or(0));
    run.info.end_time = Seconds(IntegerOf(*info, "end_time").value_or(0));
    const auto data = ObjectOf(each, "data");
    if (!data) return experiment_.runs.push_back(std::move(run));
    for (const element tag : ListOf(*data, "tags")) {
      const std::string_view key = TextOf(tag, "key");
      const std::string_view value = TextOf(tag, "value");
      if (key == kStateTag && value == kWriting) {
        ++unfinished_;
        return;
      }
      AddTag(std::string(key), std::string(value), run);
    }
    for (const element param : ListOf(*data, "params")) {
      run.params.push_back(
          {std::string(TextOf(param, "key")), std::string(TextOf(param, "value"))});
    }
    const std::string label = LabelOf(run);
    for (const element metric : ListOf(*data, "metrics")) {
      const std::string_view key = TextOf(metric, "key");
      if (options_.select && !options_.select(label, key)) continue;
      run.series.emplace_back().tag = std::string(key);
    }
    experiment_.runs.push_back(std::move(run));
  }

  void ReadHistories() {
    std::vector<std::pair<model::Run*, model::Series*>> wanted;
    for (model::Run& run : experiment_.runs) {
      for (model::Series& series : run.series) wanted.emplace_back(&run, &series);
    }
    ParallelFor(wanted.size(), options_.jobs == 0 ? kRequestsAtOnce : options_.jobs, [&](size_t i) {
      const auto [run, series] = wanted[i];
      const absl::Status status = ReadHistory(run->info.id, *series);
      if (status.ok()) return;
      const std::lock_guard lock(mutex_);
      experiment_.problems.push_back({.path = run->path,
                                      .kind = ProblemKind::kUnreadableFile,
                                      .message = std::string(status.message())});
    });
    std::sort(experiment_.problems.begin(), experiment_.problems.end(),
              [](const Problem& a, const Problem& b) {
                return std::tie(a.path, a.message) < std::tie(b.path, b.message);
              });
  }

  absl::Status ReadHistory(const std::string& id, model::Series& series) {
    std::string token;
    uint64_t lost = 0;
    while (true) {
      Server::Query query = {
          {"run_id", id}, {"metric_key", series.tag}, {"max_results", Text(kPointsAPage)}};
      if (!token.empty()) query.emplace_back("page_token", token);
      TELLTALE_ASSIGN_OR_RETURN(const Answer answer, server_.Get("metrics/get-history", query));
      const size_t before = series.size();
      simdjson::dom::array points;
      if (answer.root["metrics"].get(points) == simdjson::SUCCESS) {
        for (const element point : points) lost += AddPoint(point, series) ? 0 : 1;
      }
      Tell(series.size() - before);
      const std::string next(TextOf(answer.root, "next_page_token"));
      if (next.empty()) break;
      // A server that names the same page for ever, or empty ones.
      if (next == token || series.size() == before) {
        return absl::DataLossError(
            StrCat("metric ", Printable(series.tag), ": the server's pages lead nowhere"));
      }
      token = next;
    }
    if (lost == 0) return absl::OkStatus();
    return absl::DataLossError(
        StrCat("metric ", Printable(series.tag), ": ", lost, " points are no points"));
  }

  static bool AddPoint(element point, model::Series& series) {
    const std::optional<double> value = ValueOf(point, "value");
    const std::optional<int64_t> time = IntegerOf(point, "timestamp");
    if (!value || !time) return false;
    // Proto3's JSON leaves out a step of 0.
    series.steps.push_back(IntegerOf(point, "step").value_or(0));
    series.wall_times.push_back(Seconds(*time));
    series.values.push_back(*value);
    return true;
  }

  void Tell(size_t points) {
    const std::lock_guard lock(mutex_);
    points_ += points;
    if (options_.progress) options_.progress({.points = points_});
  }

  void Leave(uint64_t runs, std::string_view what) {
    experiment_.problems.push_back(
        {.path = experiment_.path,
         .kind = ProblemKind::kUnsupported,
         .message = StrCat(runs, " ", what, runs == 1 ? " run is" : " runs are", " left out")});
  }

  struct Known {
    std::string name = {};
    bool deleted = false;
  };

  Server& server_;
  const ReadOptions& options_;
  model::Experiment experiment_;
  std::vector<std::string> ids_;  // of experiments
  absl::flat_hash_map<std::string, Known> known_;
  absl::flat_hash_map<std::string, bool> seen_;  // runs: a page may repeat one while others come
  uint64_t deleted_ = 0;
  uint64_t unfinished_ = 0;
  std::mutex mutex_;
  uint64_t points_ = 0;
};

}  // namespace

absl::Status EachPage(Server& server, std::string_view call, std::string_view list,
                      nlohmann::json body, const std::function<void(element)>& take) {
  std::string token;
  while (true) {
    if (!token.empty()) body["page_token"] = token;
    TELLTALE_ASSIGN_OR_RETURN(const Answer answer, server.Post(call, body));
    const std::vector<element> items = ListOf(answer.root, list);
    for (const element item : items) take(item);
    const std::string next(TextOf(answer.root, "next_page_token"));
    if (next.empty()) return absl::OkStatus();
    if (next == token || items.empty()) {
      return absl::DataLossError(
          StrCat(server.address().root, ": ", call, ": the server's pages lead nowhere"));
    }
    token = next;
  }
}

absl::StatusOr<model::Experiment> ReadServer(Server& server, const ReadOptions& options) {
  return ServerReader(server, options).Read();
}

}  // namespace telltale::formats::mlflow
