// One target under libFuzzer: the only one of the program.
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto& targets = telltale::fuzz::Targets();
  if (targets.size() != 1) std::abort();
  targets.begin()->second({reinterpret_cast<const char*>(data), size});
  return 0;
}
