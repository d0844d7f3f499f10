#include "lib/formats/tensorboard/event_scanner.h"

#include <bit>
#include <cstdint>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "lib/formats/tensorboard/tensor.h"
#include "proto/event.pb.h"

namespace telltale::formats::tensorboard {
namespace {

using Value = proto::Summary::Value;

proto::Event ScalarEvent(double wall_time, int64_t step, const std::string& tag, float value) {
  proto::Event event;
  event.set_wall_time(wall_time);
  event.set_step(step);
  Value* added = event.mutable_summary()->add_value();
  added->set_tag(tag);
  added->set_simple_value(value);
  return event;
}

proto::Event TensorEvent(const std::function<void(proto::TensorProto&)>& fill) {
  proto::Event event;
  event.set_wall_time(1.5);
  Value* added = event.mutable_summary()->add_value();
  added->set_tag("t");
  fill(*added->mutable_tensor());
  return event;
}

void ExpectPlainSame(const std::string& bytes) {
  PlainScalar plain;
  if (!ScanPlainScalar(bytes, plain)) return;
  ScannedEvent scanned;
  ASSERT_TRUE(ScanScalars(bytes, scanned)) << ::testing::PrintToString(bytes);
  ASSERT_EQ(scanned.scalars.size(), 1u);
  EXPECT_EQ(std::bit_cast<uint64_t>(plain.wall_time), std::bit_cast<uint64_t>(scanned.wall_time));
  EXPECT_EQ(plain.step, scanned.step);
  EXPECT_EQ(plain.tag, scanned.scalars[0].tag);
  EXPECT_EQ(std::bit_cast<uint32_t>(plain.value),
            std::bit_cast<uint32_t>(scanned.scalars[0].value));
  EXPECT_TRUE(scanned.scalars[0].metadata.empty());
  EXPECT_FALSE(scanned.scalars[0].tensor);
}

// The rule that all parsers are held to: what a scanner accepts, the one behind it accepts too and
// reads the same.
void ExpectSame(const std::string& bytes) {
  ExpectPlainSame(bytes);
  ScannedEvent scanned;
  if (!ScanScalars(bytes, scanned)) return;
  proto::Event event;
  ASSERT_TRUE(event.ParseFromString(bytes)) << ::testing::PrintToString(bytes);
  ASSERT_EQ(event.what_case(), proto::Event::kSummary);
  EXPECT_EQ(std::bit_cast<uint64_t>(event.wall_time()), std::bit_cast<uint64_t>(scanned.wall_time));
  EXPECT_EQ(event.step(), scanned.step);
  ASSERT_EQ(static_cast<size_t>(event.summary().value_size()), scanned.scalars.size());
  for (size_t i = 0; i < scanned.scalars.size(); ++i) {
    const Value& value = event.summary().value(static_cast<int>(i));
    const ScannedScalar& scalar = scanned.scalars[i];
    EXPECT_EQ(value.tag(), scalar.tag);
    float parsed = 0;
    if (scalar.tensor) {
      ASSERT_EQ(value.value_case(), Value::kTensor);
      const auto only = OnlyElement(value.tensor());
      ASSERT_TRUE(only.has_value());
      parsed = static_cast<float>(only->value);
    } else {
      ASSERT_EQ(value.value_case(), Value::kSimpleValue);
      parsed = value.simple_value();
    }
    EXPECT_TRUE(std::bit_cast<uint32_t>(parsed) == std::bit_cast<uint32_t>(scalar.value) ||
                (parsed != parsed && scalar.value != scalar.value));
  }
}

bool Accepts(const proto::Event& event) {
  ScannedEvent scanned;
  const std::string bytes = event.SerializeAsString();
  ExpectSame(bytes);
  return ScanScalars(bytes, scanned);
}

TEST(ScanPlainScalar, ReadsWhatWritersWriteByTheMillion) {
  for (const int64_t step : {int64_t{0}, int64_t{1}, int64_t{127}, int64_t{128}, int64_t{-1},
                             INT64_MIN, INT64_MAX, (int64_t{1} << 53) + 1}) {
    const std::string bytes = ScalarEvent(1.25, step, "train/loss", 0.5f).SerializeAsString();
    PlainScalar plain;
    ASSERT_TRUE(ScanPlainScalar(bytes, plain)) << step;
    EXPECT_EQ(plain.wall_time, 1.25);
    EXPECT_EQ(plain.step, step);
    EXPECT_EQ(plain.tag, "train/loss");
    EXPECT_EQ(plain.value, 0.5f);
    ExpectPlainSame(bytes);
  }
}

TEST(ScanPlainScalar, LeavesAllElseToScanScalars) {
  PlainScalar plain;
  proto::Event two = ScalarEvent(1, 2, "a", 3);
  two.mutable_summary()->add_value()->set_simple_value(4);
  EXPECT_FALSE(ScanPlainScalar(two.SerializeAsString(), plain));
  proto::Event described = ScalarEvent(1, 2, "a", 3);
  described.mutable_summary()->mutable_value(0)->mutable_metadata()->set_display_name("A");
  EXPECT_FALSE(ScanPlainScalar(described.SerializeAsString(), plain));
  EXPECT_FALSE(
      ScanPlainScalar(ScalarEvent(1, 2, std::string(200, 't'), 3).SerializeAsString(), plain));
  EXPECT_FALSE(ScanPlainScalar(ScalarEvent(0, 2, "a", 3).SerializeAsString(), plain));
}

TEST(ScanScalars, ReadsASimpleValue) {
  const std::string bytes = ScalarEvent(1.25, 300, "loss", 0.5f).SerializeAsString();
  ScannedEvent scanned;  // views `bytes`
  ASSERT_TRUE(ScanScalars(bytes, scanned));
  EXPECT_EQ(scanned.wall_time, 1.25);
  EXPECT_EQ(scanned.step, 300);
  ASSERT_EQ(scanned.scalars.size(), 1u);
  EXPECT_EQ(scanned.scalars[0].tag, "loss");
  EXPECT_EQ(scanned.scalars[0].value, 0.5f);
  EXPECT_FALSE(scanned.scalars[0].tensor);
}

TEST(ScanScalars, ReadsNegativeAndLargeSteps) {
  for (const int64_t step : {int64_t{-1}, INT64_MIN, INT64_MAX, (int64_t{1} << 53) + 1}) {
    ScannedEvent scanned;
    const std::string bytes = ScalarEvent(0, step, "x", 1).SerializeAsString();
    ASSERT_TRUE(ScanScalars(bytes, scanned));
    EXPECT_EQ(scanned.step, step);
  }
}

TEST(ScanScalars, ForgetsTheEventBefore) {
  ScannedEvent scanned;
  ASSERT_TRUE(ScanScalars(ScalarEvent(5, 7, "x", 1).SerializeAsString(), scanned));
  proto::Event event;
  event.mutable_summary()->add_value()->set_simple_value(2);
  ASSERT_TRUE(ScanScalars(event.SerializeAsString(), scanned));
  EXPECT_EQ(scanned.wall_time, 0);
  EXPECT_EQ(scanned.step, 0);
  EXPECT_EQ(scanned.scalars.size(), 1u);
}

TEST(ScanScalars, ReadsFloatTensorsOfRankZero) {
  EXPECT_TRUE(Accepts(TensorEvent([](auto& tensor) {
    tensor.set_dtype(kDtFloat);
    tensor.add_float_val(2.5f);
  })));
  EXPECT_TRUE(Accepts(TensorEvent([](auto& tensor) {
    tensor.set_dtype(kDtFloat);
    tensor.mutable_tensor_shape();
    tensor.set_tensor_content(std::string("\0\0\x20\x40", 4));
  })));
}

TEST(ScanScalars, ReadsAFloatThatIsNotPacked) {
  ScannedEvent scanned;
  // Event{summary{value{tensor{dtype: 1, float_val (fixed32): 1.0}}}}
  const std::string bytes("\x2a\x0b\x0a\x09\x42\x07\x08\x01\x2d\x00\x00\x80\x3f", 13);
  ASSERT_TRUE(ScanScalars(bytes, scanned));
  EXPECT_EQ(scanned.scalars[0].value, 1.0f);
  ExpectSame(bytes);
}

TEST(ScanScalars, LeavesTheRestToProtobuf) {
  proto::Event version;
  version.set_file_version("brain.Event:2");
  EXPECT_FALSE(Accepts(version));
  EXPECT_FALSE(Accepts(TensorEvent([](auto& tensor) {
    tensor.set_dtype(kDtDouble);
    tensor.add_double_val(2.5);
  })));
  EXPECT_FALSE(Accepts(TensorEvent([](auto& tensor) {
    tensor.set_dtype(kDtFloat);
    tensor.mutable_tensor_shape()->add_dim()->set_size(2);
    tensor.add_float_val(1);
    tensor.add_float_val(2);
  })));
  proto::Event histogram = ScalarEvent(0, 0, "h", 0);
  histogram.mutable_summary()->mutable_value(0)->set_histo("...");
  EXPECT_FALSE(Accepts(histogram));
}

// Damaged and odd encodings: whatever bytes come, the two never disagree and nothing reads past the
// end.
TEST(ScanScalars, AgreesWithProtobufOnMutatedEvents) {
  std::vector<std::string> seeds;
  proto::Event two = ScalarEvent(1.7e9, 12345, "train/loss", 0.25f);
  two.mutable_summary()->add_value()->set_tag("epoch");
  two.mutable_summary()->mutable_value(1)->set_simple_value(3);
  two.mutable_summary()
      ->mutable_value(1)
      ->mutable_metadata()
      ->mutable_plugin_data()
      ->set_plugin_name("scalars");
  seeds.push_back(two.SerializeAsString());
  seeds.push_back(TensorEvent([](auto& tensor) {
                    tensor.set_dtype(kDtFloat);
                    tensor.mutable_tensor_shape();
                    tensor.set_tensor_content("abcd");
                  }).SerializeAsString());
  seeds.push_back(TensorEvent([](auto& tensor) {
                    tensor.set_dtype(kDtFloat);
                    tensor.add_float_val(2.5f);
                  }).SerializeAsString());
  for (const int64_t step : {int64_t{0}, int64_t{70000}, int64_t{-3}}) {
    seeds.push_back(ScalarEvent(1.7e9, step, "train/loss", 0.25f).SerializeAsString());
  }
  std::mt19937 random(1);
  for (const std::string& seed : seeds) {
    for (size_t n = 0; n <= seed.size(); ++n) ExpectSame(seed.substr(0, n));
    for (int i = 0; i < 20000; ++i) {
      std::string bytes = seed;
      const size_t edits = 1 + random() % 3;
      for (size_t edit = 0; edit < edits; ++edit) {
        const size_t at = random() % bytes.size();
        switch (random() % 3) {
          case 0:
            bytes[at] = static_cast<char>(random());
            break;
          case 1:
            bytes[at] = static_cast<char>(bytes[at] ^ (1 << random() % 8));
            break;
          default:
            bytes.insert(at, bytes.substr(random() % bytes.size(), random() % 12));
        }
      }
      ExpectSame(bytes);
    }
  }
}

}  // namespace
}  // namespace telltale::formats::tensorboard
