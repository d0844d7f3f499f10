// An event file of any events, edited in any way: what is written has no damage.
#include <bit>
#include <cmath>
#include <filesystem>
#include <fstream>

#include "lib/edit/edit.h"
#include "lib/edit/repair.h"
#include "lib/formats/format.h"
#include "lib/records/tfrecord_writer.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/inputs.h"

namespace telltale::fuzz {
namespace {

double FiniteOr(double value, double otherwise) { return std::isfinite(value) ? value : otherwise; }

edit::EditOptions OptionsFrom(Input& input) {
  edit::EditOptions options{.jobs = 1};
  const uint8_t choice = input.Byte();
  options.slim = (choice & 1) != 0;
  options.fix_clocks = (choice & 2) != 0;
  options.restarts = static_cast<edit::Restarts>(choice / 4 % 3);
  options.merge_files = choice >= 240 && options.restarts == edit::Restarts::kKeep;
  options.points = (choice & 64) != 0 ? 3 + choice % 8 : 0;
  options.shift_steps = std::bit_cast<int64_t>(input.Double());
  options.scale_steps = FiniteOr(input.Double(), 1);
  options.shift_time = FiniteOr(input.Double(), 0);
  return options;
}

}  // namespace
}  // namespace telltale::fuzz

FUZZ_TARGET(edit) {
  Input input(bytes);
  const edit::EditOptions options = OptionsFrom(input);
  std::string file;
  records::TfRecordWriter writer(io::AppendTo(file));
  while (input.more()) FUZZ_CHECK(writer.Write(input.Piece()).ok());
  const std::string directory = ScratchDirectory();
  std::filesystem::remove_all(directory);
  std::filesystem::create_directories(directory + "/logs");
  std::ofstream(directory + "/logs/a.tfevents", std::ios::binary) << file << bytes;
  const auto edited = edit::Edit(directory + "/logs", directory + "/out", options);
  const auto repaired = edit::Repair(directory + "/logs", directory + "/repaired");
  FUZZ_CHECK(repaired.ok());
  for (const char* out : {"/out", "/repaired"}) {
    const auto read = formats::FindFormat("tensorboard")->read(directory + out, {.jobs = 1});
    if (!read.ok()) continue;  // nothing stayed
    CheckExperiment(*read);
    for (const Problem& problem : read->problems) {
      FUZZ_CHECK(problem.kind != ProblemKind::kCorruptRecord &&
                 problem.kind != ProblemKind::kCorruptHeader &&
                 problem.kind != ProblemKind::kTruncated);
    }
  }
  std::filesystem::remove_all(directory);
}
