#include <string>
#include <string_view>

#include "lib/formats/format.h"
#include "lib/formats/mlflow/file_store.h"
#include "lib/formats/mlflow/names.h"

namespace telltale::formats {
namespace mlflow {
namespace {

// The meta.yaml of an experiment or a run.
bool IsMeta(const SniffInput& input, const std::string& file) {
  const std::string_view name = std::string_view(file).substr(file.rfind('/') + 1);
  return name == kMetaFile && input.head_of(file).find("lifecycle_stage:") != std::string::npos;
}

Claim SniffFileStore(const SniffInput& input) {
  for (const std::string& file : input.files) {
    if (IsMeta(input, file)) return Claim::kYes;
  }
  return Claim::kNo;
}

bool ClaimsFileStore(std::string_view destination) {
  while (destination.ends_with('/')) destination.remove_suffix(1);
  return destination.substr(destination.rfind('/') + 1) == "mlruns";
}

constexpr Sink kSink{.capacity = {.time_unit = 1e-3,
                                  .odd_wall_times = false,
                                  .tags_are_paths = true,
                                  .params = true,
                                  .tags = true,
                                  .notes = true},
                     .claims = ClaimsFileStore,
                     .fit_tag = FitKey,
                     .fit_run = FitRunName,
                     .write = WriteFileStore};

}  // namespace
}  // namespace mlflow

extern const Format mlruns_format;
const Format mlruns_format{
    .id = "mlruns",
    .summary = "MLflow file store (mlruns/, one of its experiments or one of their runs)",
    .sniff = mlflow::SniffFileStore,
    .read = mlflow::ReadFileStore,
    .sink = &mlflow::kSink,
    .write_notes = mlflow::WriteFileStoreNotes,
    .notes_shown =
        "in `mlflow ui`: tags telltale.verdict and telltale.findings, and each run's description",
};

}  // namespace telltale::formats
