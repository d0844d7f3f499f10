#include "lib/formats/tensorboard/tensor.h"

#include <bit>
#include <cmath>
#include <limits>

#include "lib/base/bytes.h"
#include "lib/base/str.h"

namespace telltale::formats::tensorboard {
namespace {

enum Dtype : int {
  kFloat = kDtFloat,
  kDouble = kDtDouble,
  kInt32 = 3,
  kUint8 = 4,
  kInt16 = 5,
  kInt8 = 6,
  kInt64 = 9,
  kBool = 10,
  kBfloat16 = kDtBfloat16,
  kUint16 = 17,
  kHalf = kDtHalf,
  kUint32 = 22,
  kUint64 = 23,
};

// IEEE 754 binary16.
double HalfToDouble(uint16_t bits) {
  const int exponent = bits >> 10 & 0x1f;
  const int mantissa = bits & 0x3ff;
  double value = 0;
  if (exponent == 0x1f) {
    value = mantissa == 0 ? std::numeric_limits<double>::infinity()
                          : std::numeric_limits<double>::quiet_NaN();
  } else if (exponent == 0) {
    value = std::ldexp(mantissa, -24);
  } else {
    value = std::ldexp(mantissa + 1024, exponent - 25);
  }
  return (bits & 0x8000) != 0 ? -value : value;
}

// The upper half of a binary32.
double Bfloat16ToDouble(uint16_t bits) {
  return std::bit_cast<float>(static_cast<uint32_t>(bits) << 16);
}

template <typename T>
std::optional<double> OnlyOf(const std::string& content) {
  if (content.size() != sizeof(T)) return std::nullopt;
  return static_cast<double>(LoadLittleEndian<T>(content.data()));
}

std::optional<double> FromContent(int dtype, const std::string& content) {
  switch (dtype) {
    case kFloat:
      return OnlyOf<float>(content);
    case kDouble:
      return OnlyOf<double>(content);
    case kInt32:
      return OnlyOf<int32_t>(content);
    case kUint8:
    case kBool:
      return OnlyOf<uint8_t>(content);
    case kInt16:
      return OnlyOf<int16_t>(content);
    case kInt8:
      return OnlyOf<int8_t>(content);
    case kInt64:
      return OnlyOf<int64_t>(content);
    case kUint16:
      return OnlyOf<uint16_t>(content);
    case kUint32:
      return OnlyOf<uint32_t>(content);
    case kUint64:
      return OnlyOf<uint64_t>(content);
    case kHalf:
    case kBfloat16: {
      if (content.size() != sizeof(uint16_t)) return std::nullopt;
      const auto bits = LoadLittleEndian<uint16_t>(content.data());
      return dtype == kHalf ? HalfToDouble(bits) : Bfloat16ToDouble(bits);
    }
    default:
      return std::nullopt;
  }
}

template <typename Repeated>
std::optional<double> OnlyOf(const Repeated& values) {
  if (values.size() != 1) return std::nullopt;
  return static_cast<double>(values[0]);
}

std::optional<double> FromValues(const proto::TensorProto& tensor) {
  switch (tensor.dtype()) {
    case kFloat:
      return OnlyOf(tensor.float_val());
    case kDouble:
      return OnlyOf(tensor.double_val());
    case kInt32:
    case kUint8:
    case kInt16:
    case kInt8:
    case kUint16:
      return OnlyOf(tensor.int_val());
    case kInt64:
      return OnlyOf(tensor.int64_val());
    case kBool:
      return OnlyOf(tensor.bool_val());
    case kUint32:
      return OnlyOf(tensor.uint32_val());
    case kUint64:
      return OnlyOf(tensor.uint64_val());
    case kHalf:
    case kBfloat16: {
      if (tensor.half_val_size() != 1) return std::nullopt;
      const auto bits = static_cast<uint16_t>(tensor.half_val(0));
      return tensor.dtype() == kHalf ? HalfToDouble(bits) : Bfloat16ToDouble(bits);
    }
    default:
      return std::nullopt;
  }
}

}  // namespace

std::optional<uint64_t> ElementCount(const proto::TensorShape& shape) {
  if (shape.unknown_rank()) return std::nullopt;
  uint64_t count = 1;
  for (const auto& dim : shape.dim()) {
    if (dim.size() < 0) return std::nullopt;
    if (__builtin_mul_overflow(count, static_cast<uint64_t>(dim.size()), &count))
      return std::nullopt;
  }
  return count;
}

std::optional<TensorScalar> OnlyElement(const proto::TensorProto& tensor) {
  if (ElementCount(tensor.tensor_shape()) != 1) return std::nullopt;
  const std::optional<double> value = tensor.tensor_content().empty()
                                          ? FromValues(tensor)
                                          : FromContent(tensor.dtype(), tensor.tensor_content());
  if (!value.has_value()) return std::nullopt;
  const bool float32 =
      tensor.dtype() == kFloat || tensor.dtype() == kHalf || tensor.dtype() == kBfloat16;
  return TensorScalar{.value = *value, .float32 = float32};
}

std::string DtypeName(int dtype) {
  switch (dtype) {
    case kFloat:
      return "float";
    case kDouble:
      return "double";
    case kInt32:
      return "int32";
    case kInt64:
      return "int64";
    case kBool:
      return "bool";
    case kDtString:
      return "string";
    case kHalf:
      return "half";
    case kBfloat16:
      return "bfloat16";
    default:
      return StrCat("type ", dtype);
  }
}

}  // namespace telltale::formats::tensorboard
