// A web server of a test: on this machine, with the answers that the test makes up.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace telltale::testing {

struct ServedRequest {
  std::string method;
  std::string target;   // "/path?query"
  std::string headers;  // as they came, one a line
  std::string body;
};

// "HTTP/1.1 200 OK" with `body`; `headers` end in "\r\n" each.
inline std::string Reply(int status, const std::string& body, const std::string& headers = "") {
  return absl::StrCat("HTTP/1.1 ", status, " X\r\nContent-Length: ", body.size(),
                      "\r\nConnection: close\r\n", headers, "\r\n", body);
}

// Answers each request with what `answer` returns, one request a connection and one at a time; ""
// hangs up. Keeps what was asked.
class HttpServer {
 public:
  using Answer = std::function<std::string(const ServedRequest&)>;

  explicit HttpServer(Answer answer) : answer_(std::move(answer)) {
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    ::bind(socket_, reinterpret_cast<sockaddr*>(&address), size);
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    ::listen(socket_, 64);
    thread_ = std::thread([this] { Serve(); });
  }
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;
  ~HttpServer() {
    ::shutdown(socket_, SHUT_RDWR);  // accept() returns
    thread_.join();
    ::close(socket_);
  }

  std::string url(const std::string& target = "") const {
    return absl::StrCat("http://127.0.0.1:", port_, target);
  }
  std::vector<ServedRequest> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

 private:
  void Serve() {
    while (true) {
      const int connection = ::accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC);
      if (connection < 0) return;
      const ServedRequest request = Receive(connection);
      {
        const std::lock_guard lock(mutex_);
        requests_.push_back(request);
      }
      const std::string answer = answer_(request);
      for (size_t sent = 0; sent < answer.size();) {
        const ssize_t n =
            ::send(connection, answer.data() + sent, answer.size() - sent, MSG_NOSIGNAL);
        if (n <= 0) break;
        sent += static_cast<size_t>(n);
      }
      ::close(connection);
    }
  }

  static ServedRequest Receive(int connection) {
    std::string all;
    size_t end = std::string::npos;
    size_t wanted = 0;
    char buffer[65536];
    while (end == std::string::npos || all.size() < end + 4 + wanted) {
      const ssize_t n = ::recv(connection, buffer, sizeof(buffer), 0);
      if (n <= 0) break;
      all.append(buffer, static_cast<size_t>(n));
      end = all.find("\r\n\r\n");
      if (end == std::string::npos || wanted > 0) continue;
      const size_t length = all.find("Content-Length: ");
      if (length < end) {
        for (size_t i = length + 16; all[i] >= '0' && all[i] <= '9'; ++i) {
          wanted = wanted * 10 + static_cast<size_t>(all[i] - '0');
        }
      }
    }
    ServedRequest request;
    const size_t space = all.find(' ');
    const size_t space2 = all.find(' ', space + 1);
    if (space2 == std::string::npos || end == std::string::npos) return request;
    request.method = all.substr(0, space);
    request.target = all.substr(space + 1, space2 - space - 1);
    request.headers = all.substr(0, end);
    request.body = all.substr(end + 4);
    return request;
  }

  Answer answer_;
  int socket_ = -1;
  int port_ = 0;
  mutable std::mutex mutex_;
  std::vector<ServedRequest> requests_;
  std::thread thread_;
};

}  // namespace telltale::testing
