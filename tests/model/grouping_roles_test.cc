// Roles in the light of the other series of a training run, and the user's word on them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "lib/base/str.h"
#include "lib/model/training_run.h"
#include "tests/model/experiment_builder.h"

namespace telltale::model {
namespace {

using telltale::testing::ExperimentBuilder;
using ::testing::ElementsAre;

// "tag: split quantity name" for each series of the only training run; "(term)" for components.
std::vector<std::string> Roles(const Experiment& experiment, const GroupingOptions& options = {}) {
  const Grouping grouping = GroupRuns(experiment, options);
  EXPECT_EQ(grouping.training_runs.size(), 1u);
  std::vector<std::string> out;
  for (const SeriesRef& ref : grouping.training_runs[0].series) {
    const Role& role = ref.role;
    out.push_back(StrCat(experiment.runs[ref.run].series[ref.series].tag, ": ",
                         SplitName(role.split), " ", QuantityName(role.quantity), " ", role.name,
                         role.component ? " (term)" : ""));
  }
  return out;
}

std::vector<std::string> RolesOf(const std::vector<std::string>& tags,
                                 const GroupingOptions& options = {}) {
  return Roles(ExperimentBuilder().Run("r", tags).Build(), options);
}

TEST(Roles, ALossBesideAValidationLossIsOfTraining) {
  EXPECT_THAT(RolesOf({"loss", "acc", "val_loss", "val_acc", "lr"}),
              ElementsAre("loss: train loss loss", "acc: train accuracy accuracy",
                          "val_loss: validation loss loss", "val_acc: validation accuracy accuracy",
                          "lr: unknown learning-rate lr"));
  EXPECT_THAT(RolesOf({"total_loss", "validation_loss"}),
              ElementsAre("total_loss: train loss loss", "validation_loss: validation loss loss"));
  EXPECT_THAT(RolesOf({"loss", "test_acc"}),
              ElementsAre("loss: train loss loss", "test_acc: test accuracy accuracy"));
  EXPECT_THAT(Roles(ExperimentBuilder().Run("r", {"loss"}).Run("r/eval", {"loss"}).Build()),
              ElementsAre("loss: train loss loss", "loss: validation loss loss"));
}

TEST(Roles, WhatCannotBeToldStaysUnknown) {
  EXPECT_THAT(RolesOf({"loss"}), ElementsAre("loss: unknown loss loss"));
  EXPECT_THAT(RolesOf({"train_loss", "val_loss", "loss"}),
              ElementsAre("train_loss: train loss loss", "val_loss: validation loss loss",
                          "loss: unknown loss loss"));
  EXPECT_THAT(RolesOf({"train_loss", "val_loss", "f1"}),
              ElementsAre("train_loss: train loss loss", "val_loss: validation loss loss",
                          "f1: unknown metric f1"));
}

TEST(Roles, ALossOfEachStepIsOfTraining) {
  EXPECT_THAT(RolesOf({"loss_step", "lr"}),
              ElementsAre("loss_step: train loss loss", "lr: unknown learning-rate lr"));
}

TEST(Roles, AMetricIsTheLossWhereThereIsNoOther) {
  EXPECT_THAT(RolesOf({"train_mse", "val_mse", "train_mae", "val_mae"}),
              ElementsAre("train_mse: train loss mse", "val_mse: validation loss mse",
                          "train_mae: train metric mae", "val_mae: validation metric mae"));
  // The one that both splits have.
  EXPECT_THAT(RolesOf({"mse", "mae", "val_mae"}),
              ElementsAre("mse: unknown metric mse", "mae: train loss mae",
                          "val_mae: validation loss mae"));
  EXPECT_THAT(RolesOf({"loss", "val_loss", "mse", "val_mse"}),
              ElementsAre("loss: train loss loss", "val_loss: validation loss loss",
                          "mse: train metric mse", "val_mse: validation metric mse"));
}

TEST(Roles, TheOnlyTermIsTheLoss) {
  EXPECT_THAT(RolesOf({"train/margin_loss", "val/margin_loss"}),
              ElementsAre("train/margin_loss: train loss margin_loss",
                          "val/margin_loss: validation loss margin_loss"));
  EXPECT_THAT(RolesOf({"loss_D", "loss_G"}), ElementsAre("loss_D: unknown loss d_loss (term)",
                                                         "loss_G: unknown loss g_loss (term)"));
}

TEST(Roles, MainLossesOfDifferentNamesAreAPair) {
  EXPECT_THAT(
      RolesOf({"loss/total", "loss/recon", "loss/kl", "val/elbo_loss"}),
      ElementsAre("loss/total: train loss loss", "loss/recon: train loss recon_loss (term)",
                  "loss/kl: train loss kl_loss (term)", "val/elbo_loss: validation loss loss"));
  EXPECT_THAT(
      RolesOf({"train/loss", "eval_wikitext_loss"}),
      ElementsAre("train/loss: train loss loss", "eval_wikitext_loss: validation loss loss"));
}

TEST(Roles, NamedLossesBesideAPlainOneAreItsTerms) {
  EXPECT_THAT(
      RolesOf({"train/loss", "train/ce_loss", "val/loss", "val/ce_loss"}),
      ElementsAre("train/loss: train loss loss", "train/ce_loss: train loss ce_loss (term)",
                  "val/loss: validation loss loss", "val/ce_loss: validation loss ce_loss (term)"));
  // Validation knows only the one, so that is what can be compared.
  EXPECT_THAT(RolesOf({"train/loss", "train/ce_loss", "val/ce_loss"}),
              ElementsAre("train/loss: train loss loss", "train/ce_loss: train loss ce_loss",
                          "val/ce_loss: validation loss ce_loss"));
}

TEST(Roles, ASummaryBesideItsCurveIsNoCurve) {
  Experiment experiment = ExperimentBuilder().Run("r", {"train/loss", "train/train_loss"}).Build();
  Series& summary = experiment.runs[0].series[1];
  summary.steps.resize_down(1);
  summary.values.resize_down(1);
  summary.wall_times.resize_down(1);
  EXPECT_THAT(Roles(experiment),
              ElementsAre("train/loss: train loss loss", "train/train_loss: train other loss"));
}

TEST(RoleOverrides, TheUsersWordWins) {
  const GroupingOptions options = {
      .roles = {{.tag = "foo", .role = *ParseRole("train:loss")},
                {.tag = "bar", .role = *ParseRole("validation:loss")},
                {.tag = "val_acc", .role = *ParseRole("test:accuracy")}}};
  EXPECT_THAT(RolesOf({"foo", "bar", "val_acc"}, options),
              ElementsAre("foo: train loss loss", "bar: validation loss loss",
                          "val_acc: test accuracy accuracy"));
}

TEST(RoleOverrides, ARunMakesATagMoreExact) {
  const GroupingOptions options = {
      .roles = {{.tag = "x", .role = *ParseRole("train:loss")},
                {.tag = "r/val:x", .role = *ParseRole("validation:loss")}}};
  EXPECT_THAT(Roles(ExperimentBuilder().Run("r", {"x"}).Run("r/val", {"x"}).Build(), options),
              ElementsAre("x: train loss loss", "x: validation loss loss"));
}

TEST(RoleOverrides, AreNotReconciledAway) {
  const GroupingOptions options = {.roles = {{.tag = "loss", .role = *ParseRole("unknown:loss")}}};
  EXPECT_THAT(RolesOf({"loss", "val_loss"}, options),
              ElementsAre("loss: unknown loss loss", "val_loss: validation loss loss"));
}

TEST(RoleOverrides, ASeriesMayBringItsRole) {
  Experiment experiment = ExperimentBuilder().Run("r", {"x", "y"}).Build();
  experiment.runs[0].series[0].role = *ParseRole("test:metric-higher");
  experiment.runs[0].series[0].role_from_user = true;
  experiment.runs[0].series[1].role = *ParseRole("test:metric-higher");
  EXPECT_THAT(Roles(experiment), ElementsAre("x: test metric x", "y: unknown unknown y"));
}

}  // namespace
}  // namespace telltale::model
