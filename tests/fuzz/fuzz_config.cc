// telltale.yaml.
#include "lib/config/config.h"
#include "lib/diagnosis/rule.h"
#include "tests/fuzz/fuzz.h"

FUZZ_TARGET(config) {
  const auto config = config::ParseConfig(bytes, "telltale.yaml", diagnosis::AllRules());
  FUZZ_CHECK(config.ok() || !config.status().message().empty());
}
