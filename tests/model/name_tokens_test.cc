#include "lib/model/name_tokens.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace telltale::model {
namespace {

// "train/valLoss" as "train / val loss".
std::string Spelt(std::string_view name) {
  std::string out;
  for (const NameComponent& component : TokenizeName(name)) {
    if (!out.empty()) out += " /";
    for (const NameToken& token : component) {
      if (!out.empty()) out += ' ';
      out += token.number ? "#" + token.text : token.text;
    }
  }
  return out;
}

TEST(TokenizeName, CutsAtPunctuationAndHumps) {
  const struct {
    std::string_view name;
    std::string_view words;
  } cases[] = {
      {"Loss/train", "loss / train"},
      {"train_loss_step", "train loss step"},
      {"lr-Adam", "lr adam"},
      {"metrics/mAP50-95(B)", "metrics / map50 #95 b"},
      {"decode.loss_ce", "decode loss ce"},
      {"valLoss", "val loss"},
      {"TrainAccuracy", "train accuracy"},
      {"MSELoss", "mse loss"},
      {"valMSE", "val mse"},
      {"valIoU", "val iou"},
      {"mIoU", "miou"},
      {"mAP", "map"},
      {"IoU", "iou"},
      {"rougeL", "rougel"},
      {"F1Score", "f1 score"},
      {"LR", "lr"},
      {"lossD", "lossd"},
      {"Top-1 Accuracy", "top1 accuracy"},
      {"top_5_acc", "top5 acc"},
      {"top5Acc", "top5 acc"},
      {"loss_1", "loss #1"},
      {"//Loss//train/", "loss / train"},
      {"训练/损失", "训练 / 损失"},
      {"", ""},
      {"/", ""},
      {"---", ""},
      {"...", ""},
  };
  for (const auto& each : cases) EXPECT_EQ(Spelt(each.name), each.words) << each.name;
}

TEST(TokenizeName, KeepsBytesBeyondAsciiTogether) {
  EXPECT_EQ(Spelt("caf\xc3\xa9_\xff\xfe"), "caf\xc3\xa9 \xff\xfe");
  EXPECT_EQ(Spelt(std::string_view("a\0b", 3)), "a b");
}

TEST(TokenizeName, TakesNamesOfAnyLength) {
  EXPECT_EQ(TokenizeName(std::string(1 << 20, 'a')).size(), 1u);
  EXPECT_EQ(TokenizeName(std::string(1 << 20, '/')).size(), 0u);
  EXPECT_EQ(TokenizeName(std::string(1 << 20, '9'))[0].size(), 1u);
  std::string humps;
  for (int i = 0; i < (1 << 18); ++i) humps += "aB";
  EXPECT_EQ(TokenizeName(humps).size(), 1u);
}

}  // namespace
}  // namespace telltale::model
