#include "lib/convert/verify.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <optional>
#include <variant>

#include "absl/container/flat_hash_map.h"
#include "lib/base/str.h"
#include "lib/convert/record.h"
#include "lib/model/params.h"

namespace telltale::convert {
namespace {

// The id under which the source knows the run, from its record.
std::string IdOf(model::Run run) {
  const auto record = TakeRecord(run);
  return record.ok() ? record->info.id : std::string();
}

// A copy of what TakeRecord looks at, without the points.
model::Run WithoutPoints(const model::Run& run) {
  model::Run copy;
  copy.tags = run.tags;
  for (const model::TextSeries& text : run.texts) {
    if (text.tag == kRecordText) copy.texts.push_back(text);
  }
  return copy;
}

bool SameValue(double a, double b, const formats::Capacity& capacity) {
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && std::isnan(b);
  if (a == b && (!capacity.negative_zero || a != 0)) return true;
  if (!capacity.greatest_double && std::isinf(b) && std::nextafter(b, 0) == a) return true;
  return std::bit_cast<uint64_t>(a) == std::bit_cast<uint64_t>(b);
}

bool SameTime(double a, double b, const formats::Capacity& capacity) {
  if (!capacity.wall_times) return true;
  if (!std::isfinite(a) || !std::isfinite(b)) return std::isnan(a) ? !std::isfinite(b) : a == b;
  return std::abs(a - b) <= capacity.time_unit / 2;
}

class Comparer {
 public:
  Comparer(const formats::Capacity& capacity, Verification& out) : capacity_(capacity), out_(out) {}

  void Runs(const model::Run& planned, const model::Run& read) {
    run_ = planned.name;
    ++out_.runs;
    AllSeries(planned, read);
    Texts(planned, read);
    Params(planned.params, read.params, "hyper-parameter");
    Params(planned.tags, read.tags, "tag");
  }

  void Differ(const std::string& run, std::string tag, std::string what) {
    if (out_.differences.size() >= kMostDifferences) {
      ++out_.more;
    } else {
      out_.differences.push_back({run, std::move(tag), std::move(what)});
    }
  }

 private:
  void AllSeries(const model::Run& planned, const model::Run& read) {
    absl::flat_hash_map<absl::string_view, const model::Series*> by_tag;
    for (const model::Series& series : read.series) by_tag.emplace(series.tag, &series);
    for (const model::Series& series : planned.series) {
      if (series.size() == 0) continue;
      const auto found = by_tag.find(series.tag);
      if (found == by_tag.end()) {
        Differ(run_, series.tag, "is not there");
      } else {
        Points(series, *found->second);
      }
    }
  }

  void Points(const model::Series& planned, const model::Series& read) {
    out_.points += planned.size();
    if (planned.size() != read.size()) {
      return Differ(run_, planned.tag,
                    StrCat("has ", read.size(), " points, not ", planned.size()));
    }
    // Where times of a step are shared, each is that of the latest, which only the writer knows.
    const bool times = capacity_.time_a_point;
    for (size_t i = 0; i < planned.size(); ++i) {
      if (planned.steps[i] != read.steps[i]) {
        return Differ(
            run_, planned.tag,
            StrCat("point ", i, " is at step ", read.steps[i], ", not ", planned.steps[i]));
      }
      if (!SameValue(planned.values[i], read.values[i], capacity_)) {
        return Differ(run_, planned.tag,
                      StrCat("point ", i, " is ", model::ParamText(read.values[i]), ", not ",
                             model::ParamText(planned.values[i])));
      }
      if (times && !SameTime(planned.wall_times[i], read.wall_times[i], capacity_)) {
        return Differ(run_, planned.tag,
                      StrCat("point ", i, " has wall time ", model::ParamText(read.wall_times[i]),
                             ", not ", model::ParamText(planned.wall_times[i])));
      }
    }
  }

  void Texts(const model::Run& planned, const model::Run& read) {
    absl::flat_hash_map<absl::string_view, const model::TextSeries*> by_tag;
    for (const model::TextSeries& text : read.texts) by_tag.emplace(text.tag, &text);
    for (const model::TextSeries& text : planned.texts) {
      const auto found = by_tag.find(text.tag);
      const bool same =
          found != by_tag.end() &&
          std::equal(text.points.begin(), text.points.end(), found->second->points.begin(),
                     found->second->points.end(), [](const auto& a, const auto& b) {
                       return a.step == b.step && a.strings == b.strings;
                     });
      if (!same) Differ(run_, text.tag, "is not the same text");
    }
  }

  void Params(const std::vector<model::Param>& planned, const std::vector<model::Param>& read,
              std::string_view what) {
    absl::flat_hash_map<absl::string_view, const model::ParamValue*> by_name;
    for (const model::Param& param : read) by_name.emplace(param.name, &param.value);
    for (const model::Param& param : planned) {
      const auto found = by_name.find(param.name);
      if (found == by_name.end() ||
          model::ParamText(*found->second) != model::ParamText(param.value)) {
        Differ(run_, param.name, StrCat("this ", what, " is not the same"));
      }
    }
  }

  const formats::Capacity& capacity_;
  Verification& out_;
  std::string run_;
};

}  // namespace

Verification Compare(const model::Experiment& planned, const model::Experiment& read,
                     const formats::Capacity& capacity) {
  absl::flat_hash_map<std::string, const model::Run*> by_id;
  absl::flat_hash_map<absl::string_view, const model::Run*> by_name;
  for (const model::Run& run : read.runs) {
    by_name.emplace(run.name, &run);
    if (const std::string id = IdOf(WithoutPoints(run)); !id.empty()) by_id.emplace(id, &run);
  }
  Verification out;
  Comparer comparer(capacity, out);
  for (const model::Run& run : planned.runs) {
    const model::Run* found = nullptr;
    if (const auto at = by_id.find(run.info.id); at != by_id.end()) found = at->second;
    if (const auto at = by_name.find(run.name); found == nullptr && at != by_name.end()) {
      found = at->second;
    }
    if (found == nullptr) {
      comparer.Differ(run.name, "", "this run is not there");
    } else {
      comparer.Runs(run, *found);
    }
  }
  return out;
}

}  // namespace telltale::convert
