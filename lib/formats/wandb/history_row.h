// One history record, read without protobuf's cost: a run holds millions of these items
// (docs/formats/wandb.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace telltale::formats::wandb {

// Stands between the components of a path: {"a": {"b": 1}} is a\0b. Not the '.' that people see,
// which components hold themselves.
inline constexpr char kPathSeparator = '\0';

struct HistoryItem {
  enum class Kind : uint8_t { kJson, kNumber, kText, kNone };
  std::string path = {};
  Kind kind = Kind::kNone;
  std::string_view text = {};  // of kJson and kText; stands in the record
  double number = 0;
};

// Reused from record to record, so that nothing is allocated.
class HistoryRow {
 public:
  enum class Of { kHistory, kSummary };

  // What `record`, a whole Record message, says; false where it is not a record of this kind alone,
  // or damaged, or a summary's that removes something: then protobuf should look at it.
  bool Scan(std::string_view record, Of kind);

  size_t size() const { return size_; }
  const HistoryItem& operator[](size_t i) const { return items_[i]; }
  // HistoryStep, where it is there.
  std::optional<int64_t> step() const { return step_; }

 private:
  bool ScanItems(std::string_view bytes, Of kind);
  bool ScanItem(std::string_view bytes);
  bool ScanStep(std::string_view bytes);

  std::vector<HistoryItem> items_;
  size_t size_ = 0;
  std::optional<int64_t> step_;
};

}  // namespace telltale::formats::wandb
