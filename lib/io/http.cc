#include "lib/io/http.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/time/clock.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/io/curl_library.h"

namespace telltale::io {
namespace {

constexpr int kMostRedirects = 5;
constexpr size_t kMostMessageBytes = 500;
// A server that never answered is more likely mistyped than busy.
constexpr int kAttemptsAtFirst = 2;

struct Body {
  std::string bytes = {};
  uint64_t most = 0;
  bool too_long = false;
};

size_t Receive(char* data, size_t, size_t size, void* to) {
  auto& body = *static_cast<Body*>(to);
  if (size > body.most - body.bytes.size()) {
    body.too_long = true;
    return 0;  // ends the transfer
  }
  body.bytes.append(data, size);
  return size;
}

bool IsBusy(int status) {
  constexpr int kBusy[] = {408, 429, 500, 502, 503, 504};
  return std::find(std::begin(kBusy), std::end(kBusy), status) != std::end(kBusy);
}

bool IsRedirect(int status) {
  constexpr int kRedirects[] = {301, 302, 303, 307, 308};
  return std::find(std::begin(kRedirects), std::end(kRedirects), status) != std::end(kRedirects);
}

bool MayPass(CURLcode code) {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
    case CURLE_PARTIAL_FILE:
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
      return true;
    default:
      return false;
  }
}

class Url {
 public:
  Url(const CurlLibrary& curl, const std::string& text)
      : curl_(curl), url_(curl.url(), curl.url_cleanup) {
    valid_ =
        url_ != nullptr && curl.url_set(url_.get(), CURLUPART_URL, text.c_str(), 0) == CURLUE_OK;
  }
  // "" where there is none; ports are those of the scheme, where the address has none.
  std::string Part(CURLUPart part) const {
    char* text = nullptr;
    if (!valid_ || curl_.url_get(url_.get(), part, &text, CURLU_DEFAULT_PORT) != CURLUE_OK)
      return "";
    std::string copy(text);
    curl_.free(text);
    return copy;
  }

 private:
  const CurlLibrary& curl_;
  std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> url_;
  bool valid_ = false;
};

// Whether what was meant for `from` may be sent to `to`.
bool IsSameServer(const CurlLibrary& curl, const std::string& from, const std::string& to) {
  const Url a(curl, from);
  const Url b(curl, to);
  if (!absl::EqualsIgnoreCase(a.Part(CURLUPART_HOST), b.Part(CURLUPART_HOST))) return false;
  const std::string before = a.Part(CURLUPART_SCHEME);
  const std::string after = b.Part(CURLUPART_SCHEME);
  if (before == "http" && after == "https") return true;
  return before == after && a.Part(CURLUPART_PORT) == b.Part(CURLUPART_PORT);
}

std::string Place(const HttpRequest& request) {
  return StrCat(request.method, " ", Printable(request.url));
}

}  // namespace

struct HttpClient::Attempt {
  CURLcode code = CURLE_OK;
  std::string error = {};  // libcurl's own words
  HttpResponse response = {};
  bool too_long = false;
  std::optional<absl::Duration> retry_after = {};
  std::string redirect = {};  // where to, as a whole URL
};

void HttpClient::Cleanup::operator()(void* handle) const { curl->easy_cleanup(handle); }

HttpClient::HttpClient(const CurlLibrary* curl, HttpOptions options)
    : curl_(curl), options_(std::move(options)), shared_(std::make_unique<Shared>()) {
  if (!options_.wait) options_.wait = [](absl::Duration wait) { absl::SleepFor(wait); };
  if (!options_.chance) {
    // It only has to differ between processes that failed at the same time.
    options_.chance = [] { return static_cast<double>(absl::GetCurrentTimeNanos() % 997) / 997; };
  }
}

absl::StatusOr<HttpClient> HttpClient::Create(HttpOptions options) {
  TELLTALE_ASSIGN_OR_RETURN(const CurlLibrary* curl, LoadCurl());
  return HttpClient(curl, std::move(options));
}

HttpClient::Handle HttpClient::Take() {
  const std::lock_guard lock(shared_->mutex);
  if (shared_->idle.empty()) return {curl_->easy_init(), Cleanup{curl_}};
  Handle handle = std::move(shared_->idle.back());
  shared_->idle.pop_back();
  return handle;
}

void HttpClient::Give(Handle handle) {
  const std::lock_guard lock(shared_->mutex);
  shared_->idle.push_back(std::move(handle));
}

