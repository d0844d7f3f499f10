// Tells findings to others: runs a command for each, posts each to a server. Both take their time,
// so they happen beside the watching, one after the other.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "lib/io/http.h"
#include "lib/report/live.h"

namespace telltale::watch {

struct NotifierOptions {
  std::string command = {};     // for /bin/sh; empty: none is run
  double command_timeout = 60;  // seconds
  std::string webhook = {};     // http:// or https:// without credentials; empty: none
  io::HttpOptions http = {};    // `wait` is set by the notifier
  size_t most_waiting = 1000;   // events; more are dropped, with a warning
};

class Notifier {
  struct Made {};  // by Create()

 public:
  // Fails with InvalidArgument where `webhook` is no address that can be posted to, and where
  // libcurl is missing.
  static absl::StatusOr<std::unique_ptr<Notifier>> Create(NotifierOptions options);
  Notifier(Made, NotifierOptions options);
  Notifier(const Notifier&) = delete;
  Notifier& operator=(const Notifier&) = delete;
  ~Notifier();

  // Returns at once. The command finds in its environment
  //   TELLTALE_EVENT     "finding" or "cleared"
  //   TELLTALE_FINDING   its id
  //   TELLTALE_SEVERITY, TELLTALE_SUMMARY
  //   TELLTALE_RUN       the training run, or empty for a group
  //   TELLTALE_GROUP     the group, or empty for a training run
  //   TELLTALE_PATH      what is watched
  // and LiveJsonLine(event) as its standard input; that is also what is posted. `event.finding`
  // must be set.
  void Send(const report::LiveEvent& event, const std::string& watched);

  // Waits until all is told, `seconds` at most; what is left then is dropped, with a warning.
  void Close(double seconds);

  // What went wrong since the last call.
  std::vector<std::string> TakeWarnings();

 private:
  struct Notice {
    std::string json;
    std::vector<std::pair<std::string, std::string>> environment;
  };

  void Work();
  void Tell(const Notice& notice);
  void Warn(std::string warning);

  NotifierOptions options_;
  std::optional<io::HttpClient> http_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Notice> waiting_;
  std::vector<std::string> warnings_;
  bool telling_ = false;
  bool closing_ = false;  // nothing more comes, and nobody waits
  std::thread thread_;
};

}  // namespace telltale::watch
