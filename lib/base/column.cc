#include "lib/base/column.h"

#include <sys/mman.h>

namespace telltale {
namespace {

constexpr size_t kHugePage = size_t{2} << 20;

}  // namespace

ColumnBlock::ColumnBlock(size_t bytes) : bytes_((bytes + kHugePage - 1) / kHugePage * kHugePage) {
  memory_ = static_cast<char*>(std::aligned_alloc(kHugePage, bytes_));
  if (memory_ != nullptr) ::madvise(memory_, bytes_, MADV_HUGEPAGE);  // advice: may come to nothing
}

}  // namespace telltale
