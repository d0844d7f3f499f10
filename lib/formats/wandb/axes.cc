#include "lib/formats/wandb/axes.h"

#include <algorithm>
#include <cstddef>
#include <limits>

#include "lib/base/glob.h"
#include "lib/formats/wandb/config.h"
#include "lib/formats/wandb/names.h"

namespace telltale::formats::wandb {
namespace {

// Each is compared with each metric, so that a file must not bring any number of them.
constexpr size_t kMostGlobs = 1000;

}  // namespace

std::string AxisDefinitions::AxisNamed(const proto::WandbMetric& record) const {
  if (!record.step_metric().empty()) return record.step_metric();
  const auto index = static_cast<size_t>(std::max(record.step_metric_index(), 0));
  return index > 0 && index <= defined_.size() ? defined_[index - 1] : "";
}

void AxisDefinitions::Add(const proto::WandbMetric& record) {
  std::string axis = AxisNamed(record);
  if (axis == kStepKey) axis.clear();
  if (!axis.empty()) any_ = true;
  if (record.glob_name().empty()) {
    defined_.push_back(record.name());
    exact_[record.name()] = std::move(axis);
  } else if (globs_.size() < kMostGlobs) {
    globs_.push_back({record.glob_name(), std::move(axis)});
  }
}

std::string AxisDefinitions::AxisOf(std::string_view path) const {
  const std::string joined = Joined(path);
  const std::string escaped = JoinedEscaped(path);
  for (const std::string& name : {escaped, joined}) {
    if (const auto found = exact_.find(name); found != exact_.end()) return found->second;
  }
  for (auto each = globs_.rbegin(); each != globs_.rend(); ++each) {
    // The axis is no metric over itself, whatever the pattern.
    const bool itself = each->axis == escaped || each->axis == joined;
    if (!itself && (GlobMatches(each->name, joined) || GlobMatches(each->name, escaped))) {
      return each->axis;
    }
  }
  return "";
}

Column<double> ValuesAt(std::span<const uint32_t> rows, std::span<const uint32_t> axis_rows,
                        std::span<const double> axis_values) {
  Column<double> values;
  values.reserve(rows.size());
  double last = std::numeric_limits<double>::quiet_NaN();
  size_t next = 0;
  for (const uint32_t row : rows) {
    while (next < axis_rows.size() && axis_rows[next] <= row) last = axis_values[next++];
    values.push_back(last);
  }
  return values;
}

}  // namespace telltale::formats::wandb
