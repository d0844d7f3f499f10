#include "lib/watch/notifier.h"

#include <chrono>

#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/io/run_command.h"

namespace telltale::watch {
namespace {

absl::Status CheckWebhook(std::string_view url) {
  std::string_view rest = url;
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (url.starts_with(scheme)) rest = url.substr(scheme.size());
  }
  const std::string_view server = rest.substr(0, rest.find_first_of("/?#"));
  if (rest.size() == url.size() || server.empty()) {
    return absl::InvalidArgumentError(
        "a webhook is an address that begins with http:// or https://");
  }
  // It would be shown where an error names the address.
  if (server.find('@') != std::string_view::npos) {
    return absl::InvalidArgumentError("a webhook's address must not hold a user or password");
  }
  return absl::OkStatus();
}

// An environment variable ends at a NUL.
std::string UpToNul(std::string_view text) { return std::string(text.substr(0, text.find('\0'))); }

}  // namespace

absl::StatusOr<std::unique_ptr<Notifier>> Notifier::Create(NotifierOptions options) {
  auto notifier = std::make_unique<Notifier>(Made(), std::move(options));
  if (!notifier->options_.webhook.empty()) {
    TELLTALE_RETURN_IF_ERROR(CheckWebhook(notifier->options_.webhook));
    io::HttpOptions http = notifier->options_.http;
    http.wait = [self = notifier.get()](absl::Duration wait) {
      std::unique_lock lock(self->mutex_);
      self->changed_.wait_for(lock, absl::ToChronoMilliseconds(wait),
                              [self] { return self->closing_; });
    };
    TELLTALE_ASSIGN_OR_RETURN(auto client, io::HttpClient::Create(std::move(http)));
    notifier->http_.emplace(std::move(client));
  }
  notifier->thread_ = std::thread([self = notifier.get()] { self->Work(); });
  return notifier;
}

Notifier::Notifier(Made, NotifierOptions options) : options_(std::move(options)) {}

Notifier::~Notifier() {
  Close(0);
  if (thread_.joinable()) thread_.join();
}

void Notifier::Send(const report::LiveEvent& event, const std::string& watched) {
  const diagnosis::Finding& finding = *event.finding;
  Notice notice{
      .json = report::LiveJsonLine(event),
      .environment = {{"TELLTALE_EVENT", std::string(report::LiveEventName(event.kind))},
                      {"TELLTALE_FINDING", UpToNul(finding.id)},
                      {"TELLTALE_SEVERITY", std::string(diagnosis::SeverityName(finding.severity))},
                      {"TELLTALE_SUMMARY", Printable(finding.summary)},
                      {"TELLTALE_RUN", UpToNul(event.training_run)},
                      {"TELLTALE_GROUP", UpToNul(event.group)},
                      {"TELLTALE_PATH", UpToNul(watched)}}};
  const std::lock_guard lock(mutex_);
  if (waiting_.size() >= options_.most_waiting) {
    warnings_.push_back(StrCat(UpToNul(event.training_run), " ", UpToNul(finding.id),
                               ": not passed on, too many findings wait for that"));
    return;
  }
  waiting_.push_back(std::move(notice));
  changed_.notify_all();
}

void Notifier::Work() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return closing_ || !waiting_.empty(); });
    if (closing_) return;
    const Notice notice = std::move(waiting_.front());
    waiting_.pop_front();
    telling_ = true;
    lock.unlock();
    Tell(notice);
    lock.lock();
    telling_ = false;
    changed_.notify_all();
  }
}

void Notifier::Tell(const Notice& notice) {
  if (!options_.command.empty()) {
    const absl::Status status = io::RunCommand({.command = options_.command,
                                                .environment = notice.environment,
                                                .input = notice.json,
                                                .timeout = options_.command_timeout,
                                                .cancelled = [this] {
                                                  const std::lock_guard lock(mutex_);
                                                  return closing_;
                                                }});
    if (!status.ok()) Warn(std::string(status.message()));
  }
  if (!http_.has_value()) return;
  const io::HttpRequest request{.method = "POST", .url = options_.webhook, .body = notice.json};
  const auto response = http_->Send(request);
  if (!response.ok()) {
    Warn(std::string(response.status().message()));
  } else if (!response->ok()) {
    Warn(std::string(io::HttpError(request, *response, response->body).message()));
  }
}

void Notifier::Warn(std::string warning) {
  const std::lock_guard lock(mutex_);
  warnings_.push_back(std::move(warning));
}

void Notifier::Close(double seconds) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, std::chrono::duration<double>(seconds),
                    [this] { return closing_ || (waiting_.empty() && !telling_); });
  if (!waiting_.empty()) {
    warnings_.push_back(StrCat(waiting_.size(),
                               waiting_.size() == 1 ? " finding was" : " findings were",
                               " not passed on in time"));
    waiting_.clear();
  }
  closing_ = true;
  changed_.notify_all();
}

std::vector<std::string> Notifier::TakeWarnings() {
  const std::lock_guard lock(mutex_);
  return std::exchange(warnings_, {});
}

}  // namespace telltale::watch
