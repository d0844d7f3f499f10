#include "lib/workflow/diagnose_parts.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "lib/base/parallel.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/diagnosis/group_view.h"
#include "lib/formats/parts.h"

namespace telltale::workflow {
namespace {

// What a run takes in memory besides its points, however small its file is, as bytes of files.
constexpr uint64_t kBytesPerPart = uint64_t{16} << 10;

// So many times as much is read at a time where there would be fewer parts than threads: a large
// training run is diagnosed by one of them.
constexpr uint64_t kMoreWhereIdle = 4;

// What a format that cannot be divided is: one part.
class Whole : public formats::Parts {
 public:
  Whole(const formats::Format& format, std::string path)
      : format_(format), path_(std::move(path)) {}
  size_t size() const override { return 1; }
  uint64_t bytes(size_t /*part*/) const override { return 0; }
  bool Holds(size_t /*part*/, const std::string& /*home*/) const override { return true; }
  bool LiesBelow(size_t /*part*/, const std::string& /*home*/) const override { return false; }
  absl::StatusOr<model::Experiment> Read(size_t /*begin*/, size_t /*end*/,
                                         const formats::ReadOptions& options) override {
    return format_.read(path_, options);
  }

 private:
  const formats::Format& format_;
  std::string path_;
};

absl::StatusOr<std::unique_ptr<formats::Parts>> PartsOf(const std::string& path,
                                                        const LoadOptions& load) {
  TELLTALE_ASSIGN_OR_RETURN(const formats::Format* format, FormatOf(path, load.from));
  if (format->divide != nullptr) return format->divide(path, load.read);
  return std::make_unique<Whole>(*format, path);
}

class PartsDiagnosis {
 public:
  PartsDiagnosis(const std::string& path, const PartsOptions& options, formats::Parts& parts)
      : path_(path), options_(options), parts_(parts) {
    for (size_t i = 0; i < parts.size(); ++i) bytes_total_ += parts.bytes(i);
  }

  absl::StatusOr<PartsDiagnosed> Run() {
    for (size_t begin = 0; begin < parts_.size() && !done_.ended_early;) {
      TELLTALE_ASSIGN_OR_RETURN(begin, Take(begin));
    }
    if (options_.load.grouping.group && !done_.ended_early) FindGroups();
    SortProblems(done_.problems);
    return std::move(done_);
  }

 private:
  // Reads, diagnoses and tells the parts from `begin` on that are read together; gives the next.
  absl::StatusOr<size_t> Take(size_t begin) {
    size_t end = FirstEnd(begin);
    Loaded loaded;
    while (true) {
      auto read = Read(begin, end);
      if (!read.ok()) {
        if (absl::IsCancelled(read.status()) || parts_.size() == 1) return read.status();
        done_.problems.push_back({.path = path_,
                                  .kind = ProblemKind::kUnreadableFile,
                                  .message = std::string(read.status().message())});
        return end;
      }
      loaded = *std::move(read);
      const size_t further = EndFor(loaded.grouping, begin, end);
      if (further == end) break;
      end = further;
    }
    for (size_t i = begin; i < end; ++i) bytes_done_ += parts_.bytes(i);
    std::vector<diagnosis::MemberFacts> facts;
    done_.ended_early = !Tell(loaded, facts) || (options_.part && !options_.part(loaded.report()));
    Keep(loaded, std::move(facts));
    return end;
  }

  size_t FirstEnd(size_t begin) const {
    size_t end = begin + 1;
    for (uint64_t bytes = kBytesPerPart + parts_.bytes(begin); end < parts_.size(); ++end) {
      bytes += kBytesPerPart + parts_.bytes(end);
      const bool idle = end - begin < threads_ && bytes / kMoreWhereIdle <= options_.bytes_at_once;
      if (bytes > options_.bytes_at_once && !idle) break;
    }
    return end;
  }

