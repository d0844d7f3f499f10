// Decoding of TensorProto: the dtypes that scalars are written in, in both packings (FORMATS:
// tensor_content, or *_val).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "proto/event.pb.h"

namespace telltale::formats::tensorboard {

inline constexpr int kDtFloat = 1;
inline constexpr int kDtDouble = 2;
inline constexpr int kDtString = 7;
inline constexpr int kDtBfloat16 = 14;
inline constexpr int kDtHalf = 19;

// Elements that the shape says: 1 for rank 0. nullopt when a dimension is negative or the product
// does not fit.
std::optional<uint64_t> ElementCount(const proto::TensorShape& shape);

struct TensorScalar {
  double value = 0;
  bool float32 = false;  // the dtype has no more than 32 bits of floating point
};

// The only element of a numeric or boolean tensor of any rank, or nullopt when there is not exactly
// one or the dtype is not understood. 64-bit integers beyond 2^53 are rounded.
std::optional<TensorScalar> OnlyElement(const proto::TensorProto& tensor);

// "float", "double", "int64", ...; "type 42" for what we do not know.
std::string DtypeName(int dtype);

}  // namespace telltale::formats::tensorboard
