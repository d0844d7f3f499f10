#include "lib/io/run_command.h"

#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <memory>

#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/base/text.h"

extern char** environ;

namespace telltale::io {
namespace {

using Clock = std::chrono::steady_clock;

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

// A file without a name that holds `input`: unlike a pipe it can be given to a command that does
// not read it.
absl::StatusOr<File> FileOf(const std::string& input) {
  File file(std::tmpfile());
  if (file == nullptr) return ErrnoStatus(errno, "standard input of a command", "cannot make");
  if (std::fwrite(input.data(), 1, input.size(), file.get()) != input.size() ||
      std::fflush(file.get()) != 0 || std::fseek(file.get(), 0, SEEK_SET) != 0) {
    return ErrnoStatus(errno, "standard input of a command", "cannot write");
  }
  return file;
}

// Our environment, with `more` over it.
std::vector<std::string> EnvironmentWith(
    const std::vector<std::pair<std::string, std::string>>& more) {
  std::vector<std::string> all;
  for (const auto& [name, value] : more) all.push_back(StrCat(name, "=", value));
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const std::string_view name = text.substr(0, text.find('='));
    if (std::none_of(more.begin(), more.end(),
                     [&](const auto& each) { return each.first == name; }))
      all.emplace_back(text);
  }
  return all;
}

absl::StatusOr<pid_t> Start(const CommandRun& run, int input) {
  posix_spawn_file_actions_t files;
  ::posix_spawn_file_actions_init(&files);
  ::posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&files, STDERR_FILENO, STDOUT_FILENO);
  posix_spawnattr_t how;
  ::posix_spawnattr_init(&how);
  ::posix_spawnattr_setflags(
      &how, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  ::posix_spawnattr_setpgroup(&how, 0);
  // What we block or ignore is our own business.
  sigset_t none;
  ::sigemptyset(&none);
  ::posix_spawnattr_setsigmask(&how, &none);
  sigset_t all;
  ::sigfillset(&all);
  ::posix_spawnattr_setsigdefault(&how, &all);

  std::vector<std::string> environment = EnvironmentWith(run.environment);
  std::vector<char*> pointers;
  for (std::string& entry : environment) pointers.push_back(entry.data());
  pointers.push_back(nullptr);
  std::string shell = "sh";
  std::string option = "-c";
  std::string command = run.command;
  char* const arguments[] = {shell.data(), option.data(), command.data(), nullptr};
  pid_t process = 0;
  const int error = ::posix_spawn(&process, "/bin/sh", &files, &how, arguments, pointers.data());
  ::posix_spawnattr_destroy(&how);
  ::posix_spawn_file_actions_destroy(&files);
  if (error != 0) return ErrnoStatus(error, "/bin/sh", "cannot run");
  return process;
}

// The status of waitpid, or why the command was killed.
absl::StatusOr<int> WaitOrKill(pid_t process, const CommandRun& run) {
  constexpr int kLongestNap = 50;  // milliseconds
  const auto end = Clock::now() + std::chrono::duration<double>(run.timeout);
  int nap = 1;
  while (true) {
    int status = 0;
    const pid_t ended = ::waitpid(process, &status, WNOHANG);
    if (ended == process) return status;
    if (ended < 0 && errno != EINTR) return ErrnoStatus(errno, "a command", "cannot wait for");
    const bool cancelled = run.cancelled && run.cancelled();
    if (cancelled || Clock::now() >= end) {
      ::kill(-process, SIGKILL);
      while (::waitpid(process, &status, 0) < 0 && errno == EINTR) {
      }
      if (cancelled) return absl::CancelledError("was killed, since this program ends");
      return absl::DeadlineExceededError(
          StrCat("took longer than ", run.timeout, " seconds and was killed"));
    }
    ::poll(nullptr, 0, nap);
    nap = std::min(2 * nap, kLongestNap);
  }
}

}  // namespace

absl::Status RunCommand(const CommandRun& run) {
  TELLTALE_ASSIGN_OR_RETURN(const File input, FileOf(run.input));
  TELLTALE_ASSIGN_OR_RETURN(const pid_t process, Start(run, ::fileno(input.get())));
  const auto status = WaitOrKill(process, run);
  const std::string name = StrCat("'", Printable(run.command), "' ");
  if (!status.ok()) return {status.status().code(), StrCat(name, ToStd(status.status().message()))};
  if (WIFSIGNALED(*status)) {
    return absl::UnknownError(StrCat(name, "was ended by signal ", WTERMSIG(*status)));
  }
  if (WEXITSTATUS(*status) != 0) {
    return absl::UnknownError(StrCat(name, "ended with status ", WEXITSTATUS(*status)));
  }
  return absl::OkStatus();
}

}  // namespace telltale::io
