#include "lib/formats/table/params_file.h"

#include <yaml-cpp/yaml.h>

#include <optional>
#include <utility>

#include "lib/base/str.h"
#include "lib/formats/table/cell.h"
#include "lib/io/read_file.h"

namespace telltale::formats::table {
namespace {

constexpr uint64_t kMostParamsBytes = uint64_t{16} << 20;
constexpr size_t kMostParamsDepth = 16;
constexpr size_t kMostNodes = 100000;

// yaml-cpp follows brackets by recursion: text that opens too many of them is not given to it.
bool IsDeep(std::string_view text) {
  constexpr size_t kMostOpen = 64;
  constexpr size_t kMostIndent = 512;
  size_t open = 0;
  size_t indent = 0;
  bool at_start = true;
  for (const char c : text) {
    if (c == '\n') {
      at_start = true;
      indent = 0;
      continue;
    }
    // "- - - -" nests as well.
    if (at_start && (c == ' ' || c == '-' || c == '?')) {
      if (++indent > kMostIndent) return true;
      continue;
    }
    at_start = false;
    if (c == '[' || c == '{') ++open;
    if ((c == ']' || c == '}') && open > 0) --open;
    if (open > kMostOpen) return true;
  }
  return false;
}

model::ParamValue ValueOf(const YAML::Node& node) {
  const std::string text = node.Scalar();
  if (node.Tag() == "!") return text;  // in quotes
  const std::string lower = Lower(text);
  if (lower == "true") return true;
  if (lower == "false") return false;
  if (const std::optional<double> number = ParseNumber(text)) return *number;
  return text;
}

class ParamsCollector {
 public:
  explicit ParamsCollector(model::Run& run) : run_(run) {}

  void Add(const YAML::Node& node, const std::string& name, size_t depth) {
    // An alias may stand for a large node, in another such, and so on.
    if (++visited_ > kMostNodes || depth > kMostParamsDepth) return;
    if (node.IsScalar()) {
      run_.params.push_back({name, ValueOf(node)});
    } else if (node.IsMap()) {
      for (const auto& member : node) {
        if (!member.first.IsScalar()) continue;
        const std::string key = member.first.Scalar();
        Add(member.second, name.empty() ? key : StrCat(name, "/", key), depth + 1);
      }
    } else if (node.IsSequence()) {
      std::string list = "[";
      for (const auto& each : node) {
        if (++visited_ > kMostNodes) break;
        if (each.IsScalar()) StrAppend(&list, list.size() > 1 ? ", " : "", each.Scalar());
      }
      run_.params.push_back({name, list + "]"});
    }
  }

 private:
  model::Run& run_;
  size_t visited_ = 0;
};

std::string FolderOf(const std::string& path) {
  const size_t slash = path.find_last_of('/');
  return slash == std::string::npos ? "." : path.substr(0, slash);
}

}  // namespace

void ReadParamsFile(const std::string& table, std::string_view name, size_t up, model::Run& run,
                    std::vector<Problem>& problems) {
  std::string directory = FolderOf(table);
  std::string path;
  absl::StatusOr<std::string> text = absl::NotFoundError("");
  for (size_t i = 0; i <= up && absl::IsNotFound(text.status()); ++i) {
    path = StrCat(directory, "/", name);
    text = io::ReadFile(path, kMostParamsBytes);
    directory = StrCat(directory, "/..");
  }
  if (absl::IsNotFound(text.status())) return;
  std::string why;
  if (!text.ok()) {
    why = std::string(text.status().message());
  } else if (IsDeep(*text)) {
    why = "is nested too deep";
  } else {
    try {
      const YAML::Node root = YAML::Load(*text);
      if (root.IsMap()) ParamsCollector(run).Add(root, "", 0);
      return;
    } catch (const YAML::Exception& error) {
      why = StrCat("is no YAML: ", std::string_view(error.what()));
    }
  }
  problems.push_back({.path = path, .kind = ProblemKind::kUnsupported, .message = std::move(why)});
}

}  // namespace telltale::formats::table
