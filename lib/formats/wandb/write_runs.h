// W&B's offline run directories, written: `wandb sync` uploads them (docs/formats/wandb.md).
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "lib/formats/sink.h"
#include "lib/model/experiment.h"

namespace telltale::formats::wandb {

// formats::Sink::write: `destination`/offline-run-<time>-<id>/run-<id>.wandb, a directory a run.
absl::StatusOr<Written> WriteRuns(const model::Experiment& experiment,
                                  const std::string& destination, const WriteOptions& options);

// "20240101_000000" of seconds since the Unix epoch, in UTC.
std::string DirectoryTime(double seconds);

// Who wrote the file at `path`: HeaderRecord.version_info.producer; empty where nobody says so.
std::string ProducerOf(const std::string& path);

}  // namespace telltale::formats::wandb
