// One column of a series: a growing array of a trivially copyable type.
//
// Not std::vector because a vector that grows holds the old and the new block at once, and for the
// millions of points of a long run that doubles the peak. This grows with realloc, which moves
// large blocks by remapping pages, or stands in a block that it shares with other columns. The
// elements are contiguous and stay so: Python sees them as a NumPy array without a copy. Copies are
// deep, but for Share(): a column that grows can be looked at again and again without being copied.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <span>
#include <type_traits>
#include <utility>

namespace telltale {

// Memory that several columns share. Long columns in one block take a fraction of the page faults
// that each would take alone, because the kernel can give it in huge pages.
class ColumnBlock {
 public:
  // Nothing of it is backed by memory before it is written to.
  explicit ColumnBlock(size_t bytes);
  // `memory` of malloc, which nobody else frees and of which nothing is left to be taken.
  ColumnBlock(char* memory, size_t bytes) : memory_(memory), bytes_(bytes), taken_(bytes) {}
  ~ColumnBlock() { std::free(memory_); }
  ColumnBlock(const ColumnBlock&) = delete;
  ColumnBlock& operator=(const ColumnBlock&) = delete;

  // Room for `n` elements that nobody else has, or nullptr.
  template <typename T>
  T* Take(size_t n) {
    constexpr size_t kAlignment = alignof(std::max_align_t);
    if (memory_ == nullptr || n > (bytes_ - taken_) / sizeof(T)) return nullptr;
    T* place = reinterpret_cast<T*>(memory_ + taken_);
    taken_ = std::min(bytes_, (taken_ + n * sizeof(T) + kAlignment - 1) / kAlignment * kAlignment);
    return place;
  }

 private:
  char* memory_;
  size_t bytes_;
  size_t taken_ = 0;
};

template <typename T>
class Column {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  using value_type = T;

  Column() = default;
  Column(std::initializer_list<T> values) {
    Append(std::span<const T>(values.begin(), values.size()));
  }
  explicit Column(std::span<const T> values) { Append(values); }
  Column(const Column& other) { Append(other.span()); }
  Column& operator=(const Column& other) {
    if (this != &other) {
      resize_down(0);
      Append(other.span());
    }
    return *this;
  }
  Column(Column&& other) noexcept { Swap(other); }
  Column& operator=(Column&& other) noexcept {
    Column moved(std::move(other));
    Swap(moved);
    return *this;
  }
  ~Column() { Free(); }

  // A column of the same elements in the same memory, which neither of the two changes from now on:
  // what is appended to this one stands behind them, unseen by the other, and whoever asks for
  // elements to be changed gets a copy first. Threads may read the other meanwhile.
  Column Share() {
    if (size_ == 0) return {};
    if (block_ == nullptr) {
      block_ = std::make_shared<ColumnBlock>(reinterpret_cast<char*>(data_), capacity_ * sizeof(T));
    }
    shared_ = true;
    Column other;
    other.data_ = data_;
    other.size_ = other.capacity_ = size_;
    other.block_ = block_;
    other.shared_ = true;
    return other;
  }

  void push_back(T value) {
    if (size_ == capacity_) Grow(size_ + 1);
    data_[size_++] = value;
  }

  // Tells the processor that elements behind the last one will be written soon: who appends to many
  // columns in turn writes to more places than it follows by itself.
  void PrefetchEnd() const {
    constexpr size_t kLine = 64 / sizeof(T);  // elements of a cache line
    if (size_ + kLine < capacity_) __builtin_prefetch(data_ + size_ + kLine, 1);
  }

  void Append(std::span<const T> values) {
    if (values.size() > capacity_ - size_) Grow(size_ + values.size());
    if (!values.empty()) std::memcpy(data_ + size_, values.data(), values.size_bytes());
    size_ += values.size();
  }

  // `n` more elements, which the caller fills; capacity() has to have room for them, so that what
  // is there stays where it is.
  T* Extend(size_t n) {
    T* const place = data_ + size_;
    size_ += n;
    return place;
  }

  void reserve(size_t n) {
    if (n > capacity_) Reallocate(n);
  }
  // Moves to memory that other columns share, if it has room for `n` elements and more than are
  // there.
  void MoveTo(const std::shared_ptr<ColumnBlock>& block, size_t n) {
    if (n <= capacity_) return;
    T* place = block->Take<T>(n);
    if (place == nullptr) return;
    if (size_ > 0) std::memcpy(place, data_, size_ * sizeof(T));
    Free();
    data_ = place;
    capacity_ = n;
    block_ = block;
    shared_ = false;
  }
  void resize_down(size_t n) {
    if (n >= size_) return;
    size_ = n;
    if (shared_) capacity_ = n;  // what is appended must not stand where others read
  }
  // Gives back what growth reserved beyond the last element.
  void shrink_to_fit() {
    if (capacity_ != size_ && block_ == nullptr) Reallocate(size_);
  }

  size_t size() const { return size_; }
  size_t capacity() const { return capacity_; }
  bool empty() const { return size_ == 0; }
  const T* data() const { return data_; }
  const T& operator[](size_t i) const { return data_[i]; }
  const T& front() const { return data_[0]; }
  const T& back() const { return data_[size_ - 1]; }
  const T* begin() const { return data_; }
  const T* end() const { return data_ + size_; }
  std::span<const T> span() const { return {data_, size_}; }
  // The elements to be changed in place.
  std::span<T> Mutable() {
    if (shared_) Reallocate(size_);
    return {data_, size_};
  }

 private:
  static constexpr size_t kLarge = size_t{128} << 10;  // bytes: what malloc gets from the kernel

  void Swap(Column& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
    std::swap(block_, other.block_);
    std::swap(shared_, other.shared_);
  }

  void Free() {
    if (block_ == nullptr) std::free(data_);
    block_.reset();
  }

  // Small blocks double, since each growth copies them; large ones move by remapping, so they
  // reserve less.
  void Grow(size_t at_least) {
    const size_t more = capacity_ * sizeof(T) < kLarge ? capacity_ : capacity_ / 2;
    Reallocate(std::max(capacity_ + more + 8, at_least));
  }

  void Reallocate(size_t capacity) {
    void* moved = nullptr;
    if (capacity > 0) {
      moved = std::realloc(block_ == nullptr ? data_ : nullptr, capacity * sizeof(T));
      if (moved == nullptr) throw std::bad_alloc();
      if (block_ != nullptr && size_ > 0) std::memcpy(moved, data_, size_ * sizeof(T));
      block_.reset();
    } else {
      Free();
    }
    data_ = static_cast<T*>(moved);
    capacity_ = capacity;
    shared_ = false;
  }

  T* data_ = nullptr;  // of malloc, or in *block_
  size_t size_ = 0;
  size_t capacity_ = 0;
  std::shared_ptr<ColumnBlock> block_;
  bool shared_ = false;  // other columns hold these elements, or did
};

template <typename T>
bool operator==(const Column<T>& a, const Column<T>& b) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i) {
    if (!(a[i] == b[i])) return false;
  }
  return true;
}

}  // namespace telltale
