#include "lib/formats/mlflow/server.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/formats/mlflow/file_store.h"
#include "lib/io/read_file.h"

namespace telltale::formats::mlflow {
namespace {

using simdjson::dom::element;

constexpr uint64_t kMostCredentialBytes = 64 << 10;

std::string Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// As Python's configparser reads it: "[section]", "key = value" or "key: value".
std::string Credential(const std::string& ini, std::string_view wanted) {
  bool ours = false;
  for (absl::string_view line : absl::StrSplit(ini, '\n')) {
    line = absl::StripAsciiWhitespace(line);
    if (line.empty() || line[0] == '#' || line[0] == ';') continue;
    if (line[0] == '[') {
      ours = line == "[mlflow]";
      continue;
    }
    const size_t equals = line.find_first_of("=:");
    if (!ours || equals == absl::string_view::npos) continue;
    if (absl::EqualsIgnoreCase(absl::StripAsciiWhitespace(line.substr(0, equals)),
                               ToAbsl(wanted))) {
      return std::string(absl::StripAsciiWhitespace(line.substr(equals + 1)));
    }
  }
  return "";
}

// MLflow's own words for an error, or the page that somebody else in between sent.
std::string_view MessageOf(const std::string& body, simdjson::dom::parser& parser) {
  element root;
  if (parser.parse(body).get(root) != simdjson::SUCCESS) return body;
  const std::string_view message = TextOf(root, "message");
  return message.empty() ? TextOf(root, "error_code") : message;
}

}  // namespace

std::string_view TextOf(element object, std::string_view key) {
  std::string_view text;
  if (object[key].get(text) != simdjson::SUCCESS) return {};
  return text;
}

std::optional<int64_t> IntegerOf(element object, std::string_view key) {
  element value;
  if (object[key].get(value) != simdjson::SUCCESS) return std::nullopt;
  int64_t number = 0;
  if (value.get(number) == simdjson::SUCCESS) return number;
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS && absl::SimpleAtoi(ToAbsl(text), &number))
    return number;
  return std::nullopt;
}

std::optional<double> ValueOf(element object, std::string_view key) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  element value;
  if (object[key].get(value) != simdjson::SUCCESS) return std::nullopt;
  double number = 0;
  if (value.get(number) == simdjson::SUCCESS) {
    const bool greatest = std::abs(number) == std::numeric_limits<double>::max();
    return greatest ? std::copysign(kInfinity, number) : number;
  }
  std::string_view text;
  if (value.get(text) != simdjson::SUCCESS) return std::nullopt;
  if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
  if (text == "Infinity") return kInfinity;
  if (text == "-Infinity") return -kInfinity;
  return std::nullopt;
}

std::vector<element> ListOf(element object, std::string_view key) {
  simdjson::dom::array array;
  if (object[key].get(array) != simdjson::SUCCESS) return {};
  std::vector<element> items;
  for (const element item : array) items.push_back(item);
  return items;
}

std::optional<element> ObjectOf(element object, std::string_view key) {
  element value;
  if (object[key].get(value) != simdjson::SUCCESS || !value.is_object()) return std::nullopt;
  return value;
}

io::HttpOptions HttpOptionsFromEnvironment(const std::string& home) {
  io::HttpOptions options{.user = Environment("MLFLOW_TRACKING_USERNAME"),
                          .password = Environment("MLFLOW_TRACKING_PASSWORD"),
                          .token = Environment("MLFLOW_TRACKING_TOKEN"),
                          .certificates = Environment("MLFLOW_TRACKING_SERVER_CERT_PATH")};
  const std::string insecure = absl::AsciiStrToLower(Environment("MLFLOW_TRACKING_INSECURE_TLS"));
  options.verify_tls = insecure != "true" && insecure != "1";
  if (!home.empty() && (options.user.empty() || options.password.empty())) {
    const auto ini = io::ReadFile(StrCat(home, "/.mlflow/credentials"), kMostCredentialBytes);
    if (ini.ok()) {
      if (options.user.empty()) options.user = Credential(*ini, "mlflow_tracking_username");
      if (options.password.empty()) options.password = Credential(*ini, "mlflow_tracking_password");
    }
  }
  // Like MLflow's client: half of a pair is none.
  if (options.user.empty() || options.password.empty()) options.user.clear();
  return options;
}

absl::StatusOr<Server> Server::Connect(Address address) {
  TELLTALE_ASSIGN_OR_RETURN(
      io::HttpClient client,
      io::HttpClient::Create(HttpOptionsFromEnvironment(Environment("HOME"))));
  return Server(std::move(address), std::move(client));
}

absl::StatusOr<Answer> Server::Call(const io::HttpRequest& request) {
  TELLTALE_ASSIGN_OR_RETURN(const io::HttpResponse response, client_.Send(request));
  Answer answer{.parser = std::make_unique<simdjson::dom::parser>(), .root = {}};
  if (!response.ok()) {
    return io::HttpError(request, response, MessageOf(response.body, *answer.parser));
  }
  const auto error = answer.parser->parse(response.body).get(answer.root);
  if (error != simdjson::SUCCESS || !answer.root.is_object()) {
    return absl::FailedPreconditionError(
        StrCat(request.method, " ", request.url,
               ": the answer is no JSON object: is this the address of an MLflow server?"));
  }
  return answer;
}

absl::StatusOr<Answer> Server::Get(std::string_view call, const Query& query) {
  std::string url = StrCat(address_.root, "/api/2.0/mlflow/", call);
  char separator = '?';
  for (const auto& [key, value] : query) {
    StrAppend(&url, std::string_view(&separator, 1), key, "=", io::UrlEscape(value));
    separator = '&';
  }
  return Call({.method = "GET", .url = std::move(url)});
}

absl::StatusOr<Answer> Server::Post(std::string_view call, const nlohmann::json& body) {
  return PostText(call, body.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace));
}

absl::StatusOr<Answer> Server::PostText(std::string_view call, std::string body) {
  return Call({.method = "POST",
               .url = StrCat(address_.root, "/api/2.0/mlflow/", call),
               .body = std::move(body)});
}

}  // namespace telltale::formats::mlflow
