#include "lib/io/http.h"

#include <cstdlib>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/http_server.h"

namespace telltale::io {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::HttpServer;
using ::testing::Not;
using testing::Reply;
using testing::ServedRequest;

// A client that only notes how long it would have waited.
class Http : public ::testing::Test {
 protected:
  void SetUp() override { ::setenv("no_proxy", "127.0.0.1", 1); }

  HttpClient Client(HttpOptions options = {}) {
    options.wait = [this](absl::Duration wait) { waits_.push_back(absl::ToDoubleSeconds(wait)); };
    options.chance = [] { return 0.5; };
    return *HttpClient::Create(std::move(options));
  }
  std::vector<double> waits_;
};

TEST_F(Http, GivesTheAnswer) {
  HttpServer server([](const ServedRequest&) { return Reply(200, "{\"a\": 1}"); });
  const auto response = Client().Send({.url = server.url("/x?y=1")});
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->status, 200);
  EXPECT_EQ(response->body, "{\"a\": 1}");
  EXPECT_EQ(server.requests().at(0).target, "/x?y=1");
  EXPECT_THAT(server.requests()[0].headers, Not(HasSubstr("Authorization")));
}

TEST_F(Http, SendsABodyAsJson) {
  HttpServer server([](const ServedRequest&) { return Reply(200, ""); });
  const std::string body(100000, 'x');
  ASSERT_TRUE(Client().Send({.method = "POST", .url = server.url(), .body = body}).ok());
  EXPECT_EQ(server.requests().at(0).method, "POST");
  EXPECT_EQ(server.requests()[0].body, body);
  EXPECT_THAT(server.requests()[0].headers, HasSubstr("Content-Type: application/json"));
}

TEST_F(Http, SaysWhoWeAre) {
  HttpServer server([](const ServedRequest&) { return Reply(200, ""); });
  ASSERT_TRUE(
      Client({.user = "u", .password = "p", .token = "t"}).Send({.url = server.url()}).ok());
  ASSERT_TRUE(Client({.token = "t"}).Send({.url = server.url()}).ok());
  EXPECT_THAT(server.requests().at(0).headers, HasSubstr("Authorization: Basic dTpw\r\n"));
  EXPECT_THAT(server.requests().at(1).headers, HasSubstr("Authorization: Bearer t\r\n"));
}

TEST_F(Http, WaitsLongerEachTimeWhileTheServerIsBusy) {
  int n = 0;
  HttpServer server(
      [&](const ServedRequest&) { return ++n < 4 ? Reply(503, "") : Reply(200, "x"); });
  const auto response = Client().Send({.url = server.url()});
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->body, "x");
  EXPECT_THAT(waits_, ElementsAre(1.5, 3, 6));
}

TEST_F(Http, WaitsAsLongAsTheServerAsks) {
  int n = 0;
  HttpServer server([&](const ServedRequest&) {
    return ++n == 1 ? Reply(429, "", "Retry-After: 17\r\n") : Reply(200, "");
  });
  ASSERT_TRUE(Client().Send({.url = server.url()}).ok());
  EXPECT_THAT(waits_, ElementsAre(17));
}

TEST_F(Http, DoesNotWaitForHours) {
  HttpServer server([](const ServedRequest&) { return Reply(503, "", "Retry-After: 7200\r\n"); });
  const auto response = Client().Send({.url = server.url()});
  ASSERT_TRUE(response.ok());
  EXPECT_EQ(response->status, 503);
  EXPECT_TRUE(waits_.empty());
}

TEST_F(Http, GivesUpInTheEnd) {
  HttpServer server([](const ServedRequest&) { return Reply(500, "broken"); });
  const auto response = Client({.most_attempts = 3}).Send({.url = server.url()});
  ASSERT_TRUE(response.ok());
  EXPECT_EQ(response->status, 500);
  EXPECT_EQ(server.requests().size(), 3u);
}

TEST_F(Http, DoesNotRepeatWhatIsWrong) {
  HttpServer server([](const ServedRequest&) { return Reply(404, "no"); });
  EXPECT_EQ(Client().Send({.url = server.url()})->status, 404);
  EXPECT_EQ(server.requests().size(), 1u);
}

