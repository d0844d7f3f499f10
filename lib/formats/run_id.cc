#include "lib/formats/run_id.h"

#include <xxhash.h>

#include "absl/strings/str_format.h"

namespace telltale::formats {

std::string HexRunId(std::string_view id) {
  const bool already =
      id.size() == 32 && id.find_first_not_of("0123456789abcdef") == std::string_view::npos;
  if (already) return std::string(id);
  const XXH128_hash_t hash = XXH3_128bits(id.data(), id.size());
  return absl::StrFormat("%016x%016x", hash.high64, hash.low64);
}

}  // namespace telltale::formats
