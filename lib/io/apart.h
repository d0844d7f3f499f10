// Where a destination lies, seen from a source.
#pragma once

#include <string>

namespace telltale::io {

enum class Nesting {
  kApart,   // also where `source` is no path that exists
  kSame,    // both are one file or directory
  kInside,  // the destination lies below the source
};

// Links are followed; the destination need not exist yet.
Nesting NestingOf(const std::string& source, const std::string& destination);

}  // namespace telltale::io
