#include "lib/formats/tensorboard/read_files.h"

#include <bit>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/formats/tensorboard/file_parts.h"
#include "lib/formats/tensorboard/tensor.h"
#include "tests/support/event_bytes.h"
#include "tests/support/temp_dir.h"

namespace telltale::formats::tensorboard {
namespace {

using testing::EventRecord;
using testing::Frame;
using testing::ScalarEvent;
using testing::TempDir;
using testing::VersionRecord;

proto::Event TensorEvent(int64_t step, const std::string& tag, const std::string& plugin,
                         int dtype) {
  proto::Event event;
  event.set_wall_time(2000 + static_cast<double>(step));
  event.set_step(step);
  auto* value = event.mutable_summary()->add_value();
  value->set_tag(tag);
  if (!plugin.empty()) value->mutable_metadata()->mutable_plugin_data()->set_plugin_name(plugin);
  value->mutable_tensor()->set_dtype(dtype);
  if (dtype == kDtString) {
    value->mutable_tensor()->add_string_val(absl::StrCat("text of ", step));
  } else {
    value->mutable_tensor()->add_float_val(static_cast<float>(step) / 3);
  }
  return event;
}

// Records of all sorts: tags that say what they are once, at the beginning or in the middle, tags
// that never say it, text on scalars, restarts, a record within a record.
std::vector<std::string> Records() {
  std::vector<std::string> records = {VersionRecord()};
  for (int step = 0; step < 60; ++step) {
    records.push_back(EventRecord(ScalarEvent(step, "loss", 1.f / static_cast<float>(step + 1))));
    records.push_back(
        EventRecord(TensorEvent(step, "early", step == 0 ? "scalars" : "", kDtFloat)));
    if (step >= 30) {
      records.push_back(
          EventRecord(TensorEvent(step, "late", step == 30 ? "scalars" : "", kDtFloat)));
    }
    if (step % 7 == 0) records.push_back(EventRecord(TensorEvent(step, "note", "text", kDtString)));
    if (step == 45) records.push_back(EventRecord(TensorEvent(step, "loss", "", kDtString)));
    // No time at all must not look like an early one, whichever part it is in.
    if (step == 33) records.push_back(EventRecord(ScalarEvent(step, "timeless", 1.f, 0)));
    if (step % 9 == 4) records.push_back(EventRecord(TensorEvent(step, "never", "", kDtFloat)));
    if (step == 20 || step == 50) {
      proto::Event start;
      start.set_step(step);
      start.mutable_session_log()->set_status(proto::SessionLog::START);
      records.push_back(EventRecord(start));
    }
    if (step % 20 == 10) {
      proto::Event image;
      image.set_step(step);
      auto* value = image.mutable_summary()->add_value();
      value->set_tag("picture");
      value->set_image(EventRecord(ScalarEvent(step, "within", 1.f)) + std::string(200, 'x') +
                       EventRecord(ScalarEvent(step, "within", 2.f)));
      records.push_back(EventRecord(image));
    }
  }
  return records;
}

std::string Join(const std::vector<std::string>& records) {
  std::string bytes;
  for (const std::string& record : records) bytes += record;
  return bytes;
}

// All that a file gave, as text.
std::string Describe(const EventFile& file) {
  std::string out = absl::StrCat("events ", file.events, "\n");
  for (const model::RunFile& each : file.run.files) {
    absl::StrAppend(&out, "file ", each.bytes, " ", each.records, " ", each.pending_bytes, "\n");
  }
  for (const Problem& problem : file.problems) {
    absl::StrAppend(&out, "problem ", std::string(ProblemKindName(problem.kind)), " ",
                    problem.begin, "-", problem.end, " ", problem.message, "\n");
  }
  for (const model::Series& series : file.run.series) {
    absl::StrAppend(&out, series.tag, " ", series.float32, ":");
    for (size_t i = 0; i < series.size(); ++i) {
      absl::StrAppend(&out, " ", series.steps[i], "=", std::bit_cast<uint64_t>(series.values[i]),
                      "@", series.wall_times[i]);
    }
    out += "\n";
  }
  for (const model::TextSeries& text : file.run.texts) {
    absl::StrAppend(&out, "text ", text.tag, ":");
    for (const model::TextPoint& point : text.points) absl::StrAppend(&out, " ", point.step);
    out += "\n";
  }
  for (const model::OpaqueSeries& opaque : file.run.opaque) {
    absl::StrAppend(&out, opaque.kind, " ", opaque.tag, " ", opaque.count, " ", opaque.byte_size,
                    "\n");
  }
  for (const int64_t step : file.run.restarts) absl::StrAppend(&out, "restart ", step, "\n");
  absl::StrAppend(&out, file.run.first_wall_time, " ", file.run.last_wall_time, "\n");
  return out;
}

class ReadFilesTest : public ::testing::Test {
 protected:
  std::string Read(size_t jobs, const CutOptions& cut) {
    const std::vector<io::FoundFile> found = {
        {.path = path_, .directory = ".", .name = "f.tfevents", .bytes = size_}};
    const std::vector<EventFile> files = ReadFiles(found, {.jobs = jobs}, cut);
    return Describe(files.at(0));
  }
  void Write(const std::string& bytes) {
    path_ = dir_.Write("f.tfevents", bytes);
    size_ = bytes.size();
  }
  // What one thread reads, several read.
  void ExpectSame(const std::string& bytes, const std::string& what) {
    Write(bytes);
    const std::string whole = Read(1, {});
    for (const uint64_t piece : {40u, 150u, 700u, 3000u}) {
      for (const size_t jobs : {2u, 5u}) {
        EXPECT_EQ(Read(jobs, {.smallest_piece = piece, .head = 400}), whole)
            << what << ", pieces of at least " << piece << " bytes, " << jobs << " threads";
      }
    }
  }

