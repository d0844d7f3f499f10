#include "lib/formats/tensorboard/tensor.h"

#include <cmath>
#include <limits>
#include <string>

#include "gtest/gtest.h"

namespace telltale::formats::tensorboard {
namespace {

proto::TensorProto Content(int dtype, const std::string& bytes) {
  proto::TensorProto tensor;
  tensor.set_dtype(dtype);
  tensor.set_tensor_content(bytes);
  return tensor;
}

double ValueOf(const proto::TensorProto& tensor) {
  const auto scalar = OnlyElement(tensor);
  return scalar.has_value() ? scalar->value : std::numeric_limits<double>::quiet_NaN();
}

TEST(OnlyElement, DecodesContentOfEachDtype) {
  EXPECT_EQ(ValueOf(Content(1, std::string("\0\0\x80\x3f", 4))), 1.0);
  EXPECT_EQ(ValueOf(Content(2, std::string("\0\0\0\0\0\0\xf0\x3f", 8))), 1.0);
  EXPECT_EQ(ValueOf(Content(3, "\xff\xff\xff\xff")), -1.0);
  EXPECT_EQ(ValueOf(Content(4, "\xff")), 255.0);
  EXPECT_EQ(ValueOf(Content(5, "\xff\xff")), -1.0);
  EXPECT_EQ(ValueOf(Content(6, "\xff")), -1.0);
  EXPECT_EQ(ValueOf(Content(9, "\xff\xff\xff\xff\xff\xff\xff\xff")), -1.0);
  EXPECT_EQ(ValueOf(Content(10, "\x01")), 1.0);
  EXPECT_EQ(ValueOf(Content(14, "\x80\x3f")), 1.0);
  EXPECT_EQ(ValueOf(Content(17, "\xff\xff")), 65535.0);
  EXPECT_EQ(ValueOf(Content(19, std::string("\0\x3c", 2))), 1.0);
  EXPECT_EQ(ValueOf(Content(22, "\xff\xff\xff\xff")), 4294967295.0);
}

TEST(OnlyElement, DecodesHalves) {
  EXPECT_EQ(ValueOf(Content(19, std::string("\x01\0", 2))), std::ldexp(1, -24));
  EXPECT_EQ(ValueOf(Content(19, "\xff\x7b")), 65504.0);
  EXPECT_EQ(ValueOf(Content(19, std::string("\0\xfc", 2))),
            -std::numeric_limits<double>::infinity());
  EXPECT_TRUE(std::isnan(OnlyElement(Content(19, "\x01\x7e"))->value));
  proto::TensorProto packed;
  packed.set_dtype(kDtHalf);
  packed.add_half_val(0xc000);
  EXPECT_EQ(ValueOf(packed), -2.0);
}

TEST(OnlyElement, TellsWhereFloat32Ends) {
  EXPECT_TRUE(OnlyElement(Content(1, "abcd"))->float32);
  EXPECT_FALSE(OnlyElement(Content(2, "abcdefgh"))->float32);
  EXPECT_FALSE(OnlyElement(Content(3, "abcd"))->float32);
}

TEST(OnlyElement, RefusesWhatIsNotOneNumber) {
  EXPECT_FALSE(OnlyElement(Content(1, "abc")).has_value());
  EXPECT_FALSE(OnlyElement(Content(1, "abcdefgh")).has_value());
  EXPECT_FALSE(OnlyElement(Content(7, "abcd")).has_value());
  EXPECT_FALSE(OnlyElement(Content(99, "abcd")).has_value());
  EXPECT_FALSE(OnlyElement(proto::TensorProto()).has_value());
  proto::TensorProto two = Content(1, "abcd");
  two.mutable_tensor_shape()->add_dim()->set_size(2);
  EXPECT_FALSE(OnlyElement(two).has_value());
}

TEST(OnlyElement, TakesOneElementOfAnyRank) {
  proto::TensorProto tensor = Content(3, std::string("\x05\0\0\0", 4));
  tensor.mutable_tensor_shape()->add_dim()->set_size(1);
  tensor.mutable_tensor_shape()->add_dim()->set_size(1);
  EXPECT_EQ(ValueOf(tensor), 5.0);
}

TEST(ElementCount, RefusesOverflowAndNegativeSizes) {
  proto::TensorShape shape;
  shape.add_dim()->set_size(int64_t{1} << 62);
  shape.add_dim()->set_size(16);
  EXPECT_EQ(ElementCount(shape), std::nullopt);
  shape.mutable_dim(1)->set_size(-1);
  EXPECT_EQ(ElementCount(shape), std::nullopt);
}

}  // namespace
}  // namespace telltale::formats::tensorboard
