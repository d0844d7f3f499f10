#include "lib/report/number.h"

#include <gtest/gtest.h>

#include <limits>

namespace telltale::report {
namespace {

TEST(FormatNumber, KeepsFourDigits) {
  EXPECT_EQ(FormatNumber(0.31239), "0.3124");
  EXPECT_EQ(FormatNumber(2.0), "2");
  EXPECT_EQ(FormatNumber(-0.0), "0");
  EXPECT_EQ(FormatNumber(3.14e-5), "3.14e-05");
  EXPECT_EQ(FormatNumber(12500), "12500");
  EXPECT_EQ(FormatNumber(123456789), "1.235e+08");
  EXPECT_EQ(FormatNumber(std::numeric_limits<double>::quiet_NaN()), "NaN");
  EXPECT_EQ(FormatNumber(-std::numeric_limits<double>::infinity()), "-Infinity");
}

TEST(FormatBytes, UsesPowersOfAThousand) {
  EXPECT_EQ(FormatBytes(0), "0 B");
  EXPECT_EQ(FormatBytes(999), "999 B");
  EXPECT_EQ(FormatBytes(8100), "8.1 kB");
  EXPECT_EQ(FormatBytes(219000000), "219 MB");
  EXPECT_EQ(FormatBytes(999999), "1.0 MB");  // not "1000 kB"
  EXPECT_EQ(FormatBytes(std::numeric_limits<uint64_t>::max()), "18 EB");
}

TEST(FormatSteps, SaysWhatIsKnown) {
  EXPECT_EQ(FormatSteps(18, 49), "steps 18–49");
  EXPECT_EQ(FormatSteps(18, 18), "step 18");
  EXPECT_EQ(FormatSteps(18, {}), "from step 18");
  EXPECT_EQ(FormatSteps({}, 49), "to step 49");
  EXPECT_EQ(FormatSteps({}, {}), "");
}

TEST(FormatEvidence, HasUnitAndInterval) {
  EXPECT_EQ(FormatEvidence({.value = 14.2, .unit = "sigma"}), "14.2 σ");
  EXPECT_EQ(FormatEvidence({.value = 3.1, .unit = "%", .low = 2.8, .high = 3.4}),
            "3.1 % (2.8 to 3.4)");
  EXPECT_EQ(FormatEvidence({.value = 60.86, .unit = "x"}), "60.86×");
  EXPECT_EQ(FormatEvidence({.value = 123456, .unit = "step"}), "step 123456");
}

TEST(Count, KnowsOneAndMany) {
  EXPECT_EQ(Count(1, "file"), "1 file");
  EXPECT_EQ(Count(0, "file"), "0 files");
  EXPECT_EQ(Count(2, "series", "series"), "2 series");
}

}  // namespace
}  // namespace telltale::report
