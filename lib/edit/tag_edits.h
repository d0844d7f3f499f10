// What an edit does to each tag of one run.
#pragma once

#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "lib/edit/edit.h"
#include "proto/event.pb.h"

namespace telltale::edit {

struct TagEdit {
  std::string name = {};  // in the copy
  bool keep = true;
  bool renamed = false;
  bool moved = true;  // its steps change, where the edit changes steps
  // What the tag is, as its first value said: it has to stand with the first value that is written.
  std::string metadata = {};       // serialised
  size_t described_in = kNowhere;  // the last output that says so
  static constexpr size_t kNowhere = static_cast<size_t>(-1);
};

// Whether the run called `run` is edited at all, or left out.
bool KeepsRun(const EditOptions& options, std::string_view run);

class TagEdits {
 public:
  // `options` must outlive this. `run`: as it is in the source.
  TagEdits(const EditOptions& options, std::string run);

  // Of a value, of which a tag's first tells the plugin. Stays valid until the next call.
  // InvalidArgument where two tags would have one name.
  absl::StatusOr<TagEdit*> Of(const proto::Summary::Value& value);
  // The same of a plain scalar.
  absl::StatusOr<TagEdit*> OfScalar(std::string_view tag);

  // Whether what has a plugin and no tag stays, such as a graph.
  bool KeepsPlugin(std::string_view plugin) const;

 private:
  absl::StatusOr<TagEdit*> Add(std::string_view tag, std::string_view plugin);
  bool Keeps(std::string_view tag, std::string_view plugin) const;

  const EditOptions& options_;
  std::string run_;
  bool all_moved_ = true;  // where patterns about tags do not say otherwise
  absl::flat_hash_map<std::string, TagEdit> tags_;
  absl::flat_hash_map<std::string, std::string> names_;  // in the copy -> in the source
};

}  // namespace telltale::edit
