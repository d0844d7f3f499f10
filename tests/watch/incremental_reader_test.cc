#include "lib/watch/incremental_reader.h"

#include <atomic>
#include <filesystem>
#include <memory>
#include <numeric>
#include <thread>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/formats/format.h"
#include "tests/watch/logs.h"

namespace telltale::watch {
namespace {

double OneEverywhere(int64_t) { return 1; }

class IncrementalReaderTest : public ::testing::Test {
 protected:
  std::shared_ptr<const model::Experiment> Read() {
    const auto read = reader_.Read();
    EXPECT_TRUE(read.ok()) << read.status();
    return read.value_or(nullptr);
  }

  void ExpectSameAsReadAtOnce() {
    const auto followed = Read();
    const auto read = formats::FindFormat("tensorboard")->read(logs_.path(), {});
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_EQ(followed->format, read->format);
    EXPECT_EQ(followed->path, read->path);
    EXPECT_THAT(followed->problems, ::testing::IsEmpty());
    ASSERT_EQ(followed->runs.size(), read->runs.size());
    for (size_t i = 0; i < read->runs.size(); ++i) {
      const model::Run& run = followed->runs[i];
      const model::Run& expected = read->runs[i];
      EXPECT_EQ(run.name, expected.name);
      EXPECT_EQ(run.path, expected.path);
      ASSERT_EQ(run.series.size(), expected.series.size());
      for (size_t j = 0; j < run.series.size(); ++j) {
        EXPECT_EQ(run.series[j].tag, expected.series[j].tag);
        EXPECT_TRUE(run.series[j].steps == expected.series[j].steps) << run.name;
        EXPECT_TRUE(run.series[j].values == expected.series[j].values) << run.name;
        EXPECT_TRUE(run.series[j].wall_times == expected.series[j].wall_times) << run.name;
      }
    }
  }

  GrowingLogs logs_;
  IncrementalReader reader_{logs_.path()};
};

TEST_F(IncrementalReaderTest, HasWhatIsReadAtOnceWhateverHasHappenedBefore) {
  logs_.Grow("b/train", 0, 5, OneEverywhere);
  logs_.Grow("a", 0, 5, OneEverywhere);
  ExpectSameAsReadAtOnce();
  logs_.Grow("b/train", 5, 9, OneEverywhere);
  logs_.GrowFile("a/events.out.tfevents.2.host", 5, 9, OneEverywhere);  // a second file
  logs_.Grow("c", 0, 3, OneEverywhere);
  ExpectSameAsReadAtOnce();
  std::filesystem::remove_all(logs_.Join("a"));
  ExpectSameAsReadAtOnce();
}

TEST_F(IncrementalReaderTest, SeesAnotherFileOfTheSameNameAndSize) {
  const std::string file = GrowingLogs::FileOf("a");
  logs_.Grow("a", 1, 3, OneEverywhere);
  ExpectSameAsReadAtOnce();
  logs_.GrowFile("other", 5, 7, OneEverywhere);
  ASSERT_EQ(std::filesystem::file_size(logs_.Join("other")),
            std::filesystem::file_size(logs_.Join(file)));
  std::filesystem::rename(logs_.Join("other"), logs_.Join(file));
  ExpectSameAsReadAtOnce();
}

// What is given out shares its points with what still grows.
TEST_F(IncrementalReaderTest, IsLookedAtWhileItGrows) {
  logs_.Grow("a", 0, 100, OneEverywhere);
  std::shared_ptr<const model::Experiment> early = Read();
  std::atomic<bool> done = false;
  std::thread looker([&] {
    while (!done) {
      const Column<double>& values = early->runs.at(0).series.at(0).values;
      EXPECT_EQ(std::accumulate(values.begin(), values.end(), 0.0), 100);
    }
  });
  for (int64_t step = 100; step < 400; step += 3) {
    logs_.Grow("a", step, step + 3, OneEverywhere);
    const model::Series& series = Read()->runs.at(0).series.at(0);
    EXPECT_EQ(series.size(), static_cast<size_t>(step + 3));
    EXPECT_EQ(series.steps.back(), step + 2);
  }
  done = true;
  looker.join();
}

TEST_F(IncrementalReaderTest, DoesNotCopyWhatWasThereBefore) {
  logs_.Grow("a", 0, 1000, OneEverywhere);
  logs_.Grow("b", 0, 1000, OneEverywhere);
  logs_.GrowFile("b/events.out.tfevents.2.host", 1000, 2000, OneEverywhere);
  logs_.Grow("c", 0, 1000, OneEverywhere);
  const auto before = Read();
  logs_.Grow("c", 1000, 1001, OneEverywhere);
  const auto after = Read();
  ASSERT_NE(after, before);
  for (const size_t untouched : {0u, 1u}) {
    EXPECT_EQ(after->runs.at(untouched).series.at(0).values.data(),
              before->runs.at(untouched).series.at(0).values.data());
  }
  logs_.GrowFile("b/events.out.tfevents.2.host", 2000, 2001, OneEverywhere);
  EXPECT_EQ(Read()->runs.at(1).series.at(0).size(), 2001u);
  EXPECT_EQ(after->runs.at(1).series.at(0).size(), 2000u);
}

TEST_F(IncrementalReaderTest, GivesOutWhatNeverChanges) {
  logs_.Grow("a", 0, 5, OneEverywhere);
  const auto before = Read();
  EXPECT_EQ(Read(), before) << "nothing is new";
  logs_.Grow("a", 5, 9, OneEverywhere);
  EXPECT_EQ(Read()->runs.at(0).series.at(0).size(), 9u);
  EXPECT_EQ(before->runs.at(0).series.at(0).size(), 5u);
}

TEST(IncrementalReader, OfNothingFails) {
  const testing::TempDir dir;
  IncrementalReader reader(dir.Join("absent"));
  EXPECT_TRUE(absl::IsNotFound(reader.Read().status()));
}

}  // namespace
}  // namespace telltale::watch
