// Every reader of bytes, when the bytes fail: an error at each byte in turn, sources that give
// little at a time, that shrink or grow while they are read. Nothing crashes, what was read before
// stays, and the error reaches the user with path and offset.

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/formats/mlflow/metric_lines.h"
#include "lib/formats/tensorboard/event_file.h"
#include "lib/io/byte_sink.h"
#include "lib/records/csv_reader.h"
#include "lib/records/leveldb_log_reader.h"
#include "lib/records/leveldb_log_writer.h"
#include "lib/records/tfrecord_reader.h"
#include "tests/support/event_bytes.h"
#include "tests/support/faulty_source.h"
#include "tests/support/wandb_bytes.h"

namespace telltale::formats {
namespace {

using testing::Faults;
using testing::FaultySource;
using ::testing::StartsWith;

// What a reader made of a source.
struct Outcome {
  std::vector<std::string> items = {};
  std::string error = {};  // Status or problem that says that the source failed; empty: none
};

struct Reader {
  std::string_view name = {};
  std::string bytes = {};
  std::function<Outcome(io::ByteSource& source)> read = {};
};

template <typename Next>
Outcome Records(Next& reader) {
  Outcome out;
  while (true) {
    const auto record = reader.Next();
    if (!record.ok()) out.error = std::string(record.status().message());
    if (!record.ok() || !record->has_value()) return out;
    out.items.emplace_back((*record)->data);
  }
}

Reader TfRecords() {
  return {"tfrecord", testing::ScalarFile("loss", {{0, 1.f}, {1, 2.f}, {2, 3.f}}),
          [](io::ByteSource& source) {
            records::TfRecordReader reader(source);
            return Records(reader);
          }};
}

Reader LevelDbLog() {
  std::string bytes;
  records::LevelDbLogWriter writer(io::AppendTo(bytes), testing::kWandbHeader);
  for (const std::string_view record : {"one", "two", "three"})
    EXPECT_TRUE(writer.Write(record).ok());
  return {"leveldb log", bytes, [](io::ByteSource& source) {
            records::LevelDbLogReader reader(source, {});
            return Records(reader);
          }};
}

Reader Csv() {
  return {"csv", "step,loss\n0,\"a\nb\"\n1,0.5\n2,0.25\n", [](io::ByteSource& source) {
            Outcome out;
            const absl::Status status =
                records::ReadCsv(source, {}, [&](const records::CsvRow& row) {
                  std::string& item = out.items.emplace_back();
                  for (const std::string_view cell : row.cells)
                    absl::StrAppend(&item, std::string(cell), "|");
                  return absl::OkStatus();
                });
            out.error = std::string(status.message());
            return out;
          }};
}

Reader MetricLines() {
  return {"metric lines", "1 0.5 0\n2 0.25 1\n3 nan 2\n", [](io::ByteSource& source) {
            Outcome out;
            model::Series series;
            mlflow::BadLines bad;
            out.error = std::string(mlflow::ReadMetricLines(source, series, bad).message());
            // A line that an error cut short is no point.
            for (const int64_t step : series.steps) out.items.push_back(absl::StrCat(step));
            return out;
          }};
}

Reader EventFile() {
  return {"event file", testing::ScalarFile("loss", {{0, 1.f}, {1, 2.f}, {2, 3.f}}),
          [](io::ByteSource& source) {
            Outcome out;
            const ReadOptions read;
            const auto file = tensorboard::ReadEventFile(
                source, {.path = std::string(FaultySource::kName), .read = &read});
            if (!file.ok()) {
              out.error = std::string(file.status().message());
              return out;
            }
            for (const Problem& problem : file->problems) {
              if (problem.kind != ProblemKind::kUnreadableFile) continue;
              EXPECT_EQ(problem.path, FaultySource::kName);
              out.error = problem.message;
            }
            for (const model::Series& series : file->run.series) {
              for (const double value : series.values) out.items.push_back(absl::StrCat(value));
            }
            return out;
          }};
}

class FaultySources : public ::testing::TestWithParam<Reader> {
 protected:
  Outcome ReadWith(Faults faults) const {
    FaultySource source(GetParam().bytes, faults);
    return GetParam().read(source);
  }
  // The items of `some` are the first of `all`.
  static void ExpectBeginning(const Outcome& some, const Outcome& all) {
    ASSERT_LE(some.items.size(), all.items.size());
    for (size_t i = 0; i < some.items.size(); ++i) EXPECT_EQ(some.items[i], all.items[i]);
  }
};

TEST_P(FaultySources, AnErrorAtAnyByteIsToldWithItsPlace) {
  const Outcome all = ReadWith({});
  EXPECT_EQ(all.error, "");
  // Whoever knows the size need not read behind the last byte.
  for (size_t at = 0; at < GetParam().bytes.size(); ++at) {
    const Outcome some = ReadWith({.fail_at = at});
    EXPECT_THAT(some.error,
                StartsWith(absl::StrCat("/logs/faulty: cannot read at byte ", at, ":")));
    ExpectBeginning(some, all);
  }
}

TEST_P(FaultySources, LittleAtATimeIsTheSame) {
  const Outcome all = ReadWith({});
  for (const size_t piece : {1, 2, 3, 7}) {
    const Outcome some = ReadWith({.piece = piece});
    EXPECT_EQ(some.items, all.items) << piece;
    EXPECT_EQ(some.error, "");
  }
}

TEST_P(FaultySources, AFileThatShrinksGivesWhatIsLeft) {
  const Outcome all = ReadWith({});
  for (size_t at = 0; at <= GetParam().bytes.size(); ++at) {
    const Outcome some = ReadWith({.shrink_to = at});
    EXPECT_EQ(some.error, "");
    ASSERT_LE(some.items.size(), all.items.size());
  }
}

TEST_P(FaultySources, AFileThatGrowsGivesAtLeastABeginning) {
  const Outcome all = ReadWith({});
  for (size_t at = 0; at <= GetParam().bytes.size(); ++at) {
    const Outcome some = ReadWith({.grow_from = at});
    EXPECT_EQ(some.error, "");
    ExpectBeginning(some, all);
  }
}

INSTANTIATE_TEST_SUITE_P(Readers, FaultySources,
                         ::testing::Values(TfRecords(), LevelDbLog(), Csv(), MetricLines(),
                                           EventFile()),
                         [](const auto& each) {
                           std::string name(each.param.name);
                           for (char& c : name) c = c == ' ' ? '_' : c;
                           return name;
                         });

}  // namespace
}  // namespace telltale::formats
