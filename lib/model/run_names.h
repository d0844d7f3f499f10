// The names of runs as paths: nothing here looks at a file system, and any bytes are a name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace telltale::model {

// `name` without the "#N" that the reader appends where one directory holds several sessions; a
// root's is ".".
std::string_view WithoutSession(std::string_view name, uint32_t session);

// The part before the last '/', or "." where there is none or nothing before it.
std::string_view ParentName(std::string_view name);

// The part after the last '/'.
std::string_view LastNameComponent(std::string_view name);

// `parent`/`child`, without a leading "./".
std::string JoinName(std::string_view parent, std::string_view child);

// How many components `name` has; 0 for ".".
size_t NameDepth(std::string_view name);

// `path` as the user would type it, without its last `components` components. Stops where no
// component is left.
std::string StripPath(std::string_view path, size_t components);

// What a person calls what stands at `path`: its last component. For ".", ".." and paths that end
// so this is the name of the directory meant, as far as the current directory can be told.
std::string NameOfPath(std::string_view path);

}  // namespace telltale::model
