// Framing: what is read of any bytes, in any portions; and that what is written is read.
#include <vector>

#include "lib/records/tfrecord_reader.h"
#include "lib/records/tfrecord_writer.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/inputs.h"

namespace telltale::fuzz {
namespace {

std::vector<std::string> TfRecordsIn(io::ByteSource& source, bool find_first) {
  std::vector<std::string> records;
  uint64_t end = 0;
  records::TfRecordReader reader(
      source, {.find_first = find_first, .on_problem = [&end](const Problem& problem) {
                 FUZZ_CHECK(problem.begin >= end && problem.end > problem.begin);
                 FUZZ_CHECK(!problem.message.empty());
                 end = problem.end;
               }});
  while (true) {
    const auto record = reader.Next();
    FUZZ_CHECK(record.ok());
    if (!record->has_value()) break;
    records.emplace_back((*record)->data);
  }
  reader.Finish();
  FUZZ_CHECK(reader.records() == records.size());
  return records;
}

}  // namespace
}  // namespace telltale::fuzz

FUZZ_TARGET(tfrecord) {
  const auto whole = io::FromMemory(bytes);
  const auto records = TfRecordsIn(*whole, false);
  SlowSource slow(bytes, 7);
  FUZZ_CHECK(TfRecordsIn(slow, false) == records);
  const auto anywhere = io::FromMemory(bytes);
  TfRecordsIn(*anywhere, true);

  Input input(bytes);
  std::vector<std::string> written;
  std::string file;
  records::TfRecordWriter writer(io::AppendTo(file));
  while (input.more()) {
    written.emplace_back(input.Piece());
    FUZZ_CHECK(writer.Write(written.back()).ok());
  }
  const auto again = io::FromMemory(file);
  FUZZ_CHECK(TfRecordsIn(*again, false) == written);
}
