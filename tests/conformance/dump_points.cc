// dump_points [--from FORMAT] PATH...: every point that the library reads, for comparison with what
// a tracker's own reader gives. FORMAT is "tensorboard" where it is not given.
//
// One JSON object a line: {"path", "run", "tag", "steps", "wall_times", "values"} for a series,
// {"path", "run", "text", "steps", "strings"} for a text, {"path", "problem", "begin", "end",
// "message"} for a problem, {"path", "error"} where nothing could be read. Numbers that are not
// finite are the strings "NaN", "Infinity" and "-Infinity".

#include <cmath>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "lib/formats/format.h"
#include "lib/model/experiment.h"

namespace {

using nlohmann::ordered_json;

ordered_json Number(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "Infinity" : "-Infinity";
  return value;
}

// Names come from files and need not be UTF-8; Python's readers replace what is not.
void Print(const ordered_json& line) {
  std::cout << line.dump(-1, ' ', false, ordered_json::error_handler_t::replace) << '\n';
}

void PrintSeries(const std::string& path, const telltale::model::Run& run,
                 const telltale::model::Series& series) {
  ordered_json line{{"path", path}, {"run", run.name}, {"tag", series.tag}};
  line["steps"] = series.steps.span();
  for (const double t : series.wall_times) line["wall_times"].push_back(Number(t));
  for (const double v : series.values) line["values"].push_back(Number(v));
  Print(line);
}

void PrintText(const std::string& path, const telltale::model::Run& run,
               const telltale::model::TextSeries& series) {
  ordered_json line{{"path", path}, {"run", run.name}, {"text", series.tag}};
  for (const auto& point : series.points) {
    line["steps"].push_back(point.step);
    line["strings"].push_back(point.strings);
  }
  Print(line);
}

void Dump(const telltale::formats::Format& format, const std::string& path) {
  const auto experiment = format.read(path, {});
  if (!experiment.ok()) {
    Print({{"path", path}, {"error", experiment.status().ToString()}});
    return;
  }
  for (const auto& run : experiment->runs) {
    for (const auto& series : run.series) PrintSeries(path, run, series);
    for (const auto& text : run.texts) PrintText(path, run, text);
  }
  for (const auto& problem : experiment->problems) {
    Print({{"path", path},
           {"problem", std::string(telltale::ProblemKindName(problem.kind))},
           {"begin", problem.begin},
           {"end", problem.end},
           {"message", problem.message}});
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> paths(argv + 1, argv + argc);
  std::string from = "tensorboard";
  if (paths.size() > 1 && paths[0] == "--from") {
    from = paths[1];
    paths.erase(paths.begin(), paths.begin() + 2);
  }
  const telltale::formats::Format* format = telltale::formats::FindFormat(from);
  if (format == nullptr) {
    std::cerr << "dump_points: no format is called " << from << "\n";
    return 2;
  }
  for (const std::string& path : paths) Dump(*format, path);
  return 0;
}
