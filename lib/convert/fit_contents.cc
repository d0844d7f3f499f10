#include "lib/convert/fit_contents.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <variant>

#include "absl/container/flat_hash_set.h"
#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/convert/texts.h"
#include "lib/formats/fit_name.h"
#include "lib/model/params.h"

namespace telltale::convert {
namespace {

using formats::Capacity;

// All formats hold text, and a reader of each refuses or replaces what is none. True where `text`
// had to change.
bool FitBytes(std::string& text) {
  std::string fitted = formats::FitText(text);
  if (fitted == text) return false;
  text = std::move(fitted);
  return true;
}

constexpr std::string_view kNoText = "bytes that are no UTF-8 are replaced";

void FitTextBytes(model::Run& run, Changes& changes) {
  for (model::TextSeries& series : run.texts) {
    uint64_t changed = 0;
    for (model::TextPoint& point : series.points) {
      bool any = false;
      for (std::string& text : point.strings) any = FitBytes(text) || any;
      changed += any ? 1 : 0;
    }
    if (changed == 0) continue;
    changes.push_back({.kind = ChangeKind::kTexts,
                       .tag = series.tag,
                       .count = changed,
                       .detail = std::string(kNoText),
                       .lost = true});
  }
}

// The same of parameters or tags, whose names count.
void FitParamBytes(ChangeKind kind, std::vector<model::Param>& params, Changes& changes) {
  uint64_t changed = 0;
  for (model::Param& param : params) {
    const bool name = FitBytes(param.name);
    auto* text = std::get_if<std::string>(&param.value);
    changed += (text != nullptr && FitBytes(*text)) || name ? 1 : 0;
  }
  if (changed == 0) return;
  changes.push_back({.kind = kind, .count = changed, .detail = std::string(kNoText), .lost = true});
}

void FitTexts(const Capacity& capacity, model::Run& run, Changes& changes) {
  if (run.texts.empty()) return;
  if (capacity.texts) return FitTextBytes(run, changes);
  if (capacity.tags) return PutTextsIntoTags(capacity, run, changes);
  for (const model::TextSeries& series : run.texts) {
    changes.push_back({.kind = ChangeKind::kTexts,
                       .tag = series.tag,
                       .count = series.points.size(),
                       .detail = "texts are left out",
                       .lost = true});
  }
  run.texts.clear();
}

// Opaque values are in the encoding of their own format.
void FitOpaque(std::string_view from, std::string_view to, const Capacity& capacity,
               model::Run& run, Changes& changes) {
  if (capacity.opaque && from == to) return;
  for (const model::OpaqueSeries& series : run.opaque) {
    if (series.kind == "hparams") continue;  // what they say are the run's parameters
    changes.push_back({.kind = ChangeKind::kOpaque,
                       .tag = series.tag,
                       .count = series.count,
                       .detail = StrCat(series.kind, " are left out"),
                       .lost = true});
  }
  run.opaque.clear();
}

// The longest beginning of `text` of at most `most` bytes that cuts no character in two.
std::string Cut(const std::string& text, size_t most) {
  if (text.size() <= most) return text;
  size_t n = most;
  while (n > 0 && (static_cast<unsigned char>(text[n]) & 0xc0) == 0x80) --n;
  return text.substr(0, n);
}

// Each name once: the first value stands, as it does for diagnosis.
void DropRepeatedNames(std::vector<model::Param>& params) {
  absl::flat_hash_set<std::string> seen;
  std::erase_if(params, [&](const model::Param& each) { return !seen.insert(each.name).second; });
}

void FitParams(const Capacity& capacity, model::Run& run, Record& record, Changes& changes) {
  DropRepeatedNames(run.params);
  if (run.params.empty()) return;
  if (!capacity.params) {
    changes.push_back({.kind = ChangeKind::kParams,
                       .count = run.params.size(),
                       .detail = "hyper-parameters are left out",
                       .lost = true});
    run.params.clear();
    return;
  }
  FitParamBytes(ChangeKind::kParams, run.params, changes);
  DropRepeatedNames(run.params);
  uint64_t cut = 0;
  for (model::Param& param : run.params) {
    if (!capacity.typed_params && !std::holds_alternative<std::string>(param.value)) {
      record.params.push_back(param);
      param.value = model::ParamText(param.value);
    }
    auto* text = std::get_if<std::string>(&param.value);
    if (text == nullptr || text->size() <= capacity.param_bytes) continue;
    *text = Cut(*text, capacity.param_bytes);
    ++cut;
  }
  if (cut == 0) return;
  changes.push_back({.kind = ChangeKind::kParams,
                     .count = cut,
                     .detail = StrCat("hyper-parameters cut to ", capacity.param_bytes, " bytes"),
                     .lost = true});
}

void FitTags(const Capacity& capacity, model::Run& run, Record& record, Changes& changes) {
  DropRepeatedNames(run.tags);
  if (!capacity.tags) {
    record.tags = std::move(run.tags);
    run.tags.clear();
    return;
  }
  FitParamBytes(ChangeKind::kTags, run.tags, changes);
  DropRepeatedNames(run.tags);
  uint64_t cut = 0;
  for (model::Param& tag : run.tags) {
    auto* text = std::get_if<std::string>(&tag.value);
    if (text == nullptr || text->size() <= capacity.tag_bytes) continue;
    *text = Cut(*text, capacity.tag_bytes);
    ++cut;
  }
  if (cut == 0) return;
  changes.push_back({.kind = ChangeKind::kTags,
                     .count = cut,
                     .detail = StrCat("tags cut to ", capacity.tag_bytes, " bytes"),
                     .lost = true});
}

}  // namespace

void FitContents(std::string_view from, std::string_view to, const Capacity& capacity,
                 model::Run& run, Record& record, Changes& changes) {
  FitOpaque(from, to, capacity, run, changes);
  FitParams(capacity, run, record, changes);
  FitTags(capacity, run, record, changes);
  FitTexts(capacity, run, changes);  // after the tags, which it may add to
  record.info = run.info;
  if (capacity.notes) {
    if (FitBytes(run.info.note)) {
      changes.push_back({.kind = ChangeKind::kNote, .detail = std::string(kNoText), .lost = true});
    }
    if (run.info.note.size() > capacity.tag_bytes) {
      run.info.note = Cut(run.info.note, capacity.tag_bytes);
      changes.push_back({.kind = ChangeKind::kNote,
                         .detail = StrCat("the note is cut to ", capacity.tag_bytes, " bytes"),
                         .lost = true});
    }
    record.info.note.clear();
  }
}

}  // namespace telltale::convert
