// What names that differ only in numbers say: "seed0", "seed1"; "lr_0.1", "lr_0.01";
// "20240102-093000".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lib/model/experiment.h"

namespace telltale::model {

// A name with its numbers taken out.
struct MaskedName {
  std::string pattern = {};  // "run_*": equal for the members of a family
  std::vector<std::string> numbers =
      {};  // what stood at each '*': digits, with fraction and exponent; or a seed's word
  std::vector<std::string> words =
      {};                  // the word before each, lower case; empty where there is none: "run"
  bool timestamp = false;  // the numbers are a date and time
};

MaskedName MaskName(std::string_view component);

// Whether a hyper-parameter or a word before a number only tells repetitions apart: "seed",
// "random_state", "trial"; or says nothing about training: "run_name", "logging_dir".
bool IsSeedLike(std::string_view name);

// Whether `word` before a number is a hyper-parameter's name: "lr", "bs", "dropout".
bool IsHyperParameterWord(std::string_view word);

}  // namespace telltale::model
