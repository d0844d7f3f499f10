#include "lib/base/crc32.h"

#include <zlib.h>

#include <string>

#include "gtest/gtest.h"

namespace telltale {
namespace {

TEST(Crc32, KnownValues) {
  EXPECT_EQ(Crc32(""), 0u);
  EXPECT_EQ(Crc32("123456789"), 0xcbf43926u);
}

TEST(Crc32, IsThatOfZlib) {
  std::string data;
  for (int size = 0; size < 1000; ++size) {
    ASSERT_EQ(Crc32(data),
              crc32(0, reinterpret_cast<const Bytef*>(data.data()), static_cast<uInt>(data.size())))
        << size;
    data += static_cast<char>(size * 37);
  }
}

TEST(Crc32, GoesOnFromWhatStandsBefore) {
  EXPECT_EQ(Crc32("456789", Crc32("123")), Crc32("123456789"));
}

}  // namespace
}  // namespace telltale
