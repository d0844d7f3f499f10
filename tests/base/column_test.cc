#include "lib/base/column.h"

#include <cstdint>
#include <memory>
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
  b.Mutable()[0] = 9;
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

TEST(Column, SharesABlockWithOthers) {
  auto block = std::make_shared<ColumnBlock>(100 * sizeof(int64_t));
  Column<int64_t> a{1, 2, 3};
  Column<double> b{0.5};
  a.MoveTo(block, 50);
  b.MoveTo(block, 50);
  const int64_t* place = a.data();
  for (int64_t i = 4; i <= 50; ++i) a.push_back(i);
  EXPECT_EQ(a.data(), place);  // there was room
  for (size_t i = 0; i < 50; ++i) EXPECT_EQ(a[i], static_cast<int64_t>(i + 1));
  EXPECT_EQ(b, Column<double>{0.5});
  a.shrink_to_fit();  // a block is not given back in parts
  EXPECT_EQ(a.data(), place);
}

TEST(Column, LeavesTheBlockWhenItOutgrowsIt) {
  auto block = std::make_shared<ColumnBlock>(1);
  const std::weak_ptr<ColumnBlock> alive = block;
  Column<int64_t> a{7};
  a.MoveTo(block, 10);
  block.reset();
  EXPECT_FALSE(alive.expired());
  for (int64_t i = 1; i < 100; ++i) a.push_back(7 + i);
  EXPECT_TRUE(alive.expired());
  ASSERT_EQ(a.size(), 100u);
  for (size_t i = 0; i < 100; ++i) EXPECT_EQ(a[i], static_cast<int64_t>(i + 7));
}

TEST(Column, StaysWhereItIsWhenTheBlockHasNoRoom) {
  auto block = std::make_shared<ColumnBlock>(1);  // rounded up to one huge page
  Column<int64_t> a{1, 2};
  const int64_t* place = a.data();
  a.MoveTo(block, size_t{1} << 40);
  EXPECT_EQ(a.data(), place);
  a.MoveTo(block, 2);  // no more than it has
  EXPECT_EQ(a.data(), place);
}

TEST(Column, IsSharedWhileItGrows) {
  Column<int64_t> grows = {1, 2, 3};
  grows.reserve(100);
  const Column<int64_t> early = grows.Share();
  grows.push_back(4);
  EXPECT_EQ(grows.data(), early.data());  // there was room
  const Column<int64_t> later = grows.Share();
  while (grows.size() < 1000) grows.push_back(5);
  EXPECT_NE(grows.data(), early.data());
  EXPECT_EQ(early, (Column<int64_t>{1, 2, 3}));
  EXPECT_EQ(later, (Column<int64_t>{1, 2, 3, 4}));
  EXPECT_EQ(grows[3], 4);
  EXPECT_EQ(grows[999], 5);
}

TEST(Column, WhatIsSharedDoesNotChange) {
  Column<int64_t> a = {1, 2, 3};
  a.reserve(100);
  Column<int64_t> b = a.Share();
  a.resize_down(1);
  a.push_back(9);
  EXPECT_EQ(b, (Column<int64_t>{1, 2, 3}));
  EXPECT_EQ(a, (Column<int64_t>{1, 9}));

  Column<int64_t> c = b.Share();
  b.Mutable()[0] = 7;
  c.push_back(4);
  EXPECT_EQ(b, (Column<int64_t>{7, 2, 3}));
  EXPECT_EQ(c, (Column<int64_t>{1, 2, 3, 4}));

  Column<int64_t> d = c.Share();
  d = a;
  EXPECT_EQ(c, (Column<int64_t>{1, 2, 3, 4}));
  EXPECT_EQ(d, a);
  EXPECT_TRUE(Column<int64_t>().Share().empty());
}

TEST(Column, WhatIsSharedOutlivesWhereItCameFrom) {
  Column<double> kept;
  {
    Column<double> grows;
    for (int i = 0; i < 100'000; ++i) grows.push_back(i);
    kept = grows.Share();
  }
  ASSERT_EQ(kept.size(), 100'000u);
  for (size_t i = 0; i < kept.size(); ++i) EXPECT_EQ(kept[i], static_cast<double>(i));
}

TEST(Column, IsExtendedInPlace) {
  Column<int64_t> a{1, 2};
  a.reserve(10);
  const int64_t* const begin = a.data();
  int64_t* const place = a.Extend(2);
  place[0] = 3;
  place[1] = 4;
  EXPECT_EQ(a.data(), begin);
  EXPECT_EQ(a, (Column<int64_t>{1, 2, 3, 4}));
}

TEST(Column, KeepsItsBlockWhenMovedAndNotWhenCopied) {
  auto block = std::make_shared<ColumnBlock>(1);
  Column<int64_t> a{1, 2, 3};
  a.MoveTo(block, 10);
  const int64_t* place = a.data();
  Column<int64_t> moved = std::move(a);
  EXPECT_EQ(moved.data(), place);
  Column<int64_t> copy = moved;
  EXPECT_NE(copy.data(), place);
  EXPECT_EQ(copy, moved);
  moved = std::move(copy);
  EXPECT_NE(moved.data(), place);
  EXPECT_EQ(block.use_count(), 1);
}

}  // namespace
}  // namespace telltale
