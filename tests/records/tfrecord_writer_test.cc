#include "lib/records/tfrecord_writer.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "lib/io/byte_source.h"
#include "lib/records/tfrecord_reader.h"
#include "tests/support/tfrecord_bytes.h"

namespace telltale::records {
namespace {

TEST(TfRecordWriter, WritesTheBytesOfTensorFlowsOwnWriter) {
  // The first record of any event file; checksums as TensorFlow 2.21 writes them.
  const std::string payload = absl::HexStringToBytes(
      "09000080"
      "3899d6d741"
      "1a0d627261696e2e4576656e743a32");
  ASSERT_EQ(payload.size(), 24u);
  std::string bytes;
  TfRecordWriter writer(io::AppendTo(bytes));
  ASSERT_TRUE(writer.Write(payload).ok());
  EXPECT_EQ(absl::BytesToHexString(bytes),
            "1800000000000000a37f4b22" + absl::BytesToHexString(payload) + "124b36ab");
  EXPECT_EQ(writer.bytes(), bytes.size());
  EXPECT_EQ(writer.records(), 1u);
}

TEST(TfRecordWriter, IsReadBack) {
  std::string bytes;
  TfRecordWriter writer(io::AppendTo(bytes));
  const std::vector<std::string> payloads = {"", "a", std::string(100'000, 'x'),
                                             std::string("\0\xff", 2)};
  for (const std::string& payload : payloads) ASSERT_TRUE(writer.Write(payload).ok());
  EXPECT_EQ(writer.bytes(), bytes.size());
  const auto source = io::FromMemory(bytes);
  TfRecordReader reader(*source);
  for (const std::string& payload : payloads) {
    const auto record = reader.Next();
    ASSERT_TRUE(record.ok() && record->has_value());
    EXPECT_EQ((*record)->data, payload);
  }
  EXPECT_FALSE(reader.Next()->has_value());
  EXPECT_EQ(reader.pending_bytes(), 0u);
}

TEST(TfRecordWriter, DamagesOnRequest) {
  std::string bytes;
  TfRecordWriter writer(io::AppendTo(bytes));
  ASSERT_TRUE(writer.Write("one").ok());
  ASSERT_TRUE(writer.Write("two", {.data_crc = 1}).ok());
  ASSERT_TRUE(writer.Write("three", {.length_crc = 0x80000000}).ok());
  EXPECT_EQ(bytes, testing::Frame("one") + testing::Frame("two", {.data_crc = 1}) +
                       testing::Frame("three", {.length_crc = 0x80000000}));
}

TEST(TfRecordWriter, StopsWhenTheSinkFails) {
  int calls = 0;
  TfRecordWriter writer([&](std::string_view) {
    return ++calls < 5 ? absl::OkStatus() : absl::ResourceExhaustedError("full");
  });
  EXPECT_TRUE(writer.Write("one").ok());
  EXPECT_EQ(writer.Write("two").message(), "full");
  EXPECT_EQ(calls, 5);
  EXPECT_EQ(writer.records(), 1u);
}

}  // namespace
}  // namespace telltale::records
