#include "lib/convert/convert.h"

#include <utility>

#include "lib/base/nearest.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/convert/merge.h"
#include "lib/io/apart.h"

namespace telltale::convert {
namespace {

using formats::Format;

// Nothing that is read is ever modified, and what is written must not be read the next time.
absl::Status CheckApart(const std::string& source, const Format& from,
                        const std::string& destination, const Format& to) {
  const io::Nesting place = io::NestingOf(source, destination);
  const bool same = place == io::Nesting::kSame;
  if (!same && (place == io::Nesting::kApart || &from != &to)) return absl::OkStatus();
  return absl::InvalidArgumentError(StrCat(destination, same ? ": is" : ": lies in",
                                           " the source; choose a destination outside of it"));
}

absl::StatusOr<const Format*> SourceFormat(const std::string& source, std::string_view from) {
  if (from.empty()) return formats::Detect(source);
  const Format* format = formats::FindFormat(from);
  if (format == nullptr) {
    return absl::InvalidArgumentError(StrCat("no format is called '", Printable(from), "'"));
  }
  return format;
}

std::string WritableFormats() {
  std::string list;
  for (const Format* format : formats::AllFormats()) {
    if (format->sink != nullptr) StrAppend(&list, list.empty() ? "" : ", ", format->id);
  }
  return list;
}

absl::StatusOr<Verification> ReadBack(const Plan& plan, const std::string& destination,
                                      size_t jobs) {
  TELLTALE_ASSIGN_OR_RETURN(const model::Experiment read,
                            plan.to->read(destination, {.jobs = jobs}));
  return Compare(plan.fitted, read, plan.to->sink->capacity);
}

// What is done with an experiment once it is there.
absl::StatusOr<Conversion> Write(model::Experiment experiment, const Format* from, const Format& to,
                                 const std::string& destination, const ConvertOptions& options) {
  Conversion conversion{.from = from};
  if (options.merge_training_runs) {
    const model::Grouping grouping = model::GroupRuns(experiment, options.grouping);
    experiment = MergeTrainingRuns(std::move(experiment), grouping);
  }
  conversion.problems = std::move(experiment.problems);
  TELLTALE_ASSIGN_OR_RETURN(conversion.plan, MakePlan(std::move(experiment), to, options.plan));
  if (options.dry_run) return conversion;
  TELLTALE_ASSIGN_OR_RETURN(conversion.written,
                            to.sink->write(conversion.plan.fitted, destination,
                                           {.jobs = options.jobs, .progress = options.on_write}));
  if (options.verify) {
    TELLTALE_ASSIGN_OR_RETURN(conversion.verification,
                              ReadBack(conversion.plan, destination, options.jobs));
  }
  return conversion;
}

}  // namespace

absl::StatusOr<const Format*> TargetFormat(const std::string& destination, std::string_view to) {
  const Format* target = nullptr;
  if (!to.empty()) {
    target = formats::FindFormat(to);
    if (target == nullptr) {
      std::vector<std::string_view> ids;
      for (const Format* format : formats::AllFormats()) ids.push_back(format->id);
      const std::string hint = DidYouMean(to, ids);
      return absl::InvalidArgumentError(
          StrCat("no format is called '", Printable(to), "'",
                 hint.empty() ? StrCat("; --to takes ", WritableFormats()) : hint));
    }
    if (target->sink == nullptr) {
      return absl::InvalidArgumentError(
          StrCat("format ", to, " is only read, never written; --to takes ", WritableFormats()));
    }
    return target;
  }
  for (const Format* format : formats::AllFormats()) {
    if (format->sink == nullptr || !format->sink->claims(destination)) continue;
    if (target != nullptr) {
      return absl::InvalidArgumentError(StrCat(destination, ": could be ", target->id, " or ",
                                               format->id, "; say which with --to"));
    }
    target = format;
  }
  if (target != nullptr) return target;
  return absl::InvalidArgumentError(
      StrCat(destination, ": its name does not say which format to write; say it with --to (",
             WritableFormats(), ")"));
}

absl::StatusOr<Conversion> Convert(const std::string& source, const std::string& destination,
                                   const ConvertOptions& options) {
  TELLTALE_ASSIGN_OR_RETURN(const Format* to, TargetFormat(destination, options.to));
  TELLTALE_ASSIGN_OR_RETURN(const Format* from, SourceFormat(source, options.from));
  TELLTALE_RETURN_IF_ERROR(CheckApart(source, *from, destination, *to));
  TELLTALE_ASSIGN_OR_RETURN(model::Experiment experiment,
                            from->read(source, {.jobs = options.jobs,
                                                .max_record_bytes = options.max_record_bytes,
                                                .max_tags = options.max_tags,
                                                .keep_opaque = from == to,
                                                .select = options.select,
                                                .progress = options.on_read,
                                                .cancelled = options.cancelled}));
  if (options.select) {
    std::erase_if(experiment.runs, [](const model::Run& run) { return run.series.empty(); });
  }
  return Write(std::move(experiment), from, *to, destination, options);
}

absl::StatusOr<Conversion> ConvertExperiment(model::Experiment experiment,
                                             const std::string& destination,
                                             const ConvertOptions& options) {
  TELLTALE_ASSIGN_OR_RETURN(const Format* to, TargetFormat(destination, options.to));
  const Format* from = formats::FindFormat(experiment.format);
  if (from != nullptr && !experiment.path.empty()) {
    TELLTALE_RETURN_IF_ERROR(CheckApart(experiment.path, *from, destination, *to));
  }
  return Write(std::move(experiment), from, *to, destination, options);
}

}  // namespace telltale::convert
