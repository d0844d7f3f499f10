#include "lib/formats/wandb/history_row.h"

#include "lib/base/bytes.h"

namespace telltale::formats::wandb {
namespace {

// Field numbers, as docs/formats/wandb.md lists them.
constexpr uint32_t kRecordHistory = 2;
constexpr uint32_t kRecordSummary = 3;
constexpr uint32_t kRecordControl = 16;
constexpr uint32_t kRecordUuid = 19;
constexpr uint32_t kRecordInfo = 200;
constexpr uint32_t kHistoryItem = 1;
constexpr uint32_t kHistoryStep = 2;
constexpr uint32_t kStepNum = 1;
constexpr uint32_t kItemKey = 1;
constexpr uint32_t kItemNestedKey = 2;
constexpr uint32_t kItemNone = 3;
constexpr uint32_t kItemBoolean = 4;
constexpr uint32_t kItemInteger = 5;
constexpr uint32_t kItemNumber = 6;
constexpr uint32_t kItemText = 7;
constexpr uint32_t kItemJson = 8;
constexpr uint32_t kItemValueJson = 16;

// Fields of a message, one after another; after any failure `ok` is false and there are no more.
class Fields {
 public:
  explicit Fields(std::string_view bytes) : p_(bytes.data()), end_(bytes.data() + bytes.size()) {}

  bool ok() const { return ok_; }
  uint32_t number() const { return number_; }
  bool is_bytes() const { return type_ == 2; }
  bool is_varint() const { return type_ == 0; }
  bool is_fixed64() const { return type_ == 1; }
  std::string_view bytes() const { return bytes_; }
  uint64_t varint() const { return varint_; }

  bool Next() {
    if (!ok_ || p_ == end_) return false;
    const uint64_t tag = Varint();
    number_ = static_cast<uint32_t>(tag >> 3);
    type_ = static_cast<uint8_t>(tag & 7);
    switch (type_) {
      case 0:
        varint_ = Varint();
        break;
      case 1:
        Take(8);
        break;
      case 2:
        Take(Varint());
        break;
      case 5:
        Take(4);
        break;
      default:
        ok_ = false;
    }
    return ok_ && number_ != 0;
  }

 private:
  void Take(uint64_t n) {
    if (!ok_ || n > static_cast<uint64_t>(end_ - p_)) {
      ok_ = false;
      return;
    }
    bytes_ = {p_, static_cast<size_t>(n)};
    p_ += n;
  }

  uint64_t Varint() {
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && p_ < end_; shift += 7) {
      const auto byte = static_cast<uint8_t>(*p_++);
      value |= static_cast<uint64_t>(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    ok_ = false;
    return 0;
  }

  const char* p_;
  const char* end_;
  uint32_t number_ = 0;
  uint8_t type_ = 0;
  uint64_t varint_ = 0;
  std::string_view bytes_;
  bool ok_ = true;
};

// Fields that a record of any kind may have.
constexpr bool IsBeside(uint32_t number) {
  return number == kRecordControl || number == kRecordUuid || number == kRecordInfo;
}

double ZigZag(uint64_t value) {
  return static_cast<double>(static_cast<int64_t>(value >> 1) ^ -static_cast<int64_t>(value & 1));
}

}  // namespace

bool HistoryRow::Scan(std::string_view record, Of kind) {
  const uint32_t wanted = kind == Of::kHistory ? kRecordHistory : kRecordSummary;
  size_ = 0;
  step_.reset();
  bool found = false;
  for (Fields field(record);;) {
    if (!field.Next()) return field.ok() && found;
    if (field.number() == wanted) {
      if (found || !field.is_bytes() || !ScanItems(field.bytes(), kind)) return false;
      found = true;
    } else if (field.is_bytes() && !IsBeside(field.number())) {
      return false;  // another kind of record
    }
  }
}

bool HistoryRow::ScanItems(std::string_view bytes, Of kind) {
  Fields field(bytes);
  while (field.Next()) {
    if (!field.is_bytes()) continue;
    if (field.number() == kHistoryItem && !ScanItem(field.bytes())) return false;
    if (field.number() != kHistoryStep) continue;
    if (kind == Of::kSummary || !ScanStep(field.bytes())) return false;
  }
  return field.ok();
}

bool HistoryRow::ScanStep(std::string_view bytes) {
  if (!step_.has_value()) step_ = 0;
  Fields field(bytes);
  while (field.Next()) {
    if (field.number() == kStepNum && field.is_varint()) {
      step_ = static_cast<int64_t>(field.varint());
    }
  }
  return field.ok();
}

bool HistoryRow::ScanItem(std::string_view bytes) {
  if (size_ == items_.size()) items_.emplace_back();
  HistoryItem& item = items_[size_++];
  item.path.clear();
  item.kind = HistoryItem::Kind::kNone;
  std::string_view key;
  bool nested = false;
  Fields field(bytes);
  while (field.Next()) {
    switch (field.number()) {
      case kItemKey:
        if (field.is_bytes()) key = field.bytes();
        break;
      case kItemNestedKey:
        if (!field.is_bytes()) break;
        if (nested) item.path += kPathSeparator;
        item.path += field.bytes();
        nested = true;
        break;
      case kItemValueJson:
      case kItemJson:
        if (!field.is_bytes()) break;
        item.kind = HistoryItem::Kind::kJson;
        item.text = field.bytes();
        break;
      case kItemText:
        if (!field.is_bytes()) break;
        item.kind = HistoryItem::Kind::kText;
        item.text = field.bytes();
        break;
      case kItemNumber:
        if (!field.is_fixed64()) break;
        item.kind = HistoryItem::Kind::kNumber;
        item.number = LoadLittleEndian<double>(field.bytes().data());
        break;
      case kItemInteger:
        if (!field.is_varint()) break;
        item.kind = HistoryItem::Kind::kNumber;
        item.number = ZigZag(field.varint());
        break;
      case kItemBoolean:
        if (!field.is_varint()) break;
        item.kind = HistoryItem::Kind::kNumber;
        item.number = field.varint() != 0 ? 1 : 0;
        break;
      case kItemNone:
      default:
        break;
    }
  }
  if (!nested) item.path = key;
  return field.ok();
}

}  // namespace telltale::formats::wandb
