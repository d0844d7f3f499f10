// Requests to an HTTP server, for trackers that are one. Built on libcurl; a server's answers are
// as hostile as files are.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace telltale::io {

struct CurlLibrary;

struct HttpOptions {
  // Who we are. With a user it is basic authentication, else, with a token, a bearer's. They are
  // sent to the server that is asked and to no other, and stand in no error.
  std::string user = {};
  std::string password = {};
  std::string token = {};

  bool verify_tls = true;
  std::string certificates = {};  // file or directory of PEM certificates to trust; empty: system's

  absl::Duration connect_timeout = absl::Seconds(10);
  absl::Duration timeout = absl::Seconds(120);  // of one attempt
  uint64_t most_response_bytes = uint64_t{256} << 20;

  // Of one request, when the server is busy (408, 429, 500, 502, 503, 504) or a connection fails.
  // The wait before attempt n is base_wait * 2^(n-2) and up to once more that by chance, or what
  // the server's Retry-After says; an attempt that would have to wait longer than most_wait is not
  // made.
  int most_attempts = 6;
  absl::Duration base_wait = absl::Seconds(1);
  absl::Duration most_wait = absl::Minutes(5);
  std::function<void(absl::Duration)> wait = {};  // empty: sleeps
  std::function<double()> chance = {};            // of [0, 1); empty: from the clock
};

struct HttpRequest {
  std::string method = "GET";
  std::string url = {};   // http:// or https://, without credentials
  std::string body = {};  // JSON; sent unless the method is GET
};

struct HttpResponse {
  int status = 0;  // 200
  std::string body = {};
  bool ok() const { return status >= 200 && status < 300; }
};

// May be used from several threads at once; connections are kept and used again.
class HttpClient {
 public:
  // Fails where libcurl is missing.
  static absl::StatusOr<HttpClient> Create(HttpOptions options);

  HttpClient(HttpClient&&) = default;

  // The server's answer, whatever its status, after as many attempts as it takes. An error status:
  // no answer came (Unavailable), it is too long (ResourceExhausted), or the server sends us to
  // another one (FailedPrecondition): a redirect is followed only to the same host, on the same
  // port or from http to https, so that neither credentials nor data go elsewhere. The message
  // names method and URL.
  absl::StatusOr<HttpResponse> Send(const HttpRequest& request);

 private:
  struct Attempt;
  struct Cleanup {
    const CurlLibrary* curl = nullptr;
    void operator()(void* handle) const;
  };
  using Handle = std::unique_ptr<void, Cleanup>;
  struct Shared {
    std::mutex mutex;
    std::vector<Handle> idle;
    std::atomic<bool> answered = false;  // whether the server ever was
  };

  HttpClient(const CurlLibrary* curl, HttpOptions options);
  Handle Take();
  void Give(Handle handle);
  Attempt Try(const HttpRequest& request, void* handle) const;
  absl::StatusOr<HttpResponse> Follow(HttpRequest request, void* handle, Attempt& attempt) const;

  const CurlLibrary* curl_;
  HttpOptions options_;
  std::unique_ptr<Shared> shared_;
};

// `response`, which is not ok(), as an error: "GET http://host/x: 404 message". `message` is the
// server's own, made printable and cut to a few hundred bytes.
absl::Status HttpError(const HttpRequest& request, const HttpResponse& response,
                       std::string_view message);

// `text` as a component of a URL: all but letters, digits and "-._~" as %XX.
std::string UrlEscape(std::string_view text);

}  // namespace telltale::io
