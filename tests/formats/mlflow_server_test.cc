// MLflow's tracking server, played by a script: pages, odd answers, what is sent and in which
// order. The real one is spoken to by tests/e2e/mlflow_server_test.py.

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/formats/format.h"
#include "lib/formats/mlflow/address.h"
#include "lib/formats/mlflow/log_batch.h"
#include "lib/formats/mlflow/names.h"
#include "lib/formats/mlflow/notes.h"
#include "lib/formats/mlflow/read_server.h"
#include "lib/formats/mlflow/server.h"
#include "lib/formats/mlflow/write_server.h"
#include "tests/support/http_server.h"
#include "tests/support/temp_dir.h"

namespace telltale::formats::mlflow {
namespace {

using nlohmann::json;
using telltale::testing::HttpServer;
using telltale::testing::Reply;
using telltale::testing::ServedRequest;
using telltale::testing::TempDir;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(MlflowAddress, IsTakenAsPeopleCopyIt) {
  for (const char* text :
       {"http://h:5000", "http://h:5000/", "http://h:5000/#/", "http://h:5000/?x=1"}) {
    const auto address = ParseAddress(text);
    ASSERT_TRUE(address.ok()) << text;
    EXPECT_EQ(address->root, "http://h:5000") << text;
    EXPECT_EQ(address->experiment_id, "") << text;
  }
  const auto run = ParseAddress("https://h/prefix/#/experiments/3/runs/0a1b/artifacts?o=1");
  ASSERT_TRUE(run.ok());
  EXPECT_EQ(run->root, "https://h/prefix");
  EXPECT_EQ(run->experiment_id, "3");
  EXPECT_EQ(run->run_id, "0a1b");
  EXPECT_EQ(ParseAddress("http://h/#/experiments/3?searchFilter=x")->experiment_id, "3");
  EXPECT_EQ(run->OfRun("4", "x"), "https://h/prefix/#/experiments/4/runs/x");
}

TEST(MlflowAddress, HoldsNoSecretsAndNoTricks) {
  const auto secret = ParseAddress("http://me:secret@h/");
  EXPECT_TRUE(absl::IsInvalidArgument(secret.status()));
  EXPECT_FALSE(absl::StrContains(secret.status().message(), "secret"));
  EXPECT_FALSE(ParseAddress("http://").ok());
  EXPECT_FALSE(ParseAddress("ftp://h").ok());
  EXPECT_FALSE(ParseAddress("http://h/#/experiments/1%2F..").ok());
}

TEST(MlflowAddress, IsDetected) {
  const auto format = Detect("http://h:5000/#/experiments/3");
  ASSERT_TRUE(format.ok());
  EXPECT_EQ((*format)->id, "mlflow");
  EXPECT_TRUE(FindFormat("mlflow")->sink->claims("https://h"));
}

TEST(MlflowCredentials, AreThoseOfItsClient) {
  const TempDir home;
  for (const char* name : {"MLFLOW_TRACKING_USERNAME", "MLFLOW_TRACKING_PASSWORD",
                           "MLFLOW_TRACKING_TOKEN", "MLFLOW_TRACKING_INSECURE_TLS"}) {
    ::unsetenv(name);
  }
  EXPECT_EQ(HttpOptionsFromEnvironment(home.path()).user, "");
  EXPECT_TRUE(HttpOptionsFromEnvironment(home.path()).verify_tls);
  home.Write(".mlflow/credentials",
             "[other]\nmlflow_tracking_username = no\n[mlflow]\n# c\nmlflow_tracking_username = u\n"
             "mlflow_tracking_password: p = q\n");
  EXPECT_EQ(HttpOptionsFromEnvironment(home.path()).user, "u");
  EXPECT_EQ(HttpOptionsFromEnvironment(home.path()).password, "p = q");
  ::setenv("MLFLOW_TRACKING_USERNAME", "env", 1);
  ::setenv("MLFLOW_TRACKING_TOKEN", "t", 1);
  ::setenv("MLFLOW_TRACKING_INSECURE_TLS", "true", 1);
  EXPECT_EQ(HttpOptionsFromEnvironment(home.path()).user, "env");
  EXPECT_EQ(HttpOptionsFromEnvironment(home.path()).token, "t");
  EXPECT_FALSE(HttpOptionsFromEnvironment(home.path()).verify_tls);
  EXPECT_EQ(HttpOptionsFromEnvironment("").user, "");  // half of a pair
  ::unsetenv("MLFLOW_TRACKING_USERNAME");
  ::unsetenv("MLFLOW_TRACKING_TOKEN");
  ::unsetenv("MLFLOW_TRACKING_INSECURE_TLS");
}

struct Sent {
  std::vector<json> bodies;
  size_t points = 0;
};

Sent SendAll(const model::Run& run, const BatchLimits& limits = {}) {
  Sent sent;
  Batches batches(
      "id",
      [&](const std::string& body, size_t points) {
        EXPECT_LE(body.size(), limits.bytes);
        sent.bodies.push_back(json::parse(body));
        sent.points += points;
        return absl::OkStatus();
      },
      limits);
  EXPECT_TRUE(batches.AddTags(run.tags).ok());
  EXPECT_TRUE(batches.AddParams(run.params).ok());
  for (const model::Series& series : run.series) EXPECT_TRUE(batches.AddPoints(series).ok());
  EXPECT_TRUE(batches.Flush().ok());
  return sent;
}

model::Run RunOf(size_t points, size_t params) {
  model::Run run;
  run.name = "r";
  run.info.id = "source";
  run.info.project = "p";
  model::Series& series = run.series.emplace_back();
  series.tag = "loss";
  for (size_t i = 0; i < points; ++i) {
    series.steps.push_back(static_cast<int64_t>(i));
    series.wall_times.push_back(1700000000 + static_cast<double>(i) * 0.001);
    series.values.push_back(static_cast<double>(i) / 7);
  }
  for (size_t i = 0; i < params; ++i) {
    run.params.push_back({"p" + std::to_string(i), std::string("v")});
    run.tags.push_back({"t" + std::to_string(i), std::string("v")});
  }
  return run;
}

TEST(MlflowBatches, KeepToEachLimit) {
  const Sent sent = SendAll(RunOf(2500, 250));
  EXPECT_EQ(sent.points, 2500u);
  size_t params = 0;
  size_t tags = 0;
  for (const json& body : sent.bodies) {
    const size_t counts[] = {body.value("metrics", json::array()).size(),
                             body.value("params", json::array()).size(),
                             body.value("tags", json::array()).size()};
    EXPECT_LE(counts[0], 1000u);
    EXPECT_LE(counts[1], 100u);
    EXPECT_LE(counts[2], 100u);
    EXPECT_LE(counts[0] + counts[1] + counts[2], 1000u);
    params += counts[1];
    tags += counts[2];
  }
  EXPECT_EQ(params, 250u);
  EXPECT_EQ(tags, 250u);
  EXPECT_EQ(SendAll(RunOf(50, 0), {.bytes = 1000}).points, 50u);
}

TEST(MlflowBatches, WriteNoBareNaN) {
  model::Run run = RunOf(5, 0);
  run.series[0].values.Mutable()[0] = std::nan("");
  run.series[0].values.Mutable()[1] = std::numeric_limits<double>::infinity();
  run.series[0].values.Mutable()[2] = -std::numeric_limits<double>::infinity();
  run.series[0].values.Mutable()[3] = 5e-324;
  run.series[0].steps.Mutable()[4] = (int64_t{1} << 53) + 1;
  const Sent sent = SendAll(run);
  const json& metrics = sent.bodies.at(0)["metrics"];
  EXPECT_EQ(metrics[0]["value"], "NaN");
  EXPECT_EQ(metrics[1]["value"], "Infinity");
  EXPECT_EQ(metrics[2]["value"], "-Infinity");
  EXPECT_EQ(metrics[3]["value"], 5e-324);
  EXPECT_EQ(metrics[4]["step"], (int64_t{1} << 53) + 1);
  EXPECT_EQ(metrics[4]["timestamp"], 1700000000004);
}

// A server of one experiment that keeps runs as the requests leave them.
class Scripted {
 public:
  std::string Answer(const ServedRequest& request) {
    const std::string call =
        request.target.substr(std::string("/api/2.0/mlflow/").size(),
                              request.target.find('?') - std::string("/api/2.0/mlflow/").size());
    calls.push_back(call);
    if (fail_at > 0 && --fail_at == 0) return Reply(400, "{\"message\": \"enough\"}");
    const json body = request.body.empty() ? json() : json::parse(request.body);
    if (call == "experiments/get-by-name") {
      return Reply(200, "{\"experiment\": {\"experiment_id\": \"1\"}}");
    }
    if (call == "runs/search") return Reply(200, Search(body).dump());
    if (call == "runs/create") {
      const std::string id = "run" + std::to_string(runs.size());
      runs[id] = {{"info", {{"run_id", id}, {"experiment_id", "1"}}},
                  {"data", {{"tags", body["tags"]}}}};
      return Reply(200, json{{"run", runs[id]}}.dump());
    }
    if (call == "runs/delete") runs.erase(body["run_id"]);
    if (call == "runs/set-tag") {
      for (json& tag : runs[body["run_id"]]["data"]["tags"]) {
        if (tag["key"] == body["key"]) tag["value"] = body["value"];
      }
    }
    return Reply(200, "{}");
  }

