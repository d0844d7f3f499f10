#include "lib/io/byte_source.h"

#include <sys/stat.h>

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/growing_source.h"
#include "tests/support/gzip_bytes.h"
#include "tests/support/temp_dir.h"

namespace telltale::io {
namespace {

using testing::GrowingSource;
using testing::Gzip;
using ::testing::HasSubstr;
using testing::TempDir;

// All bytes, or the error's text behind those that came before it.
std::string ReadAll(ByteSource& source, size_t piece = 7) {
  std::string all;
  std::string buffer(piece, '\0');
  while (true) {
    const auto got = source.Read(buffer.data(), buffer.size());
    if (!got.ok()) return all + "!" + std::string(got.status().message());
    if (*got == 0) return all;
    all.append(buffer, 0, *got);
  }
}

std::string Bytes(size_t n) {
  std::string bytes;
  for (size_t i = 0; i < n; ++i) bytes.push_back(static_cast<char>(i * i % 251));
  return bytes;
}

TEST(OpenFile, ReadsAFileAndSeesItGrow) {
  const TempDir dir;
  const std::string path = dir.Write("a", "hello");
  const auto source = OpenFile(path);
  ASSERT_TRUE(source.ok());
  EXPECT_EQ((*source)->Remaining(), 5u);
  EXPECT_EQ(ReadAll(**source), "hello");
  EXPECT_EQ((*source)->Remaining(), 0u);
  dir.Write("a", "hello world");
  EXPECT_EQ((*source)->Remaining(), 6u);
  EXPECT_EQ(ReadAll(**source), " world");
}

TEST(OpenFile, SaysWhyItCannot) {
  const TempDir dir;
  const auto missing = OpenFile(dir.Join("nothing"));
  EXPECT_EQ(missing.status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(missing.status().message()), HasSubstr("nothing"));
  EXPECT_FALSE(OpenFile(dir.path()).ok());
}

TEST(OpenFile, DoesNotHangOnAFifo) {
  const TempDir dir;
  ASSERT_EQ(::mkfifo(dir.Join("fifo").c_str(), 0600), 0);
  EXPECT_THAT(std::string(OpenFile(dir.Join("fifo")).status().message()),
              HasSubstr("not a regular file"));
}

TEST(OpenFile, DecompressesByContent) {
  const TempDir dir;
  const std::string bytes = Bytes(300000);
  const auto source = OpenFile(dir.Write("not-named-gz", Gzip(bytes)));
  ASSERT_TRUE(source.ok());
  EXPECT_EQ((*source)->Remaining(), std::nullopt);
  EXPECT_EQ(ReadAll(**source, 4096), bytes);
}

TEST(Gunzip, ReadsMembersInARowAndPaddingBehindThem) {
  EXPECT_EQ(ReadAll(*Gunzip(FromMemory(Gzip("one ") + Gzip("two") + std::string(512, '\0')))),
            "one two");
}

TEST(Gunzip, RefusesWhatExpandsBeyondAllReason) {
  const std::string bomb = Gzip(std::string(size_t{80} << 20, '\0'));
  ASSERT_LT(bomb.size(), size_t{200} << 10);
  const auto source = Gunzip(FromMemory(bomb, "x.gz"));
  std::string block(size_t{1} << 20, '\0');
  uint64_t produced = 0;
  absl::Status status;
  while (status.ok()) {
    const auto read = source->Read(block.data(), block.size());
    if (read.ok() && *read == 0) break;
    status = read.status();
    if (read.ok()) produced += *read;
  }
  EXPECT_TRUE(absl::IsResourceExhausted(status)) << status;
  EXPECT_THAT(std::string(status.message()), HasSubstr("x.gz: offset "));
  EXPECT_LE(produced, uint64_t{65} << 20);
}

TEST(Gunzip, GoesOnWhenATornStreamGrows) {
  const std::string bytes = Bytes(5000);
  const std::string compressed = Gzip(bytes);
  auto growing = std::make_unique<GrowingSource>(compressed.substr(0, compressed.size() / 2));
  GrowingSource& file = *growing;
  const auto source = Gunzip(std::move(growing));
  std::string all = ReadAll(*source);
  EXPECT_LT(all.size(), bytes.size());
  file.Append(compressed.substr(compressed.size() / 2));
  EXPECT_EQ(all + ReadAll(*source), bytes);
}

TEST(Gunzip, NamesTheOffsetOfABrokenStream) {
  std::string compressed = Gzip(Bytes(100000));
  compressed[compressed.size() / 2] = static_cast<char>(~compressed[compressed.size() / 2]);
  compressed[compressed.size() / 2 + 1] = static_cast<char>(~compressed[compressed.size() / 2 + 1]);
  EXPECT_THAT(ReadAll(*Gunzip(FromMemory(compressed, "x.gz"))), HasSubstr("!x.gz: at byte "));
}

TEST(Gunzip, HandsOutAllThatStandsBeforeABrokenPlace) {
  const std::string bytes = Bytes(5000);
  std::string compressed = Gzip(bytes);
  compressed[compressed.size() - 6] ^= 1;  // of the checksum of all
  const auto source = Gunzip(FromMemory(compressed, "x.gz"));
  std::string block(size_t{1} << 20, '\0');
  const auto read = source->Read(block.data(), block.size());
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(block.substr(0, *read), bytes);
  for (int i = 0; i < 2; ++i) {
    EXPECT_TRUE(absl::IsDataLoss(source->Read(block.data(), block.size()).status()));
  }
}

TEST(Gunzip, NeverCrashesOnATruncatedStream) {
  const std::string compressed = Gzip(Bytes(500));
  for (size_t n = 0; n < compressed.size(); ++n) {
    const auto source = Gunzip(FromMemory(std::string_view(compressed).substr(0, n)));
    EXPECT_THAT(Bytes(500), ::testing::StartsWith(ReadAll(*source)));
  }
}

}  // namespace
}  // namespace telltale::io
