#include "lib/watch/notifier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>

#include "lib/base/str.h"
#include "tests/support/http_server.h"
#include "tests/support/temp_dir.h"

namespace telltale::watch {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const diagnosis::Finding kFinding{.id = "divergence",
                                  .severity = diagnosis::Severity::kError,
                                  .confidence = 0.9,
                                  .summary = "Training loss climbs\nto 7."};

report::LiveEvent Event(std::string_view run = "r1") {
  return {.kind = report::LiveEventKind::kFinding,
          .time = 1000,
          .training_run = run,
          .points = 12,
          .finding = &kFinding};
}

std::string ReadAll(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(NotifierTest, ACommandHasTheFindingInItsEnvironmentAndAsJson) {
  const testing::TempDir dir;
  auto notifier = Notifier::Create(
      {.command = StrCat("printf '%s|' \"$TELLTALE_EVENT\" \"$TELLTALE_FINDING\" "
                         "\"$TELLTALE_SEVERITY\" \"$TELLTALE_RUN\" \"$TELLTALE_GROUP\" "
                         "\"$TELLTALE_PATH\" \"$TELLTALE_SUMMARY\" >> ",
                         dir.Join("env"), "; cat >> ", dir.Join("json"))});
  ASSERT_TRUE(notifier.ok()) << notifier.status();
  (*notifier)->Send(Event("$(touch x)"), "logs");
  (*notifier)->Send(Event(), "logs");
  (*notifier)->Close(60);
  EXPECT_THAT((*notifier)->TakeWarnings(), IsEmpty());
  EXPECT_EQ(ReadAll(dir.Join("env")),
            "finding|divergence|error|$(touch x)||logs|Training loss climbs\\nto 7.|"
            "finding|divergence|error|r1||logs|Training loss climbs\\nto 7.|");
  const std::string json = ReadAll(dir.Join("json"));
  const auto first = nlohmann::json::parse(json.substr(0, json.find('\n')));
  EXPECT_EQ(first["training_run"], "$(touch x)");
  EXPECT_EQ(first["finding"]["id"], "divergence");
  EXPECT_EQ(first["event"], "finding");
}

TEST(NotifierTest, AWebhookIsPosted) {
  testing::HttpServer server(
      [](const testing::ServedRequest&) { return testing::Reply(200, "ok"); });
  auto notifier = Notifier::Create({.webhook = server.url("/hook?x=1"), .http = {.token = "t0k"}});
  ASSERT_TRUE(notifier.ok()) << notifier.status();
  (*notifier)->Send(Event(), "logs");
  (*notifier)->Close(60);
  EXPECT_THAT((*notifier)->TakeWarnings(), IsEmpty());
  ASSERT_THAT(server.requests(), SizeIs(1));
  EXPECT_EQ(server.requests()[0].method, "POST");
  EXPECT_EQ(server.requests()[0].target, "/hook?x=1");
  EXPECT_THAT(server.requests()[0].headers, HasSubstr("Bearer t0k"));
  const auto body = nlohmann::json::parse(server.requests()[0].body);
  EXPECT_EQ(body["training_run"], "r1");
  EXPECT_THAT(body["text"].get<std::string>(), HasSubstr("r1: divergence"));
}

TEST(NotifierTest, FailuresAreWarningsAndTheNextIsTold) {
  testing::HttpServer server([](const testing::ServedRequest& request) {
    return request.body.find("r1") != std::string::npos ? testing::Reply(403, "no\x1b[31m")
                                                        : testing::Reply(200, "");
  });
  auto notifier = Notifier::Create({.command = "exit 3", .webhook = server.url()});
  ASSERT_TRUE(notifier.ok()) << notifier.status();
  (*notifier)->Send(Event(), "logs");
  (*notifier)->Send(Event("r2"), "logs");
  (*notifier)->Close(60);
  EXPECT_THAT(server.requests(), SizeIs(2));
  EXPECT_THAT((*notifier)->TakeWarnings(),
              ElementsAre(HasSubstr("status 3"), HasSubstr("403"), HasSubstr("status 3")));
}

// A server that does not answer must not keep the program from ending.
TEST(NotifierTest, ClosingDropsWhatWaitsAndSaysSo) {
  auto notifier = Notifier::Create({.command = "sleep 1000"});
  ASSERT_TRUE(notifier.ok()) << notifier.status();
  for (int i = 0; i < 5; ++i) (*notifier)->Send(Event(), "logs");
  (*notifier)->Close(0.05);
  EXPECT_THAT((*notifier)->TakeWarnings(), Not(IsEmpty()));
}

TEST(NotifierTest, TooManyAreDroppedWithAWarning) {
  auto notifier = Notifier::Create({.command = "sleep 1000", .most_waiting = 2});
  ASSERT_TRUE(notifier.ok()) << notifier.status();
  for (int i = 0; i < 10; ++i) (*notifier)->Send(Event(), "logs");
  EXPECT_GE((*notifier)->TakeWarnings().size(), 7u);
}

TEST(NotifierTest, WhatIsNoAddressIsRefused) {
  for (const char* address : {"ftp://host/x", "host", "http://", "https://user:word@host/x"}) {
    EXPECT_FALSE(Notifier::Create({.webhook = address}).ok()) << address;
  }
}

}  // namespace
}  // namespace telltale::watch
