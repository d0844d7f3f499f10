#include "lib/model/run_names.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "lib/base/str.h"

namespace telltale::model {
namespace {

std::string_view WithoutTrailingSlashes(std::string_view path) {
  while (path.size() > 1 && path.back() == '/') path.remove_suffix(1);
  return path;
}

}  // namespace

std::string_view WithoutSession(std::string_view name, uint32_t session) {
  if (session == 0) return name;
  const std::string suffix = StrCat("#", session);
  if (name.ends_with(suffix)) name.remove_suffix(suffix.size());
  return name.empty() ? "." : name;
}

std::string_view ParentName(std::string_view name) {
  const size_t slash = name.rfind('/');
  if (slash == std::string_view::npos || slash == 0) return ".";
  return name.substr(0, slash);
}

std::string_view LastNameComponent(std::string_view name) {
  const size_t slash = name.rfind('/');
  return slash == std::string_view::npos ? name : name.substr(slash + 1);
}

std::string JoinName(std::string_view parent, std::string_view child) {
  return parent == "." ? std::string(child) : StrCat(parent, "/", child);
}

size_t NameDepth(std::string_view name) {
  if (name == "." || name.empty()) return 0;
  return static_cast<size_t>(std::count(name.begin(), name.end(), '/')) + 1;
}

std::string StripPath(std::string_view path, size_t components) {
  path = WithoutTrailingSlashes(path);
  for (; components > 0; --components) {
    const size_t slash = path.rfind('/');
    if (slash == std::string_view::npos) return ".";
    if (slash == 0) return "/";
    path = WithoutTrailingSlashes(path.substr(0, slash));
  }
  return std::string(path);
}

std::string NameOfPath(std::string_view path) {
  path = WithoutTrailingSlashes(path);
  while (path.ends_with("/.")) path = WithoutTrailingSlashes(path.substr(0, path.size() - 2));
  const std::string_view last = LastNameComponent(path);
  if (!last.empty() && last != "." && last != "..") return std::string(last);
  std::error_code error;
  const std::filesystem::path absolute =
      std::filesystem::absolute(std::filesystem::path(path), error);
  if (error) return ".";
  const std::filesystem::path normal = absolute.lexically_normal();
  std::string name = (normal.has_filename() ? normal : normal.parent_path()).filename().string();
  return name.empty() || name == "." || name == ".." ? std::string(".") : name;
}

}  // namespace telltale::model
