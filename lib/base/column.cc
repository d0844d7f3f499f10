#include "lib/base/column.h"

#include <sys/mman.h>

#include <cstdint>

namespace telltale {
namespace {

constexpr size_t kHugePage = size_t{2} << 20;

}  // namespace

ColumnBlock::ColumnBlock(size_t bytes) : bytes_((bytes + kHugePage - 1) / kHugePage * kHugePage) {
  memory_ = static_cast<char*>(std::aligned_alloc(kHugePage, bytes_));
  if (memory_ != nullptr) ::madvise(memory_, bytes_, MADV_HUGEPAGE);  // advice: may come to nothing
}

void ReleasePages(char* begin, char* end) {
  constexpr uintptr_t kPage = 4096;
  const uintptr_t first = (reinterpret_cast<uintptr_t>(begin) + kPage - 1) / kPage * kPage;
  const uintptr_t last = reinterpret_cast<uintptr_t>(end) / kPage * kPage;
  if (first < last) ::madvise(reinterpret_cast<void*>(first), last - first, MADV_DONTNEED);
}

}  // namespace telltale
