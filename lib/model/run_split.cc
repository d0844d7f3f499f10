// What the names of runs say: splits, and the curves of add_scalars.
#include <algorithm>
#include <cstddef>

#include "lib/model/role_inference.h"
#include "lib/model/role_match.h"
#include "lib/model/run_names.h"

namespace telltale::model {

Split SplitOfDirectory(std::string_view component) {
  const std::vector<RoleWords> components = ReadRoleWords(component);
  if (components.size() != 1) return Split::kUnknown;
  const RoleWords& words = components[0];
  // CatBoost writes catboost_info/learn and catboost_info/test; "learn" means nothing in a tag.
  if (words.size() == 1 && words[0].text == "learn") return Split::kTrain;
  if (!words[0].split) return Split::kUnknown;
  // TensorFlow's Estimator names evaluations ("eval_wikitext"); "test_resnet" is somebody's trial.
  const bool any_suffix =
      words[0].use == WordUse::kEvaluation || words[0].use == WordUse::kValidation;
  for (size_t i = 1; i < words.size() && !any_suffix; ++i) {
    const RoleWord& word = words[i];
    if (!word.number && !word.split && !IsDirectoryFiller(word.text)) return Split::kUnknown;
  }
  return SplitOfWords(words);
}

Split SplitOfRun(std::string_view run_name) {
  const std::string_view last = LastNameComponent(run_name);
  if (const Split split = SplitOfDirectory(last); split != Split::kUnknown) return split;
  // "exp1_train", "exp1-val": but not "smoke_test", which is a trial.
  const std::vector<RoleWords> components = ReadRoleWords(last);
  if (components.empty() || components[0].size() < 2) return Split::kUnknown;
  const RoleWord& word = components[0].back();
  return word.split && word.use != WordUse::kTest ? SplitOfWords({word}) : Split::kUnknown;
}

std::optional<AddScalarsRun> ParseAddScalarsRun(std::string_view tag, std::string_view run_name) {
  if (tag.empty() || tag.size() >= run_name.size()) return std::nullopt;
  const auto parent_of = [&](size_t begin) {
    return begin == 0 ? std::string_view(".") : run_name.substr(0, begin - 1);
  };
  // torch: the chart's tag is the beginning of the last component.
  const size_t slash = run_name.rfind('/');
  const size_t last = slash == std::string_view::npos ? 0 : slash + 1;
  const std::string_view component = run_name.substr(last);
  if (component.size() > tag.size() + 1 && component[tag.size()] == '_') {
    const bool equal = std::equal(tag.begin(), tag.end(), component.begin(),
                                  [](char t, char c) { return t == c || (t == '/' && c == '_'); });
    if (equal) return AddScalarsRun{parent_of(last), component.substr(tag.size() + 1)};
  }
  // tensorboardX: the chart's tag is a path, and the curve one component below it.
  if (slash == std::string_view::npos || slash + 1 == run_name.size()) return std::nullopt;
  const std::string_view chart = run_name.substr(0, slash);
  if (!chart.ends_with(tag)) return std::nullopt;
  const size_t begin = chart.size() - tag.size();
  if (begin > 0 && chart[begin - 1] != '/') return std::nullopt;
  return AddScalarsRun{parent_of(begin), component};
}

}  // namespace telltale::model
