#include "lib/model/role_inference.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "lib/base/str.h"

namespace telltale::model {
namespace {

// "validation loss box_loss (term) per epoch"; a split and a quantity that are unknown are "-".
std::string SpeltRole(const Role& role) {
  const auto word = [](std::string_view name) { return name == "unknown" ? "-" : name; };
  std::string out = StrCat(word(SplitName(role.split)), " ", word(QuantityName(role.quantity)));
  if (role.quantity == Quantity::kMetric) StrAppend(&out, "-", DirectionName(role.direction));
  StrAppend(&out, " ", role.name);
  if (role.component) out += " (term)";
  if (role.cadence == Cadence::kStep) out += " per step";
  if (role.cadence == Cadence::kEpoch) out += " per epoch";
  return out;
}

struct Case {
  std::string_view tag;
  std::string_view role;
  std::string_view run = ".";
};

class InferRoleTest : public ::testing::TestWithParam<Case> {};

TEST_P(InferRoleTest, ReadsTheHabit) {
  const Case& each = GetParam();
  EXPECT_EQ(SpeltRole(InferRole(each.tag, each.run)), each.role)
      << "tag " << each.tag << ", run " << each.run;
}

const Case kKeras[] = {
    {"epoch_loss", "train loss loss per epoch", "r/train"},
    {"epoch_loss", "validation loss loss per epoch", "r/validation"},
    {"batch_loss", "train loss loss per step", "train"},
    {"epoch_accuracy", "train accuracy accuracy per epoch", "r/train"},
    {"epoch_sparse_categorical_accuracy", "train accuracy sparse_categorical_accuracy per epoch",
     "r/train"},
    {"evaluation_loss_vs_iterations", "validation loss loss", "r/validation"},
    {"evaluation_mae_vs_iterations", "validation metric-lower mae", "r/validation"},
    {"epoch_learning_rate", "train learning-rate lr per epoch", "r/train"},
    {"epoch_lr", "train learning-rate lr per epoch", "r/train"},
    {"loss", "- loss loss"},
    {"val_loss", "validation loss loss"},
    {"acc", "- accuracy accuracy"},
    {"val_acc", "validation accuracy accuracy"},
    {"val_mean_absolute_error", "validation metric-lower mae"},
    {"val_dice_coef", "validation metric-higher dice"},
    {"epoch_steps_per_second", "train time epoch_steps_per_second", "r/train"},
};
INSTANTIATE_TEST_SUITE_P(Keras, InferRoleTest, ::testing::ValuesIn(kKeras));

const Case kPyTorch[] = {
    {"Loss/train", "train loss loss"},
    {"Loss/val", "validation loss loss"},
    {"Loss/Test", "test loss loss"},
    {"Train/Acc", "train accuracy accuracy"},
    {"Accuracy/test", "test accuracy accuracy"},
    {"test_loss", "test loss loss"},
    {"training loss", "train loss loss"},
    {"Validation Loss", "validation loss loss"},
    {"Loss (val)", "validation loss loss"},
    {"running_loss", "- loss loss"},
    {"avg_train_loss", "train loss loss"},
    {"train_top1", "train accuracy top1_accuracy"},
    {"Acc/Top-5", "- accuracy top5_accuracy"},
    {"top5_error", "- metric-lower top5_error"},
    {"prec1", "- accuracy top1_accuracy"},
    {"errD", "- loss d_loss (term)"},
    {"Loss_G", "- loss g_loss (term)"},
};
INSTANTIATE_TEST_SUITE_P(PyTorch, InferRoleTest, ::testing::ValuesIn(kPyTorch));

const Case kLightning[] = {
    {"train_loss_step", "train loss loss per step"},
    {"train_loss_epoch", "train loss loss per epoch"},
    {"val_loss", "validation loss loss"},
    {"valid_loss_step/epoch_0", "validation loss loss_0 per step"},
    {"val_loss/dataloader_idx_1", "validation loss loss_1"},
    {"lr-Adam", "- learning-rate adam_lr"},
    {"lr-AdamW/pg1", "- learning-rate adamw_pg1_lr"},
    {"lr-SGD-momentum", "- other lr_sgd_momentum"},
    {"epoch", "- epoch epoch"},
    {"hp_metric", "- other hp_metric"},
    {"grad_2.0_norm_total", "- gradient-norm grad_norm"},
    {"trainer/global_step", "- other global_step"},
};
INSTANTIATE_TEST_SUITE_P(Lightning, InferRoleTest, ::testing::ValuesIn(kLightning));

const Case kHuggingFace[] = {
    {"train/loss", "train loss loss"},
    {"eval/loss", "validation loss loss"},
    {"eval_loss", "validation loss loss"},
    {"eval/accuracy", "validation accuracy accuracy"},
    {"eval/f1", "validation metric-higher f1"},
    {"eval_matthews_correlation", "validation metric-higher mcc"},
    {"train/learning_rate", "train learning-rate lr"},
    {"train/grad_norm", "train gradient-norm grad_norm"},
    {"train/epoch", "train epoch epoch"},
    {"eval_runtime", "validation time runtime"},
    {"eval_samples_per_second", "validation time samples_per_second"},
    {"train/total_flos", "train time total_flos"},
    {"eval_train_loss", "train loss loss"},
    {"eval/rougeL", "validation metric-higher rougel"},
    {"train/rewards/accuracies", "train accuracy accuracy"},
    {"train/rewards/rejected", "train other rewards_rejected"},
};
INSTANTIATE_TEST_SUITE_P(HuggingFace, InferRoleTest, ::testing::ValuesIn(kHuggingFace));

const Case kDetection[] = {
    {"train/box_loss", "train loss box_loss (term)"},
    {"val/cls_loss", "validation loss cls_loss (term)"},
    {"metrics/mAP50(B)", "validation metric-higher b_map50"},
    {"metrics/precision(B)", "validation metric-higher precision_b"},
    {"metrics/mAP_0.5:0.95", "validation metric-higher map_0_5_0_95"},
    {"metrics/accuracy_top1", "validation accuracy top1_accuracy"},
    {"lr/pg0", "- learning-rate pg0_lr"},
    {"x/lr0", "- learning-rate lr"},
    {"total_loss", "- loss loss"},
    {"validation_loss", "validation loss loss"},
    {"loss_cls", "- loss cls_loss (term)"},
    {"loss_rpn_loc", "- loss rpn_loc_loss (term)"},
    {"bbox/AP", "validation metric-higher ap"},
    {"bbox/AP50", "validation metric-higher ap50"},
    {"data_time", "- time data_time"},
    {"eta_seconds", "- time eta_seconds"},
    {"fast_rcnn/cls_accuracy", "- accuracy cls_accuracy"},
    {"rpn/num_pos_anchors", "- other num_pos_anchors"},
    {"coco/bbox_mAP_50", "validation metric-higher bbox_map_50"},
    {"decode.loss_ce", "- loss decode_ce_loss (term)"},
    {"mIoU", "- metric-higher miou"},
    {"aAcc", "- accuracy accuracy"},
};
INSTANTIATE_TEST_SUITE_P(Detection, InferRoleTest, ::testing::ValuesIn(kDetection));

const Case kReinforcementAndGenerative[] = {
    {"rollout/ep_rew_mean", "- metric-higher reward"},
    {"rollout/ep_len_mean", "- other ep_len_mean"},
    {"train/value_loss", "train loss value_loss (term)"},
    {"train/policy_gradient_loss", "train loss policy_gradient_loss (term)"},
    {"train/entropy_loss", "train loss entropy_loss (term)"},
    {"train/approx_kl", "train other approx_kl"},
    {"time/fps", "- time fps"},
    {"charts/episodic_return", "- metric-higher return"},
    {"losses/td_loss", "- loss td_loss (term)"},
    {"D/loss", "- loss d_loss (term)"},
    {"critic/loss", "- loss critic_loss (term)"},
    {"loss/kl", "- loss kl_loss (term)"},
    {"loss/recon", "- loss recon_loss (term)"},
    {"loss/total", "- loss loss"},
    {"val/elbo_loss", "validation loss elbo_loss"},
    {"kl_weight", "- other kl_weight"},
    {"FID", "- metric-lower fid"},
};
INSTANTIATE_TEST_SUITE_P(Reinforcement, InferRoleTest,
                         ::testing::ValuesIn(kReinforcementAndGenerative));

const Case kByHand[] = {
    {"trainLoss", "train loss loss"},
    {"valloss", "validation loss loss"},
    {"testacc", "test accuracy accuracy"},
    {"accVal", "validation accuracy accuracy"},
    {"tr_loss", "train loss loss"},
    {"te_acc", "test accuracy accuracy"},
    {"vali_loss", "validation loss loss"},
    {"dev/f1", "validation metric-higher f1"},
    {"Cost/train", "train loss loss"},
    {"nll/train", "train loss nll"},
    {"nll/val", "validation loss nll"},
    {"train/cross_entropy", "train loss cross_entropy"},
    {"crossentropy", "- loss cross_entropy"},
    {"val/cross_entropy_loss", "validation loss crossentropy_loss"},
    {"val_crossentropy_loss", "validation loss crossentropy_loss"},
    {"MSELoss", "- loss mse_loss"},
    {"val_mse", "validation metric-lower mse"},
    {"train/err", "train metric-lower error"},
    {"val_ppl", "validation metric-lower perplexity"},
    {"test/wer", "test metric-lower wer"},
    {"val/R2", "validation metric-higher r2"},
    {"psnr/val", "validation metric-higher psnr"},
    {"IoU/val", "validation metric-higher iou"},
    {"Learning Rate", "- learning-rate lr"},
    {"opt/learningRate", "- learning-rate lr"},
    {"gradients/global_norm", "- gradient-norm grad_norm"},
    {"update_to_weight_ratio", "- update-ratio update_ratio"},
    {"step_time", "- time step_time"},
    {"global_step/sec", "- time global_step_sec"},
    {"gpu.0.memory", "- time gpu_0_memory"},
    {"loss_scale", "- other loss_scale"},
    {"layer1/weights/summaries/mean", "- other weights_summaries_mean"},
    {"训练损失", "train loss loss"},
    {"训练/损失", "train loss loss"},
    {"验证/准确率", "validation accuracy accuracy"},
    {"validation_0-logloss", "validation loss logloss_0"},
    {"loss/mul:0", "- loss loss"},
    {"cross_entropy_1", "- loss cross_entropy_1"},
    {"loss_1", "- loss loss_1"},
    {"held_out/objective", "validation loss loss"},
    {"in_sample_loss", "train loss loss"},
    {"out_of_sample_loss", "validation loss loss"},
    {"tr_obj", "train loss obj"},
    {"va_obj", "validation loss obj"},
    {"objective_value", "- loss loss"},
    {"train_step/loss", "train loss loss per step"},
    {"val_epoch/acc", "validation accuracy accuracy per epoch"},
    {"R^2/dev", "validation metric-higher r2"},
    {"F-1", "- metric-higher f1"},
    {"pct_correct/valid", "validation accuracy accuracy"},
};
INSTANTIATE_TEST_SUITE_P(ByHand, InferRoleTest, ::testing::ValuesIn(kByHand));

const Case kNearMisses[] = {
    {"closs", "- - closs"},
    {"floss_count", "- - floss_count"},
    {"lossless_ratio", "- - lossless_ratio"},
    {"evaluate_time", "validation time time"},
    {"training_time", "train time time"},
    {"learning_rate_schedule/loss", "- loss loss"},
    {"validity", "- - validity"},
    {"trainable_params", "- other trainable_params"},
    {"testosterone", "- - testosterone"},
    {"device", "- - device"},
    {"trap", "- - trap"},
    {"accelerator", "- - accelerator"},
    {"mapping", "- - mapping"},
    {"loss_weight", "- other loss_weight"},
    {"loss_time", "- time loss_time"},
    {"lr_scheduler", "- other lr_scheduler"},
    {"best_val_loss", "validation other best_loss"},
    {"val_loss_std", "validation other loss_std"},
    {"best_epoch", "- other best_epoch"},
    {"val_acc_gap", "validation other acc_gap"},
    {"num_epochs_without_improvement", "- other num_epochs_without_improvement"},
    {"max_grad_norm", "- other max_grad_norm"},
    {"batch_size", "- other batch_size"},
    {"steps/foo", "- - foo"},
    {"num_correct", "- other num_correct"},
    {"entropy", "- other entropy"},
    {"", "- - "},
    {"/", "- - "},
    {"1", "- - "},
};
INSTANTIATE_TEST_SUITE_P(NearMisses, InferRoleTest, ::testing::ValuesIn(kNearMisses));

const Case kRuns[] = {
    {"Loss", "train loss loss", "exp/Loss_train"},
    {"Loss", "validation loss loss", "exp/Loss_val"},
    {"Loss", "train loss loss", "Loss_train"},
    {"Loss", "validation loss loss", "exp/Loss/val"},
    {"Loss/all", "validation loss loss", "exp/Loss_all_validation"},
    {"Loss/all", "validation loss loss", "exp/Loss/all/validation"},
    {"losses", "- loss box_loss (term)", "exp/losses_box"},
    {"grp", "- - a", "exp/grp_a"},
    {"loss", "train loss loss", "exp1_train"},
    {"loss", "validation loss loss", "exp1-val"},
    {"loss", "- loss loss", "smoke_test"},
    {"loss", "- loss loss", "train/exp1"},
    {"val_loss", "validation loss loss", "r/train"},
    {"loss", "test loss loss", "r/test"},
    {"loss", "validation loss loss", "r/eval_0"},
};
INSTANTIATE_TEST_SUITE_P(Runs, InferRoleTest, ::testing::ValuesIn(kRuns));

TEST(InferRole, PairsTrainAndValidationByNameWhateverTheHabit) {
  const struct {
    std::string_view train_run, train_tag, validation_run, validation_tag;
  } pairs[] = {
      {".", "Loss/train", ".", "Loss/val"},
      {"r/train", "epoch_loss", "r/validation", "epoch_loss"},
      {"r/train", "epoch_loss", "r/validation", "evaluation_loss_vs_iterations"},
      {".", "train_loss", ".", "valid_loss"},
      {".", "train_loss_epoch", ".", "val_loss"},
      {".", "train/loss", ".", "eval/loss"},
      {".", "nll/train", ".", "nll/dev"},
      {"r/Loss_train", "Loss", "r/Loss_val", "Loss"},
      {"r/Loss/train", "Loss", "r/Loss/valid", "Loss"},
      {".", "train/total_loss", ".", "validation_loss"},
      {".", "TrainLoss", ".", "ValLoss"},
      {".", "train/box_loss", ".", "val/loss_box"},
      {".", "train_acc1", ".", "test_top1"},
  };
  for (const auto& pair : pairs) {
    const Role train = InferRole(pair.train_tag, pair.train_run);
    const Role held_out = InferRole(pair.validation_tag, pair.validation_run);
    EXPECT_EQ(train.split, Split::kTrain) << pair.train_tag;
    EXPECT_NE(held_out.split, Split::kTrain) << pair.validation_tag;
    EXPECT_NE(held_out.split, Split::kUnknown) << pair.validation_tag;
    EXPECT_EQ(train.name, held_out.name) << pair.train_tag;
    EXPECT_EQ(train.quantity, held_out.quantity) << pair.train_tag;
  }
}

TEST(InferRole, IsTheSameInAnyCase) {
  for (const std::string_view tag : {"val_loss", "train/acc", "metrics/f1", "test loss"}) {
    std::string upper(tag);
    for (char& c : upper) {
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    EXPECT_EQ(InferRole(upper, "."), InferRole(tag, ".")) << tag;
  }
}

TEST(InferRole, TakesHostileNames) {
  const std::string names[] = {
      std::string(1 << 20, 'a'),
      std::string(1 << 20, '/'),
      std::string(1 << 20, '_'),
      std::string("\xff\xfe/\x80loss"),
      std::string("loss\0/train", 11),
      std::string(1 << 16, '#'),
      "../../etc/passwd",
      "loss\n\x1b[31m",
  };
  for (const std::string& tag : names) {
    for (const std::string& run : names) InferRole(tag, run);
  }
  std::string many;
  for (int i = 0; i < (1 << 17); ++i) many += "loss_1/";
  EXPECT_EQ(InferRole(many, many).quantity, Quantity::kLoss);
}

TEST(SplitOfDirectory, KnowsTheNamesOfSplits) {
  const struct {
    std::string_view component;
    Split split;
  } cases[] = {
      {"train", Split::kTrain},         {"Training", Split::kTrain},
      {"TRAIN", Split::kTrain},         {"learn", Split::kTrain},
      {"train_logs", Split::kTrain},    {"train_2", Split::kTrain},
      {"eval_train", Split::kTrain},    {"validation", Split::kValidation},
      {"val", Split::kValidation},      {"Valid", Split::kValidation},
      {"dev", Split::kValidation},      {"eval", Split::kValidation},
      {"eval_0", Split::kValidation},   {"eval-wikitext", Split::kValidation},
      {"val2", Split::kValidation},     {"test", Split::kTest},
      {"testing", Split::kTest},        {"test-set", Split::kTest},
      {"eval_test", Split::kTest},      {"", Split::kUnknown},
      {"/", Split::kUnknown},           {"test_resnet50", Split::kUnknown},
      {"train_lr0.1", Split::kUnknown}, {"trainer", Split::kUnknown},
      {"evaluations", Split::kUnknown}, {"my_train", Split::kUnknown},
      {"validator", Split::kUnknown},   {"train/val", Split::kUnknown},
  };
  for (const auto& each : cases)
    EXPECT_EQ(SplitOfDirectory(each.component), each.split) << each.component;
}

TEST(ParseAddScalarsRun, ReadsBothWritersForms) {
  const auto torch = ParseAddScalarsRun("Loss/all", "runs/exp/Loss_all_train");
  ASSERT_TRUE(torch.has_value());
  EXPECT_EQ(torch->parent, "runs/exp");
  EXPECT_EQ(torch->curve, "train");
  const auto tensorboardx = ParseAddScalarsRun("Loss/all", "Loss/all/train");
  ASSERT_TRUE(tensorboardx.has_value());
  EXPECT_EQ(tensorboardx->parent, ".");
  EXPECT_EQ(tensorboardx->curve, "train");
  for (const auto& [tag, run] : {std::pair<std::string_view, std::string_view>{"loss", "exp"},
                                 {"loss", "loss"},
                                 {"loss", "loss_"},
                                 {"loss", "my_loss_train"},
                                 {"loss", "x/closs/train"},
                                 {"loss", "loss/"},
                                 {"", "_a"},
                                 {"", "/a"}}) {
    EXPECT_FALSE(ParseAddScalarsRun(tag, run).has_value()) << tag << " in " << run;
  }
}

}  // namespace
}  // namespace telltale::model