HttpClient::Attempt HttpClient::Try(const HttpRequest& request, void* handle) const {
  Attempt attempt;
  Body body{.most = options_.most_response_bytes};
  char error[CURL_ERROR_SIZE] = {};
  const auto set = [&](CURLoption option, auto value) {
    if (attempt.code == CURLE_OK) attempt.code = curl_->easy_setopt(handle, option, value);
  };
  set(CURLOPT_URL, request.url.c_str());
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_ACCEPT_ENCODING, "");
  set(CURLOPT_USERAGENT, "telltale");
  set(CURLOPT_ERRORBUFFER, static_cast<char*>(error));
  set(CURLOPT_CONNECTTIMEOUT_MS,
      static_cast<long>(absl::ToInt64Milliseconds(options_.connect_timeout)));
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(absl::ToInt64Milliseconds(options_.timeout)));
  set(CURLOPT_SSL_VERIFYPEER, options_.verify_tls ? 1L : 0L);
  set(CURLOPT_SSL_VERIFYHOST, options_.verify_tls ? 2L : 0L);
  if (!options_.certificates.empty()) {
    set(options_.certificates.ends_with('/') ? CURLOPT_CAPATH : CURLOPT_CAINFO,
        options_.certificates.c_str());
  }
  if (!options_.user.empty()) {
    set(CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
    set(CURLOPT_USERNAME, options_.user.c_str());
    set(CURLOPT_PASSWORD, options_.password.c_str());
  } else if (!options_.token.empty()) {
    set(CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BEARER));
    set(CURLOPT_XOAUTH2_BEARER, options_.token.c_str());
  }
  std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers(nullptr,
                                                                      curl_->slist_free_all);
  if (request.method != "GET") {
    headers.reset(curl_->slist_append(nullptr, "Content-Type: application/json"));
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    set(CURLOPT_POSTFIELDS, request.body.c_str());
    set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
    set(CURLOPT_HTTPHEADER, headers.get());
  }
  set(CURLOPT_WRITEFUNCTION, &Receive);
  set(CURLOPT_WRITEDATA, static_cast<void*>(&body));
  if (attempt.code == CURLE_OK) attempt.code = curl_->easy_perform(handle);
  attempt.too_long = body.too_long;
  attempt.error = error[0] != '\0' ? error : curl_->easy_strerror(attempt.code);
  long status = 0;
  curl_->easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  curl_off_t seconds = 0;
  if (curl_->easy_getinfo(handle, CURLINFO_RETRY_AFTER, &seconds) == CURLE_OK && seconds > 0) {
    attempt.retry_after = absl::Seconds(static_cast<int64_t>(seconds));
  }
  char* redirect = nullptr;
  curl_->easy_getinfo(handle, CURLINFO_REDIRECT_URL, &redirect);
  if (redirect != nullptr) attempt.redirect = redirect;
  attempt.response = {.status = static_cast<int>(status), .body = std::move(body.bytes)};
  curl_->easy_reset(handle);  // forgets what lives here; keeps its connections
  return attempt;
}

// `attempt`'s answer, or, where it sends us elsewhere on the same server, that one's.
absl::StatusOr<HttpResponse> HttpClient::Follow(HttpRequest request, void* handle,
                                                Attempt& attempt) const {
  const std::string first = request.url;
  for (int n = 0; attempt.code == CURLE_OK && IsRedirect(attempt.response.status); ++n) {
    if (attempt.redirect.empty() || n == kMostRedirects) break;
    if (!IsSameServer(*curl_, request.url, attempt.redirect)) {
      return absl::FailedPreconditionError(
          StrCat(Place(request), ": ", attempt.response.status, ", the server sends us to ",
                 Printable(attempt.redirect), "; if that is the right one, give its address"));
    }
    request.url = attempt.redirect;
    attempt = Try(request, handle);
  }
  if (attempt.too_long) {
    return absl::ResourceExhaustedError(StrCat(Place(request), ": the answer is longer than ",
                                               options_.most_response_bytes, " bytes"));
  }
  if (attempt.code != CURLE_OK) {
    return absl::UnavailableError(StrCat(Place(request), ": ", Printable(attempt.error)));
  }
  return std::move(attempt.response);
}

absl::StatusOr<HttpResponse> HttpClient::Send(const HttpRequest& request) {
  Handle handle = Take();
  if (handle == nullptr) return absl::ResourceExhaustedError("libcurl has no memory left");
  absl::Duration wait = options_.base_wait;
  absl::StatusOr<HttpResponse> response = absl::UnavailableError("not asked yet");
  for (int n = 1;; ++n, wait *= 2) {
    Attempt attempt = Try(request, handle.get());
    response = Follow(request, handle.get(), attempt);
    const bool failed = attempt.code != CURLE_OK;
    if (!failed) shared_->answered = true;
    const bool again = failed ? MayPass(attempt.code) : response.ok() && IsBusy(response->status);
    const int most = failed && !shared_->answered
                         ? std::min(options_.most_attempts, kAttemptsAtFirst)
                         : options_.most_attempts;
    const absl::Duration pause = attempt.retry_after.value_or(wait + wait * options_.chance());
    if (!again || n >= most || pause > options_.most_wait) break;
    options_.wait(pause);
  }
  Give(std::move(handle));
  return response;
}

absl::Status HttpError(const HttpRequest& request, const HttpResponse& response,
                       std::string_view message) {
  std::string said = Printable(message.substr(0, kMostMessageBytes));
  const std::string text =
      StrCat(Place(request), ": ", response.status, said.empty() ? "" : " ", said);
  switch (response.status) {
    case 400:
    case 422:
      return absl::FailedPreconditionError(text);
    case 401:
      return absl::UnauthenticatedError(text);
    case 403:
      return absl::PermissionDeniedError(text);
    case 404:
    case 405:
      return absl::NotFoundError(text);
    case 409:
      return absl::AlreadyExistsError(text);
    default:
      return absl::UnavailableError(text);
  }
}

std::string UrlEscape(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~").find(c) != std::string_view::npos;
    if (plain) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return out;
}

}  // namespace telltale::io
