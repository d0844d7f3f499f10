// The same of the framing of .wandb files.
#include <vector>

#include "lib/formats/wandb/read_files.h"
#include "lib/records/leveldb_log_reader.h"
#include "lib/records/leveldb_log_writer.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/inputs.h"

namespace telltale::fuzz {
namespace {

std::vector<std::string> LogRecordsIn(io::ByteSource& source) {
  std::vector<std::string> records;
  uint64_t end = 0;
  records::LevelDbLogReader reader(source,
                                   {.magic = std::string(formats::wandb::kMagic),
                                    .newest_version = formats::wandb::kNewestVersion,
                                    .on_problem = [&end](const Problem& problem) {
                                      FUZZ_CHECK(problem.begin >= end || problem.begin == 0);
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
  return records;
}

}  // namespace
}  // namespace telltale::fuzz

FUZZ_TARGET(leveldb_log) {
  const auto whole = io::FromMemory(bytes);
  const auto records = LogRecordsIn(*whole);
  SlowSource slow(bytes, 5);
  FUZZ_CHECK(LogRecordsIn(slow) == records);

  Input input(bytes);
  std::vector<std::string> written;
  std::string file;
  std::string header(formats::wandb::kMagic);
  header.push_back('\0');
  records::LevelDbLogWriter writer(io::AppendTo(file), header);
  while (input.more()) {
    // Some are longer than a block.
    std::string record;
    for (size_t times = input.Byte() < 250 ? 1 : 300; times > 0; --times) record += input.Piece();
    FUZZ_CHECK(writer.Write(record).ok());
    written.push_back(std::move(record));
  }
  if (written.empty()) return;
  const auto again = io::FromMemory(file);
  FUZZ_CHECK(LogRecordsIn(*again) == written);
}