  json Search(const json& body) const {
    json found = json::array();
    for (const auto& [id, run] : runs) {
      for (const json& tag : run["data"]["tags"]) {
        if (tag["key"] == kRunTag &&
            absl::StrContains(body["filter"].get<std::string>(), tag["value"].get<std::string>())) {
          found.push_back(run);
        }
      }
    }
    return {{"runs", found}};
  }

  std::string StateOf(const std::string& id) const {
    for (const json& tag : runs.at(id)["data"]["tags"]) {
      if (tag["key"] == kStateTag) return tag["value"];
    }
    return "";
  }

  std::map<std::string, json> runs;
  std::vector<std::string> calls;
  int fail_at = 0;  // which request is refused
};

class MlflowServer : public ::testing::Test {
 protected:
  void SetUp() override { ::setenv("no_proxy", "127.0.0.1", 1); }

  static Server At(const std::string& text) {
    io::HttpOptions options;
    options.wait = [](absl::Duration) {};
    return Server(*ParseAddress(text), *io::HttpClient::Create(options));
  }

  absl::StatusOr<Written> Write(const model::Run& run) {
    HttpServer http([&](const ServedRequest& request) { return script_.Answer(request); });
    Server server = At(http.url());
    model::Experiment experiment;
    experiment.runs.push_back(run);
    return WriteServer(server, experiment, {.jobs = 1});
  }
  Scripted script_;
};

TEST_F(MlflowServer, MarksARunCompleteLast) {
  const auto written = Write(RunOf(1500, 2));
  ASSERT_TRUE(written.ok()) << written.status();
  EXPECT_EQ(written->points, 1500u);
  EXPECT_THAT(script_.calls,
              ElementsAre("experiments/get-by-name", "runs/search", "runs/create", "runs/log-batch",
                          "runs/log-batch", "runs/update", "runs/search", "runs/set-tag"));
  EXPECT_EQ(script_.StateOf("run0"), kComplete);
}

TEST_F(MlflowServer, LeavesWhatIsTheSameAndReplacesWhatIsNot) {
  ASSERT_TRUE(Write(RunOf(10, 0)).ok());
  ASSERT_TRUE(Write(RunOf(10, 0)).ok());
  EXPECT_EQ(script_.runs.size(), 1u);
  EXPECT_EQ(std::count(script_.calls.begin(), script_.calls.end(), "runs/create"), 1);
  const auto again = Write(RunOf(11, 0));
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->replaced_runs, 1u);
  EXPECT_EQ(script_.runs.size(), 1u);
}

// Whichever request is the last that gets through: what is there is marked as unfinished or is
// whole, and the next conversion leaves one whole run.
TEST_F(MlflowServer, IsCompletedAfterAnInterruptionAnywhere) {
  for (int n = 1; n <= 8; ++n) {
    script_ = {};
    script_.fail_at = n;
    EXPECT_FALSE(Write(RunOf(1500, 0)).ok()) << n;
    for (const auto& [id, run] : script_.runs) EXPECT_EQ(script_.StateOf(id), kWriting) << n;
    ASSERT_TRUE(Write(RunOf(1500, 0)).ok()) << n;
    ASSERT_EQ(script_.runs.size(), 1u) << n;
    EXPECT_EQ(script_.StateOf(script_.runs.begin()->first), kComplete) << n;
  }
}

// One run "a" with one metric, whose history is what `history` answers.
std::string Listing(const ServedRequest& request, const HttpServer::Answer& history) {
  if (absl::StrContains(request.target, "experiments/search")) {
    return Reply(200,
                 R"({"experiments": [{"experiment_id": "1", "name": "e"},
                                     {"experiment_id": "2", "lifecycle_stage": "deleted"}]})");
  }
  if (absl::StrContains(request.target, "runs/search")) {
    return Reply(200,
                 R"({"runs": [{"info": {"run_id": "a", "experiment_id": "1", "status": "FAILED",
                               "start_time": "1700000000000"},
                      "data": {"metrics": [{"key": "m/1"}], "params": [{"key": "lr", "value": "1"}],
                               "tags": [{"key": "mlflow.runName", "value": "name"}]}},
                     {"info": {"run_id": "b", "experiment_id": "1"},
                      "data": {"tags": [{"key": "telltale.state", "value": "writing"}]}},
                     {"info": {"run_id": "c", "experiment_id": "2"}},
                     {"info": {"run_id": "a", "experiment_id": "1"}}, 7, {"info": 3}]})");
  }
  return history(request);
}

