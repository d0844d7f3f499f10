#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "lib/base/str.h"
#include "lib/io/walk.h"

namespace telltale::io {
namespace {

struct CloseDirectory {
  void operator()(DIR* dir) const { ::closedir(dir); }
};

// Entries looked at in all, so that a directory of millions costs no more than one of thousands.
constexpr size_t kMostEntries = 65536;

struct Listing {
  std::vector<std::string> files = {};
  std::vector<std::string> directories = {};
};

// Breadth first, a level at a time.
class Lister {
 public:
  Lister(const std::string& root, size_t most) : root_(root), most_(most) {}

  std::vector<std::string> List(size_t max_depth) {
    std::vector<std::string> level = {""};
    for (size_t depth = 0; depth <= max_depth && !level.empty() && files_.size() < most_; ++depth) {
      Listing listing;
      for (const std::string& directory : level) ListOne(directory, listing);
      std::sort(listing.files.begin(), listing.files.end());
      std::sort(listing.directories.begin(), listing.directories.end());
      for (std::string& file : listing.files) {
        if (files_.size() < most_) files_.push_back(std::move(file));
      }
      level = std::move(listing.directories);
    }
    return std::move(files_);
  }

 private:
  void ListOne(const std::string& directory, Listing& listing) {
    const std::string path = StrCat(root_, "/", directory);
    struct stat info;
    if (::stat(path.c_str(), &info) != 0 || !seen_.insert({info.st_dev, info.st_ino}).second)
      return;
    const std::unique_ptr<DIR, CloseDirectory> dir(::opendir(path.c_str()));
    if (dir == nullptr) return;
    while (const dirent* entry = entries_ < kMostEntries ? ::readdir(dir.get()) : nullptr) {
      ++entries_;
      const std::string_view name = entry->d_name;
      if (name == "." || name == "..") continue;
      const std::string relative =
          directory.empty() ? std::string(name) : StrCat(directory, "/", name);
      bool is_directory = entry->d_type == DT_DIR;
      if (entry->d_type != DT_DIR && entry->d_type != DT_REG) {
        if (::stat(StrCat(root_, "/", relative).c_str(), &info) != 0) continue;
        is_directory = S_ISDIR(info.st_mode);
        if (!is_directory && !S_ISREG(info.st_mode)) continue;
      }
      (is_directory ? listing.directories : listing.files).push_back(relative);
    }
  }

  const std::string& root_;
  const size_t most_;
  size_t entries_ = 0;
  absl::flat_hash_set<std::pair<dev_t, ino_t>> seen_;
  std::vector<std::string> files_;
};

}  // namespace

std::vector<std::string> ListNearest(const std::string& root, size_t most, size_t max_depth) {
  return Lister(root, most).List(max_depth);
}

}  // namespace telltale::io
