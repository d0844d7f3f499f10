#include "lib/io/apart.h"

#include <cstdlib>
#include <memory>
#include <optional>

#include "lib/base/str.h"

namespace telltale::io {
namespace {

std::optional<std::string> ResolvedPath(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr),
                                                         &std::free);
  if (real == nullptr) return std::nullopt;
  return std::string(real.get());
}

// Of a path that need not exist yet: that of the nearest directory above it that does.
std::string RealBeginning(std::string path) {
  while (true) {
    if (auto real = ResolvedPath(path.empty() ? "." : path)) return *real;
    const size_t slash = path.find_last_of('/');
    path = slash == std::string::npos ? "" : path.substr(0, slash);
  }
}

}  // namespace

Nesting NestingOf(const std::string& source, const std::string& destination) {
  const std::optional<std::string> real = ResolvedPath(source);
  if (!real.has_value()) return Nesting::kApart;
  if (ResolvedPath(destination) == real) return Nesting::kSame;
  const std::string beginning = RealBeginning(destination);
  const bool inside = beginning == *real || beginning.starts_with(StrCat(*real, "/"));
  return inside ? Nesting::kInside : Nesting::kApart;
}

}  // namespace telltale::io