absl::StatusOr<model::Experiment> ReadWith(const HttpServer::Answer& history) {
  HttpServer http([&](const ServedRequest& request) { return Listing(request, history); });
  io::HttpOptions options;
  options.wait = [](absl::Duration) {};
  Server server(*ParseAddress(http.url()), *io::HttpClient::Create(options));
  return ReadServer(server, {.jobs = 1});
}

TEST_F(MlflowServer, ReadsEveryPage) {
  const auto read = ReadWith([](const ServedRequest& request) {
    EXPECT_THAT(request.target, HasSubstr("metric_key=m%2F1"));
    if (!absl::StrContains(request.target, "page_token")) {
      return Reply(200,
                   R"({"metrics": [{"value": "NaN", "timestamp": "1700000000000", "step": "-3"},
                                   {"value": -1.7976931348623157e308, "timestamp": 5}],
                       "next_page_token": "a b"})");
    }
    EXPECT_THAT(request.target, HasSubstr("page_token=a%20b"));
    return Reply(200, R"({"metrics": [{"value": 1, "timestamp": 6, "step": 9007199254740993}]})");
  });
  ASSERT_TRUE(read.ok()) << read.status();
  ASSERT_EQ(read->runs.size(), 1u);
  const model::Run& run = read->runs[0];
  EXPECT_EQ(run.name, "e/name");
  EXPECT_EQ(run.info.status, model::RunStatus::kFailed);
  EXPECT_EQ(run.info.start_time, 1700000000);
  const model::Series& series = run.series.at(0);
  ASSERT_EQ(series.size(), 3u);
  EXPECT_TRUE(std::isnan(series.values[0]));
  EXPECT_EQ(series.values[1], -std::numeric_limits<double>::infinity());
  EXPECT_EQ(series.steps[0], -3);
  EXPECT_EQ(series.steps[1], 0);
  EXPECT_EQ(series.steps[2], 9007199254740993);
  ASSERT_EQ(read->problems.size(), 2u);
  EXPECT_EQ(read->problems[0].message, "1 deleted run is left out");
  EXPECT_EQ(read->problems[1].message, "1 half converted run is left out");
}

