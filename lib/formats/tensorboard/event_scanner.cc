#include "lib/formats/tensorboard/event_scanner.h"

#include <cstddef>

#include "lib/base/bytes.h"

namespace telltale::formats::tensorboard {
namespace {

// Tags on the wire: field number << 3 | wire type (0 varint, 1 fixed64, 2 length-delimited, 5
// fixed32).
constexpr uint8_t kEventWallTime = 1 << 3 | 1;
constexpr uint8_t kEventStep = 2 << 3 | 0;
constexpr uint8_t kEventSummary = 5 << 3 | 2;
constexpr uint8_t kSummaryValue = 1 << 3 | 2;
constexpr uint8_t kValueTag = 1 << 3 | 2;
constexpr uint8_t kValueSimple = 2 << 3 | 5;
constexpr uint8_t kValueNodeName = 7 << 3 | 2;
constexpr uint8_t kValueTensor = 8 << 3 | 2;
constexpr uint8_t kValueMetadata = 9 << 3 | 2;
constexpr uint8_t kTensorDtype = 1 << 3 | 0;
constexpr uint8_t kTensorShape = 2 << 3 | 2;
constexpr uint8_t kTensorContent = 4 << 3 | 2;
constexpr uint8_t kTensorFloat = 5 << 3 | 5;
constexpr uint8_t kTensorFloatPacked = 5 << 3 | 2;
constexpr uint8_t kMetadataPluginData = 1 << 3 | 2;
constexpr uint8_t kMetadataDisplayName = 2 << 3 | 2;
constexpr uint8_t kMetadataDescription = 3 << 3 | 2;
constexpr uint8_t kMetadataDataClass = 4 << 3 | 0;
constexpr uint8_t kPluginName = 1 << 3 | 2;
constexpr uint8_t kPluginContent = 2 << 3 | 2;
constexpr uint64_t kFloatDtype = 1;

// Protobuf refuses a length of more than five bytes, so such a one is left to it.
constexpr unsigned kLengthBits = 35;

// Reads forward; after any failure `ok` is false and every read gives zeros.
class Cursor {
 public:
  explicit Cursor(std::string_view bytes) : p_(bytes.data()), end_(bytes.data() + bytes.size()) {}

  bool more() const { return p_ < end_; }
  bool ok() const { return ok_; }

  uint8_t Byte() {
    if (p_ >= end_) return static_cast<uint8_t>(Fail());
    return static_cast<uint8_t>(*p_++);
  }

