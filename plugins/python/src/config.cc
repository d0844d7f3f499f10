#include "config.h"

#include <string>
#include <utility>

#include "bindings.h"
#include "errors.h"
#include "lib/diagnosis/rule.h"

namespace telltale::python {
namespace {

template <typename T>
void Append(std::vector<T>& to, std::vector<T> from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

config::Config Parse(const std::string& yaml, const std::string& name) {
  if (yaml.empty()) return {};
  return ValueOrThrow(config::ParseConfig(yaml, name, diagnosis::AllRules()), name);
}

}  // namespace

config::Config MakeConfig(const nb::bytes& file_text, const nb::bytes& file_name,
                          const nb::bytes& more) {
  config::Config file = Parse(Bytes(file_text), Bytes(file_name));
  config::Config config = Parse(Bytes(more), "options");
  // Of roles the first that fits wins, of parameters the last.
  Append(config.grouping.roles, std::move(file.grouping.roles));
  Append(file.grouping.params, std::move(config.grouping.params));
  config.grouping.params = std::move(file.grouping.params);
  config.grouping.group = config.grouping.group && file.grouping.group;
  for (auto& [name, value] : file.diagnosis.params)
    config.diagnosis.params.try_emplace(name, value);
  Append(config.diagnosis.disabled, std::move(file.diagnosis.disabled));
  Append(config.diagnosis.suppressions, std::move(file.diagnosis.suppressions));
  return config;
}

}  // namespace telltale::python
