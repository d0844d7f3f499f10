#include "lib/base/crc32c.h"

#include <string>
#include <string_view>

#include "gtest/gtest.h"

namespace telltale {
namespace {

// RFC 3720, B.4.
TEST(Crc32c, MatchesTheStandardsVectors) {
  EXPECT_EQ(Crc32c(std::string(32, '\0')), 0x8a9136aau);
  EXPECT_EQ(Crc32c(std::string(32, '\xff')), 0x62a8ab43u);
  EXPECT_EQ(Crc32c("123456789"), 0xe3069283u);
  EXPECT_EQ(Crc32c(""), 0u);
}

TEST(Crc32c, MasksAsTfRecordDoes) {
  const std::string_view payload(
      "\x1a\x11"
      "CRC test, one two",
      19);
  EXPECT_EQ(MaskedCrc32c(payload), 0x5794d08au);
  const std::string_view length("\x18\0\0\0\0\0\0\0", 8);
  EXPECT_EQ(MaskedCrc32c(length), 0x224b7fa3u);
  const std::string_view version(
      "\x09\0\0\x80\x38\x99\xd6\xd7\x41\x1a\x0d"
      "brain.Event:2",
      24);
  EXPECT_EQ(MaskedCrc32c(version), 0xab364b12u);
}

}  // namespace
}  // namespace telltale
