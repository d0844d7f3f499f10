// Roles from names: the habits of Keras, PyTorch examples, Lightning, HuggingFace, Ultralytics,
// Detectron2, fastai, stable-baselines3 and of people who name tags by hand. Each habit is a line
// of a table in role_inference.cc.
#pragma once

#include <string_view>

#include "lib/model/role.h"

namespace telltale::model {

// The role of `tag` in the run `run_name` ('/'-separated, "." for the root). The tag's own words
// win over the run's. Names come from files, so they can be anything; linear in their length.
Role InferRole(std::string_view tag, std::string_view run_name);

// The split that a directory name stands for: "train", "validation", "eval_0", "dev" ...,
// case-insensitive; else kUnknown.
Split SplitOfDirectory(std::string_view component);

}  // namespace telltale::model
