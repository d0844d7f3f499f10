#include "lib/watch/incremental_reader.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "lib/base/status_util.h"
#include "lib/io/dir_watcher.h"
#include "lib/watch/log_tree.h"

namespace telltale::watch {
namespace {

// Of all files; those of each are limited already.
constexpr size_t kMostProblemsKept = 10000;

double SteadySeconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// A copy that shares the points.
model::Series Copy(model::Series& series) {
  model::Series copy = CopyWithoutPoints(series);
  const auto share = [&](auto column) { copy.*column = (series.*column).Share(); };
  share(&model::Series::steps);
  share(&model::Series::wall_times);
  share(&model::Series::values);
  share(&model::Series::axis_values);
  return copy;
}

model::Run Copy(model::Run& run) {
  model::Run copy = CopyWithoutSeries(run);
  copy.series.reserve(run.series.size());
  for (model::Series& each : run.series) copy.series.push_back(Copy(each));
  return copy;
}

}  // namespace

class IncrementalReader::Impl {
 public:
  // Nobody is told of changes: whoever reads every few seconds would use up the user's share of
  // inotify for little.
  explicit Impl(std::string path)
      : tree_(std::move(path), {.list_every = 0, .on_problem = Keep()}, io::MakePollingWatcher()) {}

  absl::StatusOr<std::shared_ptr<const model::Experiment>> Read() {
    const std::lock_guard lock(mutex_);
    const size_t problems = problems_.size();
    TELLTALE_ASSIGN_OR_RETURN(const bool grew, Look(SteadySeconds()));
    const bool reshaped = tree_.TakeReshaped();
    if (reshaped) known_.clear();
    for (const std::string& directory : tree_.TakeTouched()) known_.erase(directory);
    if (last_ == nullptr || grew || reshaped || problems_.size() != problems) {
      TELLTALE_ASSIGN_OR_RETURN(std::vector<model::Run> runs, Runs());
      last_ = std::make_shared<const model::Experiment>(model::Experiment{.format = "tensorboard",
                                                                          .path = tree_.path(),
                                                                          .runs = std::move(runs),
                                                                          .problems = problems_});
    }
    return last_;
  }

 private:
  // All runs in the order of their names.
  absl::StatusOr<std::vector<model::Run>> Runs() {
    std::vector<model::Run> copies;
    for (const auto& [path, directory] : tree_.directories()) {
      if (directory.live == nullptr || directory.live->written_by_telltale()) continue;
      const auto [known, is_new] = known_.try_emplace(path);
      if (is_new) {
        TELLTALE_ASSIGN_OR_RETURN(known->second, RunsOf(*directory.live));
      }
      for (model::Run& run : known->second) copies.push_back(Copy(run));
    }
    std::sort(copies.begin(), copies.end(), [](const model::Run& a, const model::Run& b) {
      return std::tie(a.name, a.session) < std::tie(b.name, b.session);
    });
    return copies;
  }

  static absl::StatusOr<std::vector<model::Run>> RunsOf(LiveDirectory& directory) {
    TELLTALE_ASSIGN_OR_RETURN(std::vector<model::Run> lent, directory.Lend());
    std::vector<model::Run> copies;
    for (model::Run& run : lent) copies.push_back(Copy(run));
    directory.TakeBack(std::move(lent));
    return copies;
  }

  // Look() says when there is nothing at all. Later all files are looked at: those of the size that
  // they had may be others all the same.
  absl::StatusOr<bool> Look(double now) {
    if (last_ == nullptr) return tree_.Look(now);
    return tree_.LookAtAll(now);
  }

  std::function<void(Problem)> Keep() {
    return [this](Problem problem) {
      if (problems_.size() < kMostProblemsKept) problems_.push_back(std::move(problem));
    };
  }

  std::mutex mutex_;
  std::vector<Problem> problems_;
  LogTree tree_;
  // What each directory held when something was last read in it: several files are not put together
  // again at every look.
  absl::flat_hash_map<std::string, std::vector<model::Run>> known_;
  std::shared_ptr<const model::Experiment> last_;
};

IncrementalReader::IncrementalReader(std::string path)
    : impl_(std::make_unique<Impl>(std::move(path))) {}

IncrementalReader::~IncrementalReader() = default;

absl::StatusOr<std::shared_ptr<const model::Experiment>> IncrementalReader::Read() {
  return impl_->Read();
}

}  // namespace telltale::watch
