// What a fuzz target is. Each file of this directory that is called fuzz_*.cc defines one,
//
//   FUZZ_TARGET(name) { ... bytes ... }
//
// which must neither crash nor break a promise, whatever the bytes are. `make fuzz` builds each
// with libFuzzer; the tests replay corpus/<name>/ with all of them in one program.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>

namespace telltale::fuzz {

using Target = void (*)(std::string_view bytes);

// The targets of this program, by name.
inline std::map<std::string_view, Target>& Targets() {
  static std::map<std::string_view, Target> targets;
  return targets;
}

struct Registration {
  Registration(std::string_view name, Target target) { Targets().emplace(name, target); }
};

}  // namespace telltale::fuzz

#define FUZZ_TARGET(name)                                            \
  namespace telltale::fuzz {                                         \
  static void Fuzz_##name(std::string_view bytes);                   \
  static const Registration registration_##name(#name, Fuzz_##name); \
  }                                                                  \
  static void telltale::fuzz::Fuzz_##name([[maybe_unused]] std::string_view bytes)

// A promise that must hold.
#define FUZZ_CHECK(condition)                                                      \
  do {                                                                             \
    if (!(condition)) {                                                            \
      std::fprintf(stderr, "%s:%d: broken: %s\n", __FILE__, __LINE__, #condition); \
      std::abort();                                                                \
    }                                                                              \
  } while (false)
