// Payloads of events: what a scanner accepts, Protobuf reads the same; and a file of such events,
// each in a frame that is right.
#include <bit>
#include <cmath>

#include "lib/formats/tensorboard/event_file.h"
#include "lib/formats/tensorboard/event_scanner.h"
#include "lib/records/tfrecord_writer.h"
#include "proto/event.pb.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/inputs.h"

namespace telltale::fuzz {
namespace {

template <typename T>
bool SameNumber(T a, T b) {
  return a == b || (std::isnan(a) && std::isnan(b));
}

void CheckScanners(std::string_view payload) {
  namespace tensorboard = formats::tensorboard;
  tensorboard::ScannedEvent scanned;
  const bool scans = tensorboard::ScanScalars(payload, scanned);
  tensorboard::PlainScalar plain;
  if (tensorboard::ScanPlainScalar(payload, plain)) {
    FUZZ_CHECK(scans && scanned.scalars.size() == 1);
    FUZZ_CHECK(plain.step == scanned.step && plain.tag == scanned.scalars[0].tag);
    FUZZ_CHECK(SameNumber(plain.wall_time, scanned.wall_time));
    FUZZ_CHECK(SameNumber(plain.value, scanned.scalars[0].value));
  }
  if (!scans) return;
  proto::Event event;
  FUZZ_CHECK(event.ParseFromArray(payload.data(), static_cast<int>(payload.size())));
  FUZZ_CHECK(event.step() == scanned.step && SameNumber(event.wall_time(), scanned.wall_time));
  FUZZ_CHECK(static_cast<size_t>(event.summary().value_size()) == scanned.scalars.size());
  for (int i = 0; i < event.summary().value_size(); ++i) {
    const auto& scalar = scanned.scalars[static_cast<size_t>(i)];
    const auto& value = event.summary().value(i);
    FUZZ_CHECK(value.tag() == scalar.tag);
    FUZZ_CHECK(scalar.tensor || SameNumber(value.simple_value(), scalar.value));
  }
}

}  // namespace
}  // namespace telltale::fuzz

FUZZ_TARGET(event) {
  CheckScanners(bytes);
  Input input(bytes);
  std::string file;
  records::TfRecordWriter writer(io::AppendTo(file));
  while (input.more()) {
    const std::string_view payload = input.Piece();
    CheckScanners(payload);
    FUZZ_CHECK(writer.Write(payload).ok());
  }
  FUZZ_CHECK(writer.Write(bytes).ok());
  const formats::ReadOptions read{.keep_opaque = true};
  const auto source = io::FromMemory(file);
  auto events =
      formats::tensorboard::ReadEventFile(*source, {.path = "x", .run_name = "r", .read = &read});
  FUZZ_CHECK(events.ok());
  events->run.name = "r";
  model::Experiment experiment;
  experiment.runs.push_back(std::move(events->run));
  CheckExperiment(experiment);
}
