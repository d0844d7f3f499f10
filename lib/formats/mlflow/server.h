// MLflow's tracking server: its REST interface (version 2.0), as far as we use it.
#pragma once

#include <simdjson.h>

#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "lib/formats/mlflow/address.h"
#include "lib/io/http.h"

namespace telltale::formats::mlflow {

// What the server said.
struct Answer {
  std::unique_ptr<simdjson::dom::parser> parser;  // owns what `root` points to
  simdjson::dom::element root;                    // an object
};

// Members of `object` by their kinds; empty where it has none such. MLflow writes 64-bit integers
// as numbers or, in some versions, as text.
std::string_view TextOf(simdjson::dom::element object, std::string_view key);
std::optional<int64_t> IntegerOf(simdjson::dom::element object, std::string_view key);
// Numbers, "NaN", "Infinity" and "-Infinity"; the greatest doubles, as which MLflow's databases
// store infinities, as these.
std::optional<double> ValueOf(simdjson::dom::element object, std::string_view key);
std::vector<simdjson::dom::element> ListOf(simdjson::dom::element object, std::string_view key);
std::optional<simdjson::dom::element> ObjectOf(simdjson::dom::element object, std::string_view key);

// May be used from several threads at once.
class Server {
 public:
  // With the credentials and the trust of MLflow's own client: MLFLOW_TRACKING_USERNAME and
  // MLFLOW_TRACKING_PASSWORD, or ~/.mlflow/credentials, or MLFLOW_TRACKING_TOKEN;
  // MLFLOW_TRACKING_INSECURE_TLS and MLFLOW_TRACKING_SERVER_CERT_PATH.
  static absl::StatusOr<Server> Connect(Address address);
  Server(Address address, io::HttpClient client)
      : address_(std::move(address)), client_(std::move(client)) {}

  using Query = std::vector<std::pair<std::string_view, std::string>>;
  // `call` is what follows "/api/2.0/mlflow/": "runs/get". Errors are those of io::HttpClient::Send
  // and io::HttpError, with MLflow's message.
  absl::StatusOr<Answer> Get(std::string_view call, const Query& query);
  absl::StatusOr<Answer> Post(std::string_view call, const nlohmann::json& body);
  absl::StatusOr<Answer> PostText(std::string_view call, std::string body);

  const Address& address() const { return address_; }

 private:
  absl::StatusOr<Answer> Call(const io::HttpRequest& request);

  Address address_;
  io::HttpClient client_;
};

// The options that Connect() makes of the environment; `home` is where ".mlflow" is looked for.
io::HttpOptions HttpOptionsFromEnvironment(const std::string& home);

}  // namespace telltale::formats::mlflow
