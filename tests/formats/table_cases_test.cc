// Tables that the programs themselves wrote (testdata/formats/table/make_tables.py) must read to
// what stands in points.txt. tests/conformance/tables_conformance.py holds the same files to what
// Python's csv and json modules read of them.

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "gtest/gtest.h"
#include "lib/formats/format.h"
#include "lib/model/experiment.h"
#include "lib/model/params.h"
#include "tests/support/golden.h"

namespace telltale::formats {
namespace {

namespace fs = std::filesystem;

constexpr const char* kTableCases = "testdata/formats/table";

// Each directory is a case; of pandas, each file.
std::vector<std::string> TableCases() {
  std::vector<std::string> cases;
  const fs::path root = fs::path(TELLTALE_SOURCE_DIR) / kTableCases;
  for (const fs::path& each : {root, root / "pandas", root / "tensorboard"}) {
    for (const auto& entry : fs::directory_iterator(each)) {
      const std::string path = fs::relative(entry.path(), root);
      const bool folder = path == "pandas" || path == "tensorboard";
      if (!folder && (entry.is_directory() || each != root)) cases.push_back(path);
    }
  }
  std::sort(cases.begin(), cases.end());
  return cases;
}

std::string PointsOf(const model::Run& run) {
  std::string out = absl::StrFormat("  %s\n", run.name);
  for (const int64_t step : run.restarts) absl::StrAppendFormat(&out, "    restart at %d\n", step);
  for (const model::Param& param : run.params) {
    absl::StrAppendFormat(&out, "    %s = %s\n", param.name, model::ParamText(param.value));
  }
  for (const model::Series& series : run.series) {
    absl::StrAppendFormat(&out, "    %s\n", series.tag);
    for (size_t i = 0; i < series.size(); ++i) {
      absl::StrAppendFormat(&out, "      %d %.17g %.17g\n", series.steps[i], series.wall_times[i],
                            series.values[i]);
    }
  }
  return out;
}

TEST(TableCases, ReadToWhatTheProgramsLogged) {
  std::string out;
  for (const std::string& path : TableCases()) {
    const std::string full = std::string(TELLTALE_SOURCE_DIR) + "/" + kTableCases + "/" + path;
    const auto format = Detect(full);
    ASSERT_TRUE(format.ok()) << format.status();
    const auto read = (*format)->read(full, {});
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_TRUE(read->problems.empty()) << path << ": " << read->problems.front().message;
    absl::StrAppendFormat(&out, "%s: %s\n", path, read->format);
    for (const model::Run& run : read->runs) out += PointsOf(run);
  }
  testing::ExpectGolden(out, std::string(kTableCases) + "/points.txt");
}

}  // namespace
}  // namespace telltale::formats
