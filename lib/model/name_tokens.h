// Cuts a tag or a directory name into the words that people put into it: "Train/valLoss_epoch" is
// [train] / [val, loss, epoch].
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace telltale::model {

struct NameToken {
  std::string text = {};  // ASCII letters in lower case; never empty
  bool number = false;    // digits only
};

// The words between two slashes of a name.
using NameComponent = std::vector<NameToken>;

// The components of `name`, in order, without empty ones. Words end at '/', at ASCII punctuation
// and space, and where camelCase starts a new one ("valLoss"; not "mAP", "IoU", "rougeL": a single
// letter is no word of its own). Bytes beyond ASCII are letters, so that no character is cut in
// two. Linear in the length of the name.
std::vector<NameComponent> TokenizeName(std::string_view name);

}  // namespace telltale::model
