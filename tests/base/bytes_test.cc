#include "lib/base/bytes.h"

#include <gtest/gtest.h>

#include <string>

namespace telltale {
namespace {

TEST(Bytes, AreTheSameWhereNoneDiffers) {
  for (size_t n = 0; n < 40; ++n) {
    const std::string a(n, 'x');
    std::string b(n, 'x');
    EXPECT_TRUE(SameBytes(a, b));
    EXPECT_FALSE(SameBytes(a, b + "x"));
    for (size_t i = 0; i < n; ++i) {
      b[i] = '\xff';
      EXPECT_FALSE(SameBytes(a, b)) << n << " " << i;
      b[i] = 'x';
    }
  }
}

TEST(Bytes, AreLoadedAsTheyAreStored) {
  char bytes[9] = {};
  StoreLittleEndian(bytes + 1, uint64_t{0x0102030405060708});
  EXPECT_EQ(bytes[1], 8);
  EXPECT_EQ(bytes[8], 1);
  EXPECT_EQ(LoadLittleEndian<uint64_t>(bytes + 1), 0x0102030405060708u);
  EXPECT_EQ(LoadLittleEndian<uint16_t>(bytes + 1), 0x0708u);
}

}  // namespace
}  // namespace telltale
