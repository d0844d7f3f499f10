// What people call losses and accuracies. One line a habit, with where it is seen.
#include "lib/model/role_habit_lines.h"

namespace telltale::model {
namespace habits {
namespace {

constexpr Habit kLosses[] = {
    Loss("loss"),               // everybody
    Loss("losses", "loss"),     // CleanRL's folder losses/
    Loss("cost", "loss"),       // Theano tutorials, older TensorFlow ones
    Loss("objective", "loss"),  // by hand
    Loss("criterion", "loss"),  // PyTorch: the variable's name
    Loss("损失", "loss"),       // by hand, Chinese
    Loss("损失值", "loss"),
    Loss("perte", "loss"),           // by hand, French
    PlayersLoss("lossd", "d_loss"),  // GANs: lossD, loss_D
    PlayersLoss("lossg", "g_loss"),
    PlayersLoss("dloss", "d_loss"),
    PlayersLoss("gloss", "g_loss"),
    PlayersLoss("errd", "d_loss"),  // PyTorch's DCGAN example
    PlayersLoss("errg", "g_loss"),
    Loss("risk", "loss"),  // statistical learning: empirical risk
    Formula("obj"),        // by hand: the objective
    Formula("nll"),        // negative log likelihood
    Formula("neg log likelihood", "nll"),
    Formula("negative log likelihood", "nll"),
    Formula("crossentropy",
            "cross_entropy"),          // TensorFlow tutorials; Keras: categorical_crossentropy
    Formula("xent", "cross_entropy"),  // TensorFlow's embedding tutorial
    Formula("xentropy", "cross_entropy"),
    Formula("ce", "cross_entropy"),  // by hand
    Formula("bce"),
    Formula("logloss"),  // gradient boosting, scikit-learn
    Formula("log loss", "logloss"),
    Formula("mlogloss"),                   // XGBoost
    Formula("multi logloss", "mlogloss"),  // LightGBM
    Formula("binary logloss", "logloss"),
    Formula("multi class", "multiclass"),  // CatBoost's MultiClass
    Formula("multiclass"),
    Formula("deviance"),    // scikit-learn's gradient boosting
    Term("kl", "kl_loss"),  // VAEs
    Term("kld", "kl_loss"),
    Term("kl div", "kl_loss"),
    Term("kl divergence", "kl_loss"),
    Term("g gan", "g_gan_loss"),  // pix2pix
    Term("g l1", "g_l1_loss"),
};

constexpr Habit kAccuracies[] = {
    Accuracy("accuracy"),                // Keras, HuggingFace
    Accuracy("accuracies", "accuracy"),  // TRL: rewards/accuracies
    Accuracy("acc", "accuracy"),         // Keras 1, everybody
    Accuracy("accu", "accuracy"),
    Accuracy("accs", "accuracy"),
    Accuracy("准确率", "accuracy"),  // by hand, Chinese
    Accuracy("精度", "accuracy"),
    Accuracy("正确率", "accuracy"),
    TopN("top1", "top1_accuracy"),  // timm: eval_top1
    TopN("top2", "top2_accuracy"),
    TopN("top3", "top3_accuracy"),
    TopN("top5", "top5_accuracy"),
    TopN("top10", "top10_accuracy"),
    Accuracy("acc1", "top1_accuracy"),  // torchvision's references, DeiT
    Accuracy("acc5", "top5_accuracy"),
    Accuracy("prec1", "top1_accuracy"),  // PyTorch's ImageNet example
    Accuracy("prec5", "top5_accuracy"),
    {"accuracy top1", Quantity::kAccuracy, kUp, Strength::kAccuracy, "top1_accuracy", false,
     Split::kValidation},  // Ultralytics
    {"accuracy top5", Quantity::kAccuracy, kUp, Strength::kAccuracy, "top5_accuracy", false,
     Split::kValidation},
    Accuracy("aacc", "accuracy"),             // mmsegmentation: aAcc over pixels
    Accuracy("macc", "mean_class_accuracy"),  // mmsegmentation: mAcc
    Accuracy("oa", "accuracy"),               // remote sensing: overall accuracy
    Accuracy("correct", "accuracy"),          // by hand: the share of right answers
    Accuracy("exact match"),                  // question answering
};

}  // namespace
}  // namespace habits

std::vector<std::span<const Habit>> LossHabits() { return {habits::kLosses, habits::kAccuracies}; }

}  // namespace telltale::model
