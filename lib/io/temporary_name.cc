#include "lib/io/temporary_name.h"

#include <signal.h>
#include <sys/types.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "lib/base/crc32.h"
#include "lib/base/str.h"

namespace telltale::io {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = ".telltale-";
constexpr std::string_view kSuffix = ".tmp";
constexpr std::chrono::hours kLongAgo{24};

// Tells apart machines, and containers of one machine, that share a file system: among their
// processes the same numbers mean others.
std::string Host() {
  char machine[256] = {};
  ::gethostname(machine, sizeof(machine) - 1);
  // "pid:[4026531836]"; nothing where there are no such namespaces.
  std::error_code ignored;
  const std::string processes = fs::read_symlink("/proc/self/ns/pid", ignored).string();
  return absl::StrCat(absl::Hex(Crc32(StrCat(machine, processes))));
}

bool IsAlive(pid_t process) { return ::kill(process, 0) == 0 || errno != ESRCH; }

bool IsLeftover(const fs::directory_entry& entry, std::string_view host) {
  const std::string file_name = entry.path().filename().string();
  std::string_view name = file_name;
  if (!name.starts_with(kPrefix) || !name.ends_with(kSuffix)) return false;
  name.remove_prefix(kPrefix.size());
  const size_t dash = name.find('-');
  if (dash == std::string_view::npos) return false;
  const std::string_view number = name.substr(dash + 1);
  pid_t process = 0;
  const auto end = std::from_chars(number.data(), number.data() + number.size(), process);
  if (end.ec != std::errc() || process <= 0) return false;
  if (name.substr(0, dash) == host) return !IsAlive(process);
  std::error_code error;
  const auto changed = entry.last_write_time(error);
  return !error && fs::file_time_type::clock::now() - changed > kLongAgo;
}

}  // namespace

std::string TemporaryName(const std::string& directory, int n) {
  return StrCat(directory, "/", kPrefix, Host(), "-", ::getpid(), "-", n, kSuffix);
}

void RemoveLeftovers(const std::string& directory) {
  const std::string host = Host();
  std::error_code error;
  for (fs::directory_iterator entry(directory, error), end; !error && entry != end;
       entry.increment(error)) {
    std::error_code ignored;
    if (!entry->is_symlink(ignored) && IsLeftover(*entry, host)) {
      fs::remove_all(entry->path(), ignored);
    }
  }
}

}  // namespace telltale::io