  // False where nobody wants to hear more.
  bool Tell(Loaded& loaded, std::vector<diagnosis::MemberFacts>& facts) {
    const auto ready = [&](size_t i) {
      return !options_.training_run ||
             options_.training_run(
                 {loaded.experiment, loaded.grouping.training_runs[i], loaded.diagnoses[i]});
    };
    if (options_.diagnose) {
      return Diagnose(loaded.experiment, loaded.grouping,
                      {.rules = options_.rules, .jobs = options_.jobs, .ready = ready},
                      {loaded.diagnoses, loaded.group_findings,
                       options_.load.grouping.group ? &facts : nullptr});
    }
    loaded.diagnoses.resize(loaded.grouping.training_runs.size());
    for (size_t i = 0; i < loaded.diagnoses.size(); ++i) {
      if (!ready(i)) return false;
    }
    return true;
  }

  absl::StatusOr<Loaded> Read(size_t begin, size_t end) {
    formats::ReadOptions read = options_.load.read;
    if (read.progress && parts_.size() > 1) {
      read.progress = [this](const formats::Progress& progress) {
        options_.load.read.progress({.bytes_done = bytes_done_ + progress.bytes_done,
                                     .bytes_total = bytes_total_,
                                     .points = progress.points});
      };
    }
    Loaded loaded;
    TELLTALE_ASSIGN_OR_RETURN(loaded.experiment, parts_.Read(begin, end, read));
    if (read.select) DropEmptyRuns(loaded.experiment);
    loaded.grouping = model::GroupRuns(loaded.experiment, options_.load.grouping);
    // They are found among all of them.
    loaded.grouping.groups.clear();
    return loaded;
  }

  // Where a training run's home lies above the parts that were read, further parts below that may
  // belong to it.
  size_t EndFor(const model::Grouping& grouping, size_t begin, size_t end) const {
    size_t further = end;
    for (const model::TrainingRun& training_run : grouping.training_runs) {
      bool held = false;
      for (size_t i = begin; i < end && !held; ++i) held = parts_.Holds(i, training_run.home);
      if (held) continue;
      while (further < parts_.size() && parts_.LiesBelow(further, training_run.home)) ++further;
    }
    return further;
  }

  void Keep(Loaded& loaded, std::vector<diagnosis::MemberFacts> facts) {
    for (Problem& problem : loaded.experiment.problems) {
      done_.problems.push_back(std::move(problem));
    }
    const bool group = options_.load.grouping.group;
    for (model::TrainingRun& training_run : loaded.grouping.training_runs) {
      if (group) signatures_.push_back(model::RoleSignature(training_run));
      model::TrainingRun kept{.name = std::move(training_run.name),
                              .home = std::move(training_run.home),
                              .session = training_run.session};
      if (group) kept.params = std::move(training_run.params);
      done_.grouping.training_runs.push_back(std::move(kept));
    }
    if (!group) return;
    for (diagnosis::MemberFacts& each : facts) facts_.push_back(std::move(each));
  }

  void FindGroups() {
    done_.grouping.groups = model::FindGroups(done_.grouping.training_runs, signatures_, path_);
    for (const model::Group& group : done_.grouping.groups) {
      auto& findings = done_.group_findings.emplace_back();
      if (!options_.diagnose) continue;
      findings = diagnosis::DiagnoseGroup(done_.grouping, group, facts_, options_.rules);
    }
  }

  const std::string& path_;
  const PartsOptions& options_;
  formats::Parts& parts_;
  const size_t threads_ = ThreadsOf(options_.jobs);
  uint64_t bytes_total_ = 0;
  uint64_t bytes_done_ = 0;
  PartsDiagnosed done_;
  std::vector<std::string> signatures_;
  std::vector<diagnosis::MemberFacts> facts_;
};

}  // namespace

absl::StatusOr<PartsDiagnosed> DiagnoseParts(const std::string& path, const PartsOptions& options) {
  TELLTALE_ASSIGN_OR_RETURN(const auto parts, PartsOf(path, options.load));
  return PartsDiagnosis(path, options, *parts).Run();
}

}  // namespace telltale::workflow
