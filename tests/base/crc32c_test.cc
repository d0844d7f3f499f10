#include "lib/base/crc32c.h"

#include <random>
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

// Bit by bit, as the polynomial says.
uint32_t SlowCrc32c(std::string_view data) {
  uint32_t crc = 0xffffffffu;
  for (const char c : data) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0x82f63b78u : 0);
  }
  return ~crc;
}

// Short and long data take different ways through the processor.
TEST(Crc32c, IsTheSameForEveryLengthAndPlaceInMemory) {
  std::mt19937 random(7);
  std::string bytes(1024, '\0');
  for (char& c : bytes) c = static_cast<char>(random());
  for (size_t begin = 0; begin < 9; ++begin) {
    for (size_t n = 0; begin + n <= 600; ++n) {
      const auto data = std::string_view(bytes).substr(begin, n);
      ASSERT_EQ(Crc32c(data), SlowCrc32c(data)) << begin << " " << n;
    }
  }
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
