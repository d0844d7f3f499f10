// Roles from names: the habits of Keras, PyTorch examples, Lightning, HuggingFace, Ultralytics,
// Detectron2, fastai, stable-baselines3 and of people who name tags by hand. Each habit is a line
// of a table in role_habits.cc (what is measured) or role_words.cc (splits, cadences, words that
// say nothing).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "lib/model/role.h"

namespace telltale::model {

// The role of `tag` in the run `run_name` ('/'-separated, "." for the root). The tag's own words
// win over the run's. Names come from files, so they can be anything; linear in their length.
Role InferRole(std::string_view tag, std::string_view run_name);

// The role that the tag alone says, whatever run it stands in.
Role InferRoleOfTag(std::string_view tag);

// The split that a directory name stands for: "train", "validation", "eval_0", "dev" ...,
// case-insensitive; else kUnknown.
Split SplitOfDirectory(std::string_view component);

// The split that the name of a run says: its last component is a split directory, or ends like one
// ("exp1_val").
Split SplitOfRun(std::string_view run_name);

// Where `add_scalars` put a series: it makes one directory for each curve of a chart and gives all
// of them the chart's tag.
struct AddScalarsRun {
  std::string_view parent =
      {};  // the run that the chart belongs to, "." for the root; points into the run's name
  std::string_view curve = {};  // the curve's own name: "train", "box"; points into the run's name
};

// Whether `run_name` has the form that add_scalars gives to a curve of the chart `tag`:
// PARENT/TAG_CURVE (torch, which writes '_' for '/' in the tag) or PARENT/TAG/CURVE (tensorboardX).
std::optional<AddScalarsRun> ParseAddScalarsRun(std::string_view tag, std::string_view run_name);

}  // namespace telltale::model