  uint64_t Varint(unsigned bits = 64) {
    uint64_t value = 0;
    for (unsigned shift = 0; shift < bits; shift += 7) {
      if (p_ >= end_) return Fail();
      const auto byte = static_cast<uint8_t>(*p_++);
      value |= static_cast<uint64_t>(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    return Fail();
  }

  template <typename T>
  T Fixed() {
    if (static_cast<size_t>(end_ - p_) < sizeof(T)) return static_cast<T>(Fail());
    const T value = LoadLittleEndian<T>(p_);
    p_ += sizeof(T);
    return value;
  }

  std::string_view Bytes() {
    const uint64_t n = Varint(kLengthBits);
    if (n > static_cast<uint64_t>(end_ - p_)) {
      Fail();
      return {};
    }
    const std::string_view bytes(p_, static_cast<size_t>(n));
    p_ += n;
    return bytes;
  }

 private:
  uint64_t Fail() {
    ok_ = false;
    p_ = end_;
    return 0;
  }

  const char* p_;
  const char* end_;
  bool ok_ = true;
};

// A float of rank 0, stored in one of the three ways that writers use.
bool ScanTensor(std::string_view bytes, float& value) {
  Cursor in(bytes);
  uint64_t dtype = 0;
  int values = 0;
  while (in.more()) {
    switch (in.Byte()) {
      case kTensorDtype:
        dtype = in.Varint();
        break;
      case kTensorShape:
        if (!in.Bytes().empty()) return false;
        break;
      case kTensorFloat:
        value = in.Fixed<float>();
        ++values;
        break;
      case kTensorContent:
      case kTensorFloatPacked: {
        const std::string_view content = in.Bytes();
        if (content.size() != sizeof(float)) return false;
        value = LoadLittleEndian<float>(content.data());
        ++values;
        break;
      }
      default:
        return false;
    }
  }
  return in.ok() && dtype == kFloatDtype && values == 1;
}

// Metadata is read once a tag, by Protobuf; here it only has to be sound.
bool SoundMetadata(std::string_view bytes) {
  Cursor in(bytes);
  while (in.more()) {
    switch (in.Byte()) {
      case kMetadataPluginData: {
        Cursor plugin(in.Bytes());
        while (plugin.more()) {
          const uint8_t field = plugin.Byte();
          if (field != kPluginName && field != kPluginContent) return false;
          plugin.Bytes();
        }
        if (!plugin.ok()) return false;
        break;
      }
      case kMetadataDisplayName:
      case kMetadataDescription:
        in.Bytes();
        break;
      case kMetadataDataClass:
        in.Varint();
        break;
      default:
        return false;
    }
  }
  return in.ok();
}

bool ScanValue(std::string_view bytes, ScannedScalar& scalar) {
  Cursor in(bytes);
  int values = 0;
  int metadata = 0;
  while (in.more()) {
    switch (in.Byte()) {
      case kValueTag:
        scalar.tag = in.Bytes();
        break;
      case kValueSimple:
        scalar.value = in.Fixed<float>();
        ++values;
        break;
      case kValueNodeName:
        in.Bytes();
        break;
      case kValueTensor:
        if (!ScanTensor(in.Bytes(), scalar.value)) return false;
        scalar.tensor = true;
        ++values;
        break;
      case kValueMetadata:
        scalar.metadata = in.Bytes();
        if (!SoundMetadata(scalar.metadata)) return false;
        ++metadata;
        break;
      default:
        return false;
    }
  }
  // Two of one kind would be merged by Protobuf, two of several kinds decided by order: rare enough
  // to leave to it.
  return in.ok() && values == 1 && metadata <= 1;
}

bool ScanSummary(std::string_view bytes, std::vector<ScannedScalar>& scalars) {
  Cursor in(bytes);
  while (in.more()) {
    if (in.Byte() != kSummaryValue) return false;
    const std::string_view value = in.Bytes();
    if (!in.ok()) return false;
    if (!ScanValue(value, scalars.emplace_back())) return false;
  }
  return true;
}

}  // namespace

// Event{wall_time, step unless 0, summary{value{tag, simple_value}}}: every length has to be just
// what is left, so that one comparison each checks both bounds and layout.
bool ScanPlainScalar(std::string_view record, PlainScalar& scalar) {
  constexpr size_t kFixed = 1 + sizeof(double) + 2 + 2 + 2 + 1 + sizeof(float);
  constexpr size_t kLongest = 0x7f;  // of a length that takes one byte
  if (record.size() < kFixed || record[0] != kEventWallTime) return false;
  const char* p = record.data() + 1;
  const char* const end = record.data() + record.size();
  scalar.wall_time = LoadLittleEndian<double>(p);
  p += sizeof(double);
  uint64_t step = 0;
  if (*p == kEventStep) {
    ++p;
    for (unsigned shift = 0;; shift += 7) {
      if (p == end || shift > 63) return false;
      const auto byte = static_cast<uint8_t>(*p++);
      step |= static_cast<uint64_t>(byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
  }
  scalar.step = static_cast<int64_t>(step);
  const auto left = static_cast<size_t>(end - p);
  constexpr size_t kAround = 2 + 2 + 2 + 1 + sizeof(float);  // the tag
  if (left < kAround || left > kLongest + 2) return false;
  const size_t tag = left - kAround;
  const char* const simple = p + 6 + tag;
  if (p[0] != kEventSummary || static_cast<size_t>(p[1]) != left - 2 || p[2] != kSummaryValue ||
      static_cast<size_t>(p[3]) != left - 4 || p[4] != kValueTag ||
      static_cast<size_t>(p[5]) != tag || *simple != kValueSimple) {
    return false;
  }
  scalar.tag = {p + 6, tag};
  scalar.value = LoadLittleEndian<float>(simple + 1);
  return true;
}

bool ScanScalars(std::string_view record, ScannedEvent& event) {
  event.wall_time = 0;
  event.step = 0;
  event.scalars.clear();
  Cursor in(record);
  bool summary = false;
  while (in.more()) {
    switch (in.Byte()) {
      case kEventWallTime:
        event.wall_time = in.Fixed<double>();
        break;
      case kEventStep:
        event.step = static_cast<int64_t>(in.Varint());
        break;
      case kEventSummary: {
        const std::string_view bytes = in.Bytes();
        if (!in.ok() || !ScanSummary(bytes, event.scalars)) return false;
        summary = true;
        break;
      }
      default:
        return false;
    }
  }
  return in.ok() && summary;
}

}  // namespace telltale::formats::tensorboard
