// Records of a .wandb file, each in a frame that is right.
#include "lib/formats/wandb/read_files.h"
#include "lib/records/leveldb_log_writer.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/inputs.h"

FUZZ_TARGET(wandb_records) {
  std::string header(formats::wandb::kMagic);
  header.push_back('\0');
  std::string file;
  records::LevelDbLogWriter writer(io::AppendTo(file), header);
  Input input(bytes);
  while (input.more()) FUZZ_CHECK(writer.Write(input.Piece()).ok());
  FUZZ_CHECK(writer.Write(bytes).ok());
  ReadAs("wandb", "run-1.wandb", file);
}
