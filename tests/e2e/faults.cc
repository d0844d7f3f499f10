// A library for LD_PRELOAD that makes the n-th call of the file system fail, or kills the process
// there: what a full disk, a bad disk, a signal and a power cut do, at every place where they can.
//
//   FAULT_UNDER   only calls that concern files below this directory count
//   FAULT_CALLS   which, separated by commas: create (open to write), open (to read), read, write,
//                 fsync, rename, mkdir, unlink, truncate; default: all that change something
//   FAULT_AT      number of the call that fails, from 1; 0: none
//   FAULT_KIND    the errno as a number, or one of
//                   short   half of what was asked is read or written
//                   kill    the process is killed before the call
//                   torn    and after half of it
//                 "sticky:" before a number: all later calls fail as well, as on a full disk
//   FAULT_COUNT   file that gets the number of calls when the process ends
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <charconv>
#include <string>
#include <string_view>

namespace {

enum class Kind { kNone, kErrno, kShort, kKill, kTorn };

struct Settings {
  std::string under = {};
  std::string calls = {};
  long at = 0;
  Kind kind = Kind::kNone;
  int error = 0;
  bool sticky = false;
};

std::string Variable(const char* name, const char* otherwise = "") {
  const char* value = ::getenv(name);
  return value == nullptr ? otherwise : value;
}

template <typename T>
T Number(std::string_view text) {
  T value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

const Settings& GetSettings() {
  static const Settings settings = [] {
    Settings out;
    out.under = Variable("FAULT_UNDER");
    out.calls =
        "," + Variable("FAULT_CALLS", "create,write,fsync,rename,mkdir,unlink,truncate") + ",";
    out.at = Number<long>(Variable("FAULT_AT"));
    std::string kind = Variable("FAULT_KIND");
    if (kind.rfind("sticky:", 0) == 0) {
      out.sticky = true;
      kind = kind.substr(7);
    }
    out.error = Number<int>(kind);
    out.kind = kind == "short"  ? Kind::kShort
               : kind == "kill" ? Kind::kKill
               : kind == "torn" ? Kind::kTorn
                                : Kind::kErrno;
    return out;
  }();
  return settings;
}

std::atomic<long> count = 0;

bool IsUnder(std::string_view path) {
  const std::string& under = GetSettings().under;
  if (path.empty()) return false;
  std::string whole(path);
  if (whole[0] != '/') {
    char here[4096];
    if (::getcwd(here, sizeof here) != nullptr) whole = std::string(here) + "/" + whole;
  }
  return whole.compare(0, under.size(), under) == 0;
}

bool IsUnder(int fd) {
  char name[64];
  char path[4096];
  ::snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
  const ssize_t size = ::readlink(name, path, sizeof path);
  return size > 0 && IsUnder(std::string_view(path, static_cast<size_t>(size)));
}

// Counts the call; what happens to it.
template <typename Place>
Kind Happens(std::string_view call, const Place& place) {
  const Settings& settings = GetSettings();
  if (settings.under.empty() ||
      settings.calls.find("," + std::string(call) + ",") == std::string::npos)
    return Kind::kNone;
  const int before = errno;
  const bool under = IsUnder(place);
  errno = before;
  if (!under) return Kind::kNone;
  const long n = ++count;
  const bool hit = settings.at > 0 && (n == settings.at || (settings.sticky && n > settings.at));
  if (!hit) return Kind::kNone;
  if (settings.kind == Kind::kKill) ::kill(::getpid(), SIGKILL);
  if (settings.kind == Kind::kErrno) errno = settings.error;
  return settings.kind;
}

template <typename Function>
Function* Real(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

__attribute__((destructor)) void Tell() {
  const std::string path = Variable("FAULT_COUNT");
  if (path.empty()) return;
  if (FILE* file = ::fopen(path.c_str(), "w")) {
    ::fprintf(file, "%ld\n", count.load());
    ::fclose(file);
  }
}

// A call that gives how many bytes it took; `call(n)` makes it with at most n.
template <typename Call>
ssize_t Sized(std::string_view name, int fd, size_t size, Call call) {
  switch (Happens(name, fd)) {
    case Kind::kErrno:
      return -1;
    case Kind::kShort:
      return call(size > 1 ? size / 2 : size);
    case Kind::kTorn:
      call(size / 2);
      ::kill(::getpid(), SIGKILL);
      return -1;
    default:
      return call(size);
  }
}

// Any other; `call` makes it.
template <typename Place, typename Call>
int Plain(std::string_view name, const Place& place, Call call) {
  const Kind kind = Happens(name, place);
  if (kind == Kind::kErrno) return -1;
  const int result = call();
  if (kind == Kind::kTorn) ::kill(::getpid(), SIGKILL);
  return result;
}

// Opening to write, or only to read.
std::string_view Opens(int flags) { return (flags & O_ACCMODE) == O_RDONLY ? "open" : "create"; }

mode_t ModeOf(int flags, va_list list) {
  return (flags & (O_CREAT | __O_TMPFILE)) != 0 ? va_arg(list, mode_t) : 0;
}

}  // namespace

extern "C" {

#define OPEN(name)                                                                            \
  int name(const char* path, int flags, ...) {                                                \
    va_list list;                                                                             \
    va_start(list, flags);                                                                    \
    const mode_t mode = ModeOf(flags, list);                                                  \
    va_end(list);                                                                             \
    return Plain(Opens(flags), std::string_view(path),                                        \
                 [&] { return Real<int(const char*, int, ...)>(#name)(path, flags, mode); }); \
  }
OPEN(open)
OPEN(open64)
#undef OPEN

#define OPENAT(name)                                                              \
  int name(int at, const char* path, int flags, ...) {                            \
    va_list list;                                                                 \
    va_start(list, flags);                                                        \
    const mode_t mode = ModeOf(flags, list);                                      \
    va_end(list);                                                                 \
    return Plain(Opens(flags), std::string_view(path), [&] {                      \
      return Real<int(int, const char*, int, ...)>(#name)(at, path, flags, mode); \
    });                                                                           \
  }
OPENAT(openat)
OPENAT(openat64)
#undef OPENAT

ssize_t read(int fd, void* out, size_t size) {
  return Sized("read", fd, size,
               [&](size_t n) { return Real<ssize_t(int, void*, size_t)>("read")(fd, out, n); });
}
ssize_t pread(int fd, void* out, size_t size, off_t at) {
  return Sized("read", fd, size, [&](size_t n) {
    return Real<ssize_t(int, void*, size_t, off_t)>("pread")(fd, out, n, at);
  });
}
ssize_t pread64(int fd, void* out, size_t size, off64_t at) {
  return Sized("read", fd, size, [&](size_t n) {
    return Real<ssize_t(int, void*, size_t, off64_t)>("pread64")(fd, out, n, at);
  });
}
ssize_t write(int fd, const void* bytes, size_t size) {
  return Sized("write", fd, size, [&](size_t n) {
    return Real<ssize_t(int, const void*, size_t)>("write")(fd, bytes, n);
  });
}
ssize_t pwrite(int fd, const void* bytes, size_t size, off_t at) {
  return Sized("write", fd, size, [&](size_t n) {
    return Real<ssize_t(int, const void*, size_t, off_t)>("pwrite")(fd, bytes, n, at);
  });
}
ssize_t pwrite64(int fd, const void* bytes, size_t size, off64_t at) {
  return Sized("write", fd, size, [&](size_t n) {
    return Real<ssize_t(int, const void*, size_t, off64_t)>("pwrite64")(fd, bytes, n, at);
  });
}
int fsync(int fd) {
  return Plain("fsync", fd, [&] { return Real<int(int)>("fsync")(fd); });
}
int fdatasync(int fd) {
  return Plain("fsync", fd, [&] { return Real<int(int)>("fdatasync")(fd); });
}
int ftruncate(int fd, off_t size) {
  return Plain("truncate", fd, [&] { return Real<int(int, off_t)>("ftruncate")(fd, size); });
}
int ftruncate64(int fd, off64_t size) {
  return Plain("truncate", fd, [&] { return Real<int(int, off64_t)>("ftruncate64")(fd, size); });
}
int rename(const char* from, const char* to) {
  return Plain("rename", std::string_view(to),
               [&] { return Real<int(const char*, const char*)>("rename")(from, to); });
}
int renameat2(int from_at, const char* from, int to_at, const char* to, unsigned flags) {
  return Plain("rename", std::string_view(to), [&] {
    return Real<int(int, const char*, int, const char*, unsigned)>("renameat2")(from_at, from,
                                                                                to_at, to, flags);
  });
}
int mkdir(const char* path, mode_t mode) {
  return Plain("mkdir", std::string_view(path),
               [&] { return Real<int(const char*, mode_t)>("mkdir")(path, mode); });
}
int unlink(const char* path) {
  return Plain("unlink", std::string_view(path),
               [&] { return Real<int(const char*)>("unlink")(path); });
}
int rmdir(const char* path) {
  return Plain("unlink", std::string_view(path),
               [&] { return Real<int(const char*)>("rmdir")(path); });
}
}
