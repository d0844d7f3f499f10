#include "lib/report/live.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

namespace telltale::report {
namespace {

const diagnosis::Finding kFinding{.id = "divergence",
                                  .severity = diagnosis::Severity::kError,
                                  .confidence = 0.9,
                                  .summary = "Loss > 7 & climbs.",
                                  .first_step = 3};

LiveEvent Event(LiveEventKind kind) {
  return {.kind = kind,
          .time = 1.5,
          .training_run = "a<!channel>\x1b[31m",
          .points = 12,
          .finding = &kFinding};
}

TEST(LiveTest, JsonHoldsTheFindingAndATextThatAddressesNobody) {
  const std::string line = LiveJsonLine(Event(LiveEventKind::kFinding));
  EXPECT_EQ(line.find('\x1b'), std::string::npos);
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  const auto json = nlohmann::json::parse(line);
  EXPECT_EQ(json["event"], "finding");
  EXPECT_EQ(json["time"], "1970-01-01T00:00:01.500Z");
  EXPECT_EQ(json["training_run"], "a<!channel>\x1b[31m");
  EXPECT_EQ(json["points"], 12);
  EXPECT_EQ(json["settled"], false);
  EXPECT_EQ(json["finding"]["first_step"], 3);
  EXPECT_EQ(json["text"], "a&lt;!channel&gt;\\x1b[31m: divergence: Loss &gt; 7 &amp; climbs.");
}

TEST(LiveTest, TextIsOneSafeLine) {
  EXPECT_EQ(LiveText(Event(LiveEventKind::kFinding), "12:00:00", Color::kNever),
            "12:00:00  ✗ a<!channel>\\x1b[31m  divergence: Loss > 7 & climbs.\n");
  EXPECT_EQ(LiveText(Event(LiveEventKind::kCleared), "", Color::kNever),
            "✓ a<!channel>\\x1b[31m  divergence: no longer found\n");
  EXPECT_NE(LiveText(Event(LiveEventKind::kFinding), "", Color::kAlways).find("\x1b[31m"),
            std::string::npos);
}

TEST(LiveTest, AProblemIsThatOfTheOtherDocuments) {
  const Problem problem{.path = "x",
                        .begin = 4,
                        .end = 9,
                        .kind = ProblemKind::kCorruptRecord,
                        .message = "bad",
                        .records_lost = 1};
  const auto json =
      nlohmann::json::parse(LiveJsonLine({.kind = LiveEventKind::kProblem, .problem = &problem}));
  EXPECT_EQ(json["problem"]["kind"], "corrupt-record");
  EXPECT_EQ(json["problem"]["offset"], 4);
  EXPECT_EQ(LiveText({.kind = LiveEventKind::kProblem, .problem = &problem}, "", Color::kNever),
            "? x  corrupt-record: bad\n");
}

TEST(LiveTest, TheFirstEventNamesTheSchema) {
  const auto json =
      nlohmann::json::parse(LiveJsonLine({.kind = LiveEventKind::kWatching, .path = "logs"}));
  EXPECT_EQ(json["schema"], "telltale.watch/1");
  EXPECT_EQ(json["path"], "logs");
}

}  // namespace
}  // namespace telltale::report
