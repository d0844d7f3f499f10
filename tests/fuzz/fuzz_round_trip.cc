// Any runs in any format that can be written: what is read back is what the plan says.
#include <filesystem>

#include "lib/convert/convert.h"
#include "lib/formats/format.h"
#include "lib/formats/sink.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/inputs.h"

FUZZ_TARGET(round_trip) {
  if (bytes.empty()) return;
  constexpr std::string_view kTargets[] = {"csv", "csv-wide", "jsonl", "tensorboard", "wandb"};
  const std::string_view to = kTargets[static_cast<uint8_t>(bytes.front()) % std::size(kTargets)];
  const model::Experiment experiment = MakeExperiment(bytes.substr(1));
  if (experiment.runs.empty()) return;
  const std::string directory = ScratchDirectory();
  std::filesystem::remove_all(directory);
  std::filesystem::create_directories(directory);
  const auto done = convert::ConvertExperiment(
      experiment, directory + "/out" + (to.ends_with("l") || to.starts_with("c") ? ".file" : ""),
      {.to = std::string(to), .verify = true, .jobs = 1});
  if (done.ok()) {
    FUZZ_CHECK(done->verification.has_value());
    FUZZ_CHECK(done->verification->differences.empty());
  } else {
    FUZZ_CHECK(!done.status().message().empty());
  }
  std::filesystem::remove_all(directory);
}