TEST_F(MlflowServer, DoesNotTurnPagesForEver) {
  for (const char* answer :
       {R"({"metrics": [], "next_page_token": "x"})",
        R"({"metrics": [{"value": 1, "timestamp": 1}], "next_page_token": "x"})"}) {
    const auto read = ReadWith([&](const ServedRequest&) { return Reply(200, answer); });
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_THAT(read->problems.back().message, HasSubstr("lead nowhere"));
  }
}

TEST_F(MlflowServer, MakesAProblemOfWhatIsNoAnswer) {
  for (const std::string& answer : {Reply(404, "{\"message\": \"no run\"}"), Reply(200, "[1]"),
                                    Reply(200, "{\"metrics\": [{\"value\": \"x\"}, 3]}"),
                                    Reply(200, std::string(100000, '[')), Reply(200, "<html>")}) {
    const auto read = ReadWith([&](const ServedRequest&) { return answer; });
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_EQ(read->problems.size(), 3u) << answer.substr(0, 200);
  }
}

TEST_F(MlflowServer, KeepsItsMarkInANoteThatIsTooLong) {
  std::string note = "By a person.";
  HttpServer http([&](const ServedRequest& request) {
    if (request.method == "GET") {
      return Reply(
          200,
          json{{"run", {{"data", {{"tags", {{{"key", kNoteTag}, {"value", note}}}}}}}}}.dump());
    }
    const json body = json::parse(request.body);
    if (body["key"] == kNoteTag) note = body["value"];
    return Reply(200, "{}");
  });
  Server server = At(http.url());
  model::Experiment experiment;
  experiment.runs.emplace_back().info.id = "a";
  std::string markdown;
  for (int i = 0; i < 2000; ++i) markdown += "line " + std::to_string(i) + "\n";
  const RunNote said{.run = 0, .verdict = "failing", .findings = {"x", "y"}, .markdown = markdown};
  for (int i = 0; i < 2; ++i) {
    const auto results = WriteServerNotes(server, experiment, std::span(&said, 1));
    ASSERT_TRUE(results.at(0).why.ok()) << results[0].why;
    EXPECT_LE(note.size(), 8000u);
    EXPECT_TRUE(note.starts_with("By a person.\n"));
    EXPECT_TRUE(note.ends_with("<!-- telltale: end -->"));
    EXPECT_EQ(note.find("telltale: end"), note.rfind("telltale: end"));
  }
}

}  // namespace
}  // namespace telltale::formats::mlflow
