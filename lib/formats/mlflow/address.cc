#include "lib/formats/mlflow/address.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_split.h"
#include "lib/base/str.h"
#include "lib/base/text.h"

namespace telltale::formats::mlflow {
namespace {

constexpr size_t kMostIdBytes = 256;

bool IsId(std::string_view id) {
  return !id.empty() && id.size() <= kMostIdBytes && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  });
}

}  // namespace

std::string Address::OfExperiment(std::string_view id) const {
  return StrCat(root, "/#/experiments/", id);
}

std::string Address::OfRun(std::string_view experiment, std::string_view run) const {
  return StrCat(OfExperiment(experiment), "/runs/", run);
}

bool IsAddress(std::string_view path) {
  return path.starts_with("http://") || path.starts_with("https://");
}

absl::StatusOr<Address> ParseAddress(std::string_view text) {
  const size_t hash = std::min(text.find('#'), text.size());
  std::string_view root = text.substr(0, hash);
  std::string_view page = text.substr(std::min(hash + 1, text.size()));
  root = root.substr(0, root.find('?'));
  page = page.substr(0, page.find('?'));
  while (root.ends_with('/')) root.remove_suffix(1);
  const size_t slashes = root.find("//");
  const std::string_view rest = root.substr(std::min(slashes, root.size()));
  const std::string_view host = rest.substr(0, rest.find('/', 2));
  if (!IsAddress(text) || host.size() <= 2) {
    return absl::InvalidArgumentError(StrCat(Printable(text), ": is no address of a server"));
  }
  if (host.find('@') != std::string_view::npos) {
    return absl::InvalidArgumentError(
        "an address with a user or a password is not taken, because addresses are printed and "
        "kept; "
        "set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN");
  }
  Address address{.root = std::string(root)};
  const std::vector<std::string> parts = absl::StrSplit(ToAbsl(page), '/', absl::SkipEmpty());
  if (parts.size() >= 2 && parts[0] == "experiments") address.experiment_id = parts[1];
  if (parts.size() >= 4 && parts[2] == "runs") address.run_id = parts[3];
  for (const std::string* id : {&address.experiment_id, &address.run_id}) {
    if (id->empty() || IsId(*id)) continue;
    return absl::InvalidArgumentError(
        StrCat(Printable(text), ": '", Printable(*id), "' is no id of MLflow's"));
  }
  return address;
}

}  // namespace telltale::formats::mlflow