  TempDir dir_;
  std::string path_;
  uint64_t size_ = 0;
};

TEST_F(ReadFilesTest, ManyThreadsReadOfOneFileWhatOneReads) {
  ExpectSame(Join(Records()), "sound file");
}

TEST_F(ReadFilesTest, AlsoWhereTheFileIsTorn) {
  const std::string bytes = Join(Records());
  for (const size_t less : {1u, 30u, 400u, 2000u}) {
    ExpectSame(bytes.substr(0, bytes.size() - less), absl::StrCat(less, " bytes are missing"));
  }
}

TEST_F(ReadFilesTest, AlsoWhereAnyByteIsDamaged) {
  const std::string bytes = Join(Records());
  std::mt19937 random(7);
  for (int i = 0; i < 60; ++i) {
    std::string damaged = bytes;
    for (int n = 0; n < 1 + i % 4; ++n) {
      damaged[random() % damaged.size()] ^= static_cast<char>(1u << (random() % 8));
    }
    ExpectSame(damaged, absl::StrCat("damage ", i));
  }
}

TEST_F(ReadFilesTest, AlsoWhereBytesAreMissingOrZeros) {
  const std::string bytes = Join(Records());
  std::mt19937 random(11);
  for (int i = 0; i < 30; ++i) {
    std::string damaged = bytes;
    const size_t at = random() % (damaged.size() - 600);
    if (i % 2 == 0) {
      damaged.erase(at, 1 + random() % 500);
    } else {
      damaged.replace(at, 500, std::string(500, '\0'));
    }
    ExpectSame(damaged, absl::StrCat("damage ", i));
  }
}

TEST(PieceQueue, GivesEachPieceOnce) {
  PieceQueue queue({{.bytes = 1000, .piece_bytes = 100}, {.bytes = 250}, {.bytes = 30}});
  const auto first = queue.Take();
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(first->file, 0u);
  EXPECT_EQ(first->begin, 0u);
  EXPECT_EQ(first->end, 100u);
  // The other thread begins in the middle of what is left.
  const auto second = queue.Take();
  EXPECT_EQ(second->file, 0u);
  EXPECT_EQ(second->begin, 500u);
  uint64_t end = first->end;
  for (uint64_t next = queue.Extend(0, end); next != end; next = queue.Extend(0, end)) end = next;
  EXPECT_EQ(end, 500u);
  EXPECT_EQ(queue.Extend(0, 600), 700u);
  EXPECT_EQ(queue.Take()->begin, 800u) << "larger than the next file";
  EXPECT_EQ(queue.Extend(0, 700), 800u);
  EXPECT_EQ(queue.Extend(0, 900), UINT64_MAX) << "the last piece ends with the file";
  EXPECT_EQ(queue.Take()->file, 1u);
  EXPECT_EQ(queue.Take()->file, 2u);
  EXPECT_FALSE(queue.Take().has_value());
}

}  // namespace
}  // namespace telltale::formats::tensorboard
