// Constants that reader and writer of TFRecord framing share (docs/formats/tfrecord.md).
#pragma once

#include <cstddef>

namespace telltale::records {

inline constexpr size_t kTfRecordLengthBytes = 8;
inline constexpr size_t kTfRecordCrcBytes = 4;
inline constexpr size_t kTfRecordHeaderBytes = kTfRecordLengthBytes + kTfRecordCrcBytes;
inline constexpr size_t kTfRecordOverhead =
    kTfRecordHeaderBytes + kTfRecordCrcBytes;  // around each payload

}  // namespace telltale::records
