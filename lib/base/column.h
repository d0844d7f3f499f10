// One column of a series: a growing array of a trivially copyable type.
//
// Not std::vector because a vector that grows holds the old and the new block at once, and for the
// millions of points of a long run that doubles the peak. This grows with realloc, which moves
// large blocks by remapping pages. The elements are contiguous and stay so: Python sees them as a
// NumPy array without a copy.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <span>
#include <type_traits>
#include <utility>

namespace telltale {

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
      size_ = 0;
      Append(other.span());
    }
    return *this;
  }
  Column(Column&& other) noexcept
      : data_(std::move(other.data_)),
        size_(std::exchange(other.size_, 0)),
        capacity_(std::exchange(other.capacity_, 0)) {}
  Column& operator=(Column&& other) noexcept {
    data_ = std::move(other.data_);
    size_ = std::exchange(other.size_, 0);
    capacity_ = std::exchange(other.capacity_, 0);
    return *this;
  }

  void push_back(T value) {
    if (size_ == capacity_) Grow(size_ + 1);
    data_[size_++] = value;
  }

  void Append(std::span<const T> values) {
    if (values.size() > capacity_ - size_) Grow(size_ + values.size());
    for (const T& value : values) data_[size_++] = value;
  }

  void reserve(size_t n) {
    if (n > capacity_) Reallocate(n);
  }
  void resize_down(size_t n) { size_ = n < size_ ? n : size_; }
  // Gives back what growth reserved beyond the last element.
  void shrink_to_fit() {
    if (capacity_ != size_) Reallocate(size_);
  }

  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  const T* data() const { return data_.get(); }
  T* data() { return data_.get(); }
  const T& operator[](size_t i) const { return data_[i]; }
  T& operator[](size_t i) { return data_[i]; }
  const T& front() const { return data_[0]; }
  const T& back() const { return data_[size_ - 1]; }
  const T* begin() const { return data_.get(); }
  const T* end() const { return data_.get() + size_; }
  T* begin() { return data_.get(); }
  T* end() { return data_.get() + size_; }
  std::span<const T> span() const { return {data_.get(), size_}; }

 private:
  static constexpr size_t kLarge = size_t{128} << 10;  // bytes: what malloc gets from the kernel

  struct Free {
    void operator()(T* p) const { std::free(p); }
  };

  // Small blocks double, since each growth copies them; large ones move by remapping, so they
  // reserve less.
  void Grow(size_t at_least) {
    const size_t more = capacity_ * sizeof(T) < kLarge ? capacity_ : capacity_ / 2;
    Reallocate(std::max(capacity_ + more + 8, at_least));
  }

  void Reallocate(size_t capacity) {
    if (capacity == 0) {
      data_.reset();
      capacity_ = 0;
      return;
    }
    void* moved = std::realloc(static_cast<void*>(data_.get()), capacity * sizeof(T));
    if (moved == nullptr) throw std::bad_alloc();
    static_cast<void>(data_.release());  // realloc freed or kept it
    data_.reset(static_cast<T*>(moved));
    capacity_ = capacity;
  }

  std::unique_ptr<T[], Free> data_;
  size_t size_ = 0;
  size_t capacity_ = 0;
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
