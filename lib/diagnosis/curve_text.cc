#include "lib/diagnosis/curve_text.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/base/text.h"
#include "lib/model/params.h"

namespace telltale::diagnosis {
namespace {

constexpr double kFirstWallTime = 1.7e9;

class Parser {
 public:
  absl::Status TakeLine(absl::string_view line) {
    const std::vector<std::string> words =
        absl::StrSplit(line, absl::ByAnyChar(" \t\r"), absl::SkipEmpty());
    if (words.empty() || words[0][0] == '#') return absl::OkStatus();
    if (words[0] == "series") return BeginSeries(words);
    if (words[0] == "param") return TakeParam(words);
    if (!in_series_) return absl::InvalidArgumentError("a value before any series");
    for (const std::string& word : words) TELLTALE_RETURN_IF_ERROR(TakeValue(word));
    return absl::OkStatus();
  }

  absl::StatusOr<model::Experiment> Finish() {
    std::sort(experiment_.runs.begin(), experiment_.runs.end(),
              [](const model::Run& a, const model::Run& b) { return a.name < b.name; });
    if (const auto broken = model::Validate(experiment_)) {
      return absl::InvalidArgumentError(*broken);
    }
    return std::move(experiment_);
  }

 private:
  model::Run& RunNamed(std::string_view name) {
    for (run_ = 0; run_ < experiment_.runs.size(); ++run_) {
      if (experiment_.runs[run_].name == name) return experiment_.runs[run_];
    }
    experiment_.runs.push_back({.name = std::string(name), .path = StrCat("/logs/", name)});
    return experiment_.runs.back();
  }

  absl::Status BeginSeries(const std::vector<std::string>& words) {
    const size_t colon = words.size() < 2 ? std::string::npos : words[1].find(':');
    if (colon == std::string::npos) return absl::InvalidArgumentError("a series is named RUN:TAG");
    step_ = every_ = 1;
    time_ = kFirstWallTime;
    seconds_ = 1;
    for (size_t i = 2; i < words.size(); ++i) TELLTALE_RETURN_IF_ERROR(SetAxis(words[i]));
    model::Run& run = RunNamed(std::string_view(words[1]).substr(0, colon));
    run.series.push_back({});
    run.series.back().tag = words[1].substr(colon + 1);
    in_series_ = true;
    return absl::OkStatus();
  }

  // "every=10"
  absl::Status SetAxis(std::string_view word) {
    const size_t equals = std::min(word.find('='), word.size());
    const std::string_view key = word.substr(0, equals);
    const auto value = ToAbsl(word.substr(std::min(equals + 1, word.size())));
    const bool known = key == "first"   ? absl::SimpleAtoi(value, &step_)
                       : key == "every" ? absl::SimpleAtoi(value, &every_)
                                        : key == "seconds" && absl::SimpleAtod(value, &seconds_);
    if (known) return absl::OkStatus();
    return absl::InvalidArgumentError(
        StrCat("'", Printable(word), "' is none of first=, every=, seconds= with a number"));
  }

  absl::Status TakeParam(const std::vector<std::string>& words) {
    if (words.size() != 4) return absl::InvalidArgumentError("a param is RUN NAME VALUE");
    in_series_ = false;
    RunNamed(words[1]).params.push_back(
        {.name = words[2], .value = model::ParseParamValue(words[3])});
    return absl::OkStatus();
  }

  absl::Status TakeValue(const std::string& word) {
    double number = 0;
    const auto rest = absl::string_view(word).substr(1);
    if (word[0] == '@') {
      if (absl::SimpleAtoi(rest, &step_)) return absl::OkStatus();
    } else if (word[0] == '+') {
      if (absl::SimpleAtod(rest, &number)) {
        time_ += number;
        return absl::OkStatus();
      }
    } else if (absl::SimpleAtod(word, &number)) {
      model::Series& series = experiment_.runs[run_].series.back();
      series.steps.push_back(step_);
      series.wall_times.push_back(time_);
      series.values.push_back(number);
      step_ += every_;
      time_ += seconds_;
      return absl::OkStatus();
    }
    return absl::InvalidArgumentError(StrCat("'", Printable(word), "' is no value"));
  }

  model::Experiment experiment_ = {.format = "tensorboard", .path = "/logs"};
  size_t run_ = 0;
  bool in_series_ = false;
  int64_t step_ = 1;
  int64_t every_ = 1;
  double time_ = kFirstWallTime;
  double seconds_ = 1;
};

}  // namespace

absl::StatusOr<model::Experiment> ParseCurveText(std::string_view text) {
  Parser parser;
  size_t number = 0;
  for (const absl::string_view line : absl::StrSplit(ToAbsl(text), '\n')) {
    ++number;
    if (const absl::Status status = parser.TakeLine(line); !status.ok()) {
      return absl::InvalidArgumentError(StrCat("line ", number, ": ", ToStd(status.message())));
    }
  }
  return parser.Finish();
}

}  // namespace telltale::diagnosis
