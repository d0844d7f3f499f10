#include "lib/formats/tensorboard/parts.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/formats/tensorboard/read_logs.h"
#include "lib/model/role_inference.h"

namespace telltale::formats::tensorboard {
namespace {

// Directories of one parent stand together where a slash comes before every other character.
bool InOrderOfTrees(std::string_view a, std::string_view b) {
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    const auto rank = [](char c) {
      return c == '/' ? -1 : static_cast<int>(static_cast<uint8_t>(c));
    };
    return rank(x) < rank(y);
  });
}

// Whether the directory may have to do with those beside it: named for a split ("train",
// "exp_val"), or as training runs are named by grouping ("a#1", "a (2)").
bool MayBelongToOthers(std::string_view component) {
  if (component.find('#') != std::string_view::npos ||
      component.find(" (") != std::string_view::npos) {
    return true;
  }
  if (model::SplitOfDirectory(component) != model::Split::kUnknown) return true;
  const size_t separator = component.find_last_of("_-.");
  return separator != std::string_view::npos &&
         model::SplitOfDirectory(component.substr(separator + 1)) != model::Split::kUnknown;
}

struct Part {
  std::vector<std::string> roots = {};  // directories
  std::string first = {};               // names of training runs lie in [first, last]
  std::string last = {};
  std::vector<io::FoundFile> files = {};
  uint64_t bytes = 0;
};

class Divider {
 public:
  explicit Divider(std::vector<io::FoundFile> files) : files_(std::move(files)) {
    std::stable_sort(files_.begin(), files_.end(),
                     [](const io::FoundFile& a, const io::FoundFile& b) {
                       return InOrderOfTrees(a.directory, b.directory);
                     });
  }

  std::vector<Part> Divide() {
    const bool at_root = std::any_of(files_.begin(), files_.end(), [](const io::FoundFile& file) {
      return file.directory == ".";
    });
    if (at_root) {
      Take(0, files_.size(), ".");
    } else {
      DivideBelow(0, files_.size(), 0);
    }
    return Merged();
  }

 private:
  // The component of a directory's name that begins at `at`.
  static std::string_view Component(const std::string& directory, size_t at) {
    return std::string_view(directory).substr(at, directory.find('/', at) - at);
  }

  // Files [begin, end), whose directories have the first `at` characters in common, a slash at the
  // end among them; none is that directory's own.
  void DivideBelow(size_t begin, size_t end, size_t at) {
    for (size_t i = begin; i < end; ++i) {
      if (!MayBelongToOthers(Component(files_[i].directory, at))) continue;
      Take(begin, end, at == 0 ? "." : files_[begin].directory.substr(0, at - 1));
      return;
    }
    for (size_t i = begin; i < end;) {
      const std::string child =
          files_[i].directory.substr(0, at) + std::string(Component(files_[i].directory, at));
      size_t next = i;
      while (next < end &&
             (files_[next].directory == child || files_[next].directory.starts_with(child + "/"))) {
        ++next;
      }
      if (files_[i].directory == child) {
        Take(i, next, child);
      } else {
        DivideBelow(i, next, child.size() + 1);
      }
      i = next;
    }
  }

  void Take(size_t begin, size_t end, std::string root) {
    Part part{.roots = {root}, .first = root == "." ? "" : root};
    const bool alone = files_[begin].directory == root && files_[end - 1].directory == root;
    // Sessions of one directory are "a#1", "a#2".
    part.last = root == "." ? "\xff" : StrCat(root, alone ? "#\xff" : "/\xff");
    for (size_t i = begin; i < end; ++i) {
      part.bytes += files_[i].bytes;
      part.files.push_back(std::move(files_[i]));
    }
    parts_.push_back(std::move(part));
  }

  // By name; parts whose names lie in each other are one.
  std::vector<Part> Merged() {
    std::sort(parts_.begin(), parts_.end(),
              [](const Part& a, const Part& b) { return a.first < b.first; });
    std::vector<Part> merged;
    for (Part& part : parts_) {
      if (merged.empty() || merged.back().last < part.first) {
        merged.push_back(std::move(part));
        continue;
      }
      Part& before = merged.back();
      before.last = std::max(before.last, part.last);
      before.bytes += part.bytes;
      for (std::string& root : part.roots) before.roots.push_back(std::move(root));
      for (io::FoundFile& file : part.files) before.files.push_back(std::move(file));
    }
    return merged;
  }

  std::vector<io::FoundFile> files_;
  std::vector<Part> parts_;
};

class LogParts : public Parts {
 public:
  LogParts(std::string path, std::vector<Part> parts, std::vector<Problem> problems)
      : path_(std::move(path)), parts_(std::move(parts)), problems_(std::move(problems)) {}

  size_t size() const override { return parts_.size(); }
  uint64_t bytes(size_t part) const override { return parts_[part].bytes; }

  bool Holds(size_t part, const std::string& home) const override {
    const auto& roots = parts_[part].roots;
    return std::any_of(roots.begin(), roots.end(), [&](const std::string& root) {
      return root == "." || home == root || home.starts_with(root + "/");
    });
  }

  bool LiesBelow(size_t part, const std::string& home) const override {
    const auto& roots = parts_[part].roots;
    return home == "." || std::any_of(roots.begin(), roots.end(), [&](const std::string& root) {
             return root.starts_with(home + "/");
           });
  }

  absl::StatusOr<model::Experiment> Read(size_t begin, size_t end,
                                         const ReadOptions& options) override {
    std::vector<io::FoundFile> files;
    for (size_t i = begin; i < end; ++i) {
      files.insert(files.end(), parts_[i].files.begin(), parts_[i].files.end());
    }
    return ReadLogs(path_, files, begin == 0 ? problems_ : std::vector<Problem>(), options);
  }

 private:
  std::string path_;
  std::vector<Part> parts_;
  std::vector<Problem> problems_;  // of the directory as a whole: the first part's
};

}  // namespace

absl::StatusOr<std::unique_ptr<Parts>> Divide(const std::string& path,
                                              const ReadOptions& /*options*/) {
  TELLTALE_ASSIGN_OR_RETURN(FoundLogs logs, FindLogs(path));
  return std::make_unique<LogParts>(path, Divider(std::move(logs.files)).Divide(),
                                    std::move(logs.problems));
}

}  // namespace telltale::formats::tensorboard
