#include "lib/records/leveldb_log_writer.h"

#include <zlib.h>

#include <cstring>
#include <string>
#include <string_view>

#include "gtest/gtest.h"
#include "lib/records/leveldb_log_format.h"

namespace telltale::records {
namespace {

constexpr std::string_view kLogHeader("\x3aTST\xe1\xbe\0", 7);

std::string Written(std::initializer_list<std::string> records) {
  std::string bytes;
  LevelDbLogWriter writer(io::AppendTo(bytes), kLogHeader);
  for (const std::string& record : records) EXPECT_TRUE(writer.Write(record).ok());
  EXPECT_EQ(writer.bytes(), bytes.size());
  EXPECT_EQ(writer.records(), records.size());
  return bytes;
}

// As zlib, another implementation, sums it up.
uint32_t SumOf(std::string_view type_and_data) {
  return static_cast<uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(type_and_data.data()),
                                     static_cast<uInt>(type_and_data.size())));
}

TEST(LevelDbLogWriter, WritesHeaderChecksumLengthTypeData) {
  const std::string bytes = Written({"hello"});
  ASSERT_EQ(bytes.size(), 7u + 7u + 5u);
  EXPECT_EQ(bytes.substr(0, 7), kLogHeader);
  uint32_t sum = 0;
  std::memcpy(&sum, bytes.data() + 7, sizeof sum);
  EXPECT_EQ(sum, SumOf("\x01hello"));
  EXPECT_EQ(bytes.substr(11), std::string("\x05\x00\x01hello", 8));
}

TEST(LevelDbLogWriter, ASevenByteRestHoldsAnEmptyFirstChunk) {
  const std::string bytes = Written({std::string(kLogBlockBytes - 21, 'f'), "two"});
  EXPECT_EQ(bytes.substr(kLogBlockBytes - 3, 3), std::string("\0\0\x02", 3));
  EXPECT_EQ(bytes.substr(kLogBlockBytes + 4), std::string("\x03\0\x04two", 6));
}

TEST(LevelDbLogWriter, AShorterRestIsZeros) {
  const std::string bytes = Written({std::string(kLogBlockBytes - 20, 'f'), "two"});
  EXPECT_EQ(bytes.substr(kLogBlockBytes - 6, 6), std::string(6, '\0'));
  EXPECT_EQ(bytes.substr(kLogBlockBytes + 4), std::string("\x03\0\x01two", 6));
}

}  // namespace
}  // namespace telltale::records
