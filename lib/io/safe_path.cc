#include "lib/io/safe_path.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <optional>

#include "absl/strings/escaping.h"
#include "absl/strings/str_split.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"

namespace telltale::io {
namespace {

constexpr size_t kLongestComponent = 255;  // NAME_MAX of every file system that Linux has

struct Free {
  void operator()(char* p) const { std::free(p); }
};

// Without symbolic links; nullopt with errno when there is nothing.
std::optional<std::string> RealPath(const std::string& path) {
  const std::unique_ptr<char, Free> real(::realpath(path.c_str(), nullptr));
  if (real == nullptr) return std::nullopt;
  return std::string(real.get());
}

bool Exists(const std::string& path) {
  struct stat info;
  return ::lstat(path.c_str(), &info) == 0;
}

bool IsBelow(const std::string& path, const std::string& root) {
  if (root == "/" || path == root) return true;
  return path.starts_with(root) && path[root.size()] == '/';
}

std::string_view WhatIsWrong(std::string_view component) {
  if (component.empty()) return "has an empty component";
  if (component == "." || component == "..") return "has a component \".\" or \"..\"";
  if (component.find('\0') != std::string_view::npos) return "holds a NUL";
  if (component.size() > kLongestComponent) return "has a component of more than 255 bytes";
  return "";
}

}  // namespace

absl::StatusOr<std::string> JoinBelow(std::string_view root, std::string_view relative) {
  if (relative == ".") return std::string(root);
  for (const absl::string_view component : absl::StrSplit(ToAbsl(relative), '/')) {
    if (const std::string_view wrong = WhatIsWrong(ToStd(component)); !wrong.empty()) {
      return absl::InvalidArgumentError(StrCat("the name \"", absl::CHexEscape(ToAbsl(relative)),
                                               "\" ", wrong, ", so it cannot be a path below ",
                                               root));
    }
  }
  return StrCat(root, root.ends_with('/') ? "" : "/", relative);
}

absl::Status CheckBelow(const std::string& root, const std::string& path) {
  const std::optional<std::string> real_root = RealPath(root);
  if (!real_root) {
    if (errno == ENOENT && !Exists(root)) return absl::OkStatus();  // so nothing is below it
    return ErrnoStatus(errno, root, "cannot resolve");
  }
  for (std::string part = path; part.size() > root.size();) {
    if (const std::optional<std::string> real = RealPath(part)) {
      if (IsBelow(*real, *real_root)) return absl::OkStatus();
      return absl::FailedPreconditionError(
          StrCat(part, ": a symbolic link leads out of ", root, " to ", *real));
    }
    if (errno != ENOENT) return ErrnoStatus(errno, part, "cannot resolve");
    if (Exists(part)) {
      return absl::FailedPreconditionError(StrCat(part, ": a symbolic link that leads nowhere"));
    }
    const size_t slash = part.find_last_of('/');
    if (slash == std::string::npos) break;
    part.resize(slash);
  }
  return absl::OkStatus();
}

}  // namespace telltale::io