TEST_F(Http, TriesAgainWhenItHangsUp) {
  int n = 0;
  HttpServer server([&](const ServedRequest&) {
    ++n;
    // Less than it promised.
    return n == 2   ? "HTTP/1.1 200 X\r\nContent-Length: 10\r\n\r\nabc"
           : n == 3 ? ""
                    : Reply(200, "x");
  });
  HttpClient client = Client();
  ASSERT_TRUE(client.Send({.url = server.url()}).ok());  // an answer, so the server exists
  const auto response = client.Send({.url = server.url()});
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->body, "x");
  EXPECT_EQ(waits_.size(), 2u);
}

TEST_F(Http, NamesAServerThatIsNotThereSoon) {
  std::string url;
  {
    const HttpServer gone([](const ServedRequest&) { return Reply(200, ""); });
    url = gone.url("/x");
  }
  const auto response = Client({.token = "secret"}).Send({.url = url});
  EXPECT_TRUE(absl::IsUnavailable(response.status()));
  EXPECT_THAT(response.status().message(), HasSubstr("GET " + url));
  EXPECT_THAT(response.status().message(), Not(HasSubstr("secret")));
  EXPECT_EQ(waits_.size(), 1u);
}

TEST_F(Http, BoundsTheAnswer) {
  HttpServer server([](const ServedRequest&) { return Reply(200, std::string(5000, 'x')); });
  const auto response = Client({.most_response_bytes = 4999}).Send({.url = server.url()});
  EXPECT_TRUE(absl::IsResourceExhausted(response.status())) << response.status();
  EXPECT_TRUE(Client({.most_response_bytes = 5000}).Send({.url = server.url()}).ok());
}

TEST_F(Http, FollowsARedirectOnTheSameServer) {
  HttpServer server([](const ServedRequest& request) {
    return request.target == "/old" ? Reply(308, "", "Location: /new\r\n")
                                    : Reply(200, request.body);
  });
  const auto response =
      Client({.token = "t"}).Send({.method = "POST", .url = server.url("/old"), .body = "b"});
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->body, "b");
  EXPECT_THAT(server.requests().at(1).headers, HasSubstr("Bearer t"));
}

TEST_F(Http, GoesToNoOtherServer) {
  HttpServer other([](const ServedRequest&) { return Reply(200, "stolen"); });
  HttpServer server([&](const ServedRequest&) {
    return Reply(302, "", "Location: " + other.url("/x") + "\r\n");
  });
  const auto response = Client({.token = "t"}).Send({.url = server.url()});
  EXPECT_TRUE(absl::IsFailedPrecondition(response.status()));
  EXPECT_THAT(response.status().message(), HasSubstr(other.url("/x")));
  EXPECT_TRUE(other.requests().empty());
}

TEST_F(Http, LeavesAnEndlessRedirect) {
  HttpServer server([](const ServedRequest&) { return Reply(302, "", "Location: /\r\n"); });
  EXPECT_EQ(Client().Send({.url = server.url()})->status, 302);
  EXPECT_LT(server.requests().size(), 10u);
}

TEST_F(Http, OpensNoFile) { EXPECT_FALSE(Client().Send({.url = "file:///etc/passwd"}).ok()); }

TEST_F(Http, DescribesAnError) {
  const absl::Status status =
      HttpError({.url = "http://h/x"}, {.status = 404}, std::string("no \x1b[31mrun"));
  EXPECT_TRUE(absl::IsNotFound(status));
  EXPECT_EQ(status.message(), "GET http://h/x: 404 no \\x1b[31mrun");
}

TEST(UrlEscape, LeavesNothingThatEndsAComponent) {
  EXPECT_EQ(UrlEscape("a-Z_0.~"), "a-Z_0.~");
  EXPECT_EQ(UrlEscape("val/loss &ü"), "val%2Floss%20%26%C3%BC");
}

}  // namespace
}  // namespace telltale::io
