#include "lib/base/column.h"

#include <cstdint>
#include <utility>
#include <vector>

#include "gtest/gtest.h"

namespace telltale {
namespace {

TEST(Column, KeepsWhatIsPushedWhileItGrows) {
  Column<int64_t> column;
  for (int64_t i = 0; i < 10000; ++i) column.push_back(i * i);
  ASSERT_EQ(column.size(), 10000u);
  for (int64_t i = 0; i < 10000; ++i) ASSERT_EQ(column[static_cast<size_t>(i)], i * i);
  column.shrink_to_fit();
  EXPECT_EQ(column.back(), 9999 * 9999);
}

TEST(Column, AppendsASpanOfItsOwnKind) {
  Column<double> column = {1, 2};
  const std::vector<double> more = {3, 4, 5};
  column.Append(more);
  EXPECT_EQ(column, (Column<double>{1, 2, 3, 4, 5}));
}

TEST(Column, CopiesAreIndependentAndMovesLeaveEmpty) {
  Column<int> a = {1, 2, 3};
  Column<int> b = a;
  b[0] = 9;
  EXPECT_EQ(a[0], 1);
  const Column<int> c = std::move(a);
  EXPECT_TRUE(a.empty());  // NOLINT(bugprone-use-after-move): that is what is tested
  EXPECT_EQ(c.size(), 3u);
  a.push_back(7);
  EXPECT_EQ(a.back(), 7);
}

TEST(Column, ShrinksToNothing) {
  Column<int> a = {1};
  a.resize_down(0);
  a.shrink_to_fit();
  EXPECT_TRUE(a.empty());
  EXPECT_TRUE(a.span().empty());
}

}  // namespace
}  // namespace telltale
