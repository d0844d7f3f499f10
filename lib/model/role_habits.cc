#include "lib/model/role_habits.h"

#include <span>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "lib/base/str.h"

namespace telltale::model {
namespace {

constexpr Direction kNone = Direction::kUnknown;
constexpr Direction kUp = Direction::kHigherIsBetter;
constexpr Direction kDown = Direction::kLowerIsBetter;

// The lines of the tables below: quantity and strength by name, and only what is unusual spelt out.
constexpr Habit Loss(std::string_view phrase, std::string_view name = {}) {
  return {phrase, Quantity::kLoss, kDown, Strength::kLoss, name};
}
constexpr Habit Formula(std::string_view phrase, std::string_view name = {}) {
  return {phrase, Quantity::kLoss, kDown, Strength::kTerm, name};
}
constexpr Habit Term(std::string_view phrase, std::string_view name = {}) {
  return {phrase, Quantity::kLoss, kDown, Strength::kTerm, name, true};
}
constexpr Habit Accuracy(std::string_view phrase, std::string_view name = {}) {
  return {phrase, Quantity::kAccuracy, kUp, Strength::kAccuracy, name};
}
constexpr Habit Metric(std::string_view phrase, Direction direction, std::string_view name = {}) {
  return {phrase, Quantity::kMetric, direction, Strength::kMetric, name};
}
constexpr Habit Generic(std::string_view phrase, Direction direction, std::string_view name = {}) {
  return {phrase, Quantity::kMetric, direction, Strength::kGeneric, name};
}
// Only ever measured on held-out data.
constexpr Habit HeldOut(std::string_view phrase, std::string_view name = {}) {
  return {phrase, Quantity::kMetric, kUp, Strength::kMetric, name, false, Split::kValidation};
}
constexpr Habit Rate(std::string_view phrase, std::string_view name = "lr") {
  return {phrase, Quantity::kLearningRate, kNone, Strength::kPhrase, name};
}
constexpr Habit Gradient(std::string_view phrase) {
  return {phrase, Quantity::kGradientNorm, kNone, Strength::kGradient, "grad_norm"};
}
constexpr Habit Update(std::string_view phrase) {
  return {phrase, Quantity::kUpdateRatio, kNone, Strength::kPhrase, "update_ratio"};
}
constexpr Habit Time(std::string_view phrase) {
  return {phrase, Quantity::kTime, kNone, Strength::kTime, {}};
}
constexpr Habit Other(std::string_view phrase, Strength strength = Strength::kPhrase) {
  return {phrase, Quantity::kOther, kNone, strength, {}};
}

constexpr Habit kLosses[] = {
    Loss("loss"),               // everybody
    Loss("losses", "loss"),     // CleanRL's folder losses/
    Loss("cost", "loss"),       // Theano tutorials, older TensorFlow ones
    Loss("objective", "loss"),  // by hand
    Loss("criterion", "loss"),  // PyTorch: the variable's name
    Loss("损失", "loss"),       // by hand, Chinese
    Loss("损失值", "loss"),
    Loss("perte", "loss"),    // by hand, French
    Loss("lossd", "d_loss"),  // GANs: lossD, loss_D
    Loss("lossg", "g_loss"),
    Loss("dloss", "d_loss"),
    Loss("gloss", "g_loss"),
    Loss("errd", "d_loss"),  // PyTorch's DCGAN example
    Loss("errg", "g_loss"),
    Formula("nll"),  // negative log likelihood
    Formula("neg log likelihood", "nll"),
    Formula("negative log likelihood", "nll"),
    Formula("cross entropy"),                  // TensorFlow tutorials
    Formula("crossentropy", "cross_entropy"),  // Keras: categorical_crossentropy
    Formula("crossentropyloss", "cross_entropy"),
    Formula("xent", "cross_entropy"),  // TensorFlow's embedding tutorial
    Formula("xentropy", "cross_entropy"),
    Formula("ce", "cross_entropy"),  // by hand
    Formula("bce"),
    Formula("logloss"),  // gradient boosting, scikit-learn
    Formula("log loss", "logloss"),
    Formula("mlogloss"),                   // XGBoost
    Formula("multi logloss", "mlogloss"),  // LightGBM
    Formula("binary logloss", "logloss"),
    Formula("multiclass"),  // CatBoost's MultiClass
    Formula("deviance"),    // scikit-learn's gradient boosting
    Term("kl", "kl_loss"),  // VAEs
    Term("kld", "kl_loss"),
    Term("kl div", "kl_loss"),
    Term("kl divergence", "kl_loss"),
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
    Accuracy("top1", "top1_accuracy"),  // timm: eval_top1
    Accuracy("top2", "top2_accuracy"),
    Accuracy("top3", "top3_accuracy"),
    Accuracy("top5", "top5_accuracy"),
    Accuracy("top10", "top10_accuracy"),
    Accuracy("acc1", "top1_accuracy"),  // torchvision's references, DeiT
    Accuracy("acc5", "top5_accuracy"),
    Accuracy("prec1", "top1_accuracy"),  // PyTorch's ImageNet example
    Accuracy("prec5", "top5_accuracy"),
    Accuracy("aacc", "accuracy"),             // mmsegmentation: aAcc over pixels
    Accuracy("macc", "mean_class_accuracy"),  // mmsegmentation: mAcc
    Accuracy("oa", "accuracy"),               // remote sensing: overall accuracy
    Accuracy("exact match"),                  // question answering
};

constexpr Habit kHigherMetrics[] = {
    Metric("f1", kUp),  // scikit-learn, HuggingFace
    Metric("f1 score", kUp, "f1"),
    Metric("f1score", kUp, "f1"),
    Metric("f score", kUp, "f1"),
    Metric("fscore", kUp, "f1"),
    Metric("mfscore", kUp, "f1"),  // mmsegmentation
    Metric("f measure", kUp, "f1"),
    Metric("fbeta", kUp),
    Metric("f2", kUp),
    Metric("precision", kUp),
    Metric("prec", kUp, "precision"),
    Metric("recall", kUp),
    Metric("rec", kUp, "recall"),
    Metric("sensitivity", kUp),
    Metric("specificity", kUp),
    Metric("tpr", kUp),
    Metric("auc", kUp),    // Keras
    Metric("auroc", kUp),  // TorchMetrics
    Metric("rocauc", kUp, "auroc"),
    Metric("roc auc", kUp, "auroc"),
    Metric("auprc", kUp),
    Metric("pr auc", kUp, "auprc"),
    Metric("prauc", kUp, "auprc"),
    HeldOut("map"),  // Ultralytics: metrics/mAP50(B)
    HeldOut("map50"),
    HeldOut("map75"),
    HeldOut("map5095", "map50_95"),
    HeldOut("ap"),  // Detectron2: bbox/AP
    HeldOut("ap50"),
    HeldOut("ap75"),
    HeldOut("aps"),  // Detectron2: AP by size of the object
    HeldOut("apm"),
    HeldOut("apl"),
    Metric("average precision", kUp, "ap"),
    Metric("iou", kUp),  // segmentation
    Metric("miou", kUp),
    Metric("mean iou", kUp, "miou"),
    Metric("jaccard", kUp),
    Metric("dice", kUp),
    Metric("mdice", kUp, "dice"),
    Metric("dsc", kUp, "dice"),        // medical imaging
    Metric("dice coef", kUp, "dice"),  // Keras U-Nets
    Metric("dice coefficient", kUp, "dice"),
    Metric("pq", kUp),  // panoptic quality
    Metric("mota", kUp),
    Metric("hota", kUp),
    Metric("bleu", kUp),  // translation
    Metric("sacrebleu", kUp, "bleu"),
    Metric("bleu4", kUp),
    Metric("chrf", kUp),
    Metric("rouge", kUp),  // summarisation
    Metric("rouge1", kUp),
    Metric("rouge2", kUp),
    Metric("rougel", kUp),
    Metric("rougelsum", kUp),
    Metric("meteor", kUp),
    Metric("cider", kUp),
    Metric("spice", kUp),
    Metric("bertscore", kUp),
    Metric("psnr", kUp),  // image restoration
    Metric("ssim", kUp),
    Metric("msssim", kUp, "ms_ssim"),
    Metric("snr", kUp),  // audio
    Metric("sdr", kUp),
    Metric("sisdr", kUp, "si_sdr"),
    Metric("pesq", kUp),
    Metric("stoi", kUp),
    Metric("mos", kUp),
    Metric("inception score", kUp),
    Metric("clip score", kUp),
    Metric("r2", kUp),  // regression
    Metric("r2 score", kUp, "r2"),
    Metric("r2score", kUp, "r2"),
    Metric("rsquared", kUp, "r2"),
    Metric("r squared", kUp, "r2"),
    Metric("explained variance", kUp),  // stable-baselines3
    Metric("pearson", kUp),
    Metric("pearsonr", kUp, "pearson"),
    Metric("spearman", kUp),
    Metric("spearmanr", kUp, "spearman"),
    Metric("corr", kUp, "correlation"),
    Metric("correlation", kUp),
    Metric("cosine similarity", kUp),  // Keras
    Metric("ccc", kUp),
    Metric("kappa", kUp),
    Metric("qwk", kUp, "kappa"),  // Kaggle: quadratic weighted kappa
    Metric("mcc", kUp),
    Metric("matthews correlation", kUp, "mcc"),  // GLUE
    Metric("nmi", kUp),                          // clustering
    Metric("ari", kUp),
    Metric("c index", kUp, "c_index"),  // survival analysis
    Metric("cindex", kUp, "c_index"),
    Metric("ndcg", kUp),  // ranking
    Metric("mrr", kUp),
    Metric("hits", kUp, "hit"),
    Metric("hit", kUp),
    Metric("hr", kUp, "hit"),
    Metric("elbo", kUp),  // Pyro: the bound itself; "elbo_loss" is its negative
    Metric("log likelihood", kUp),
    Metric("loglik", kUp, "log_likelihood"),
    Metric("reward", kUp),  // reinforcement learning
    Metric("rewards", kUp, "reward"),
    Metric("rew", kUp, "reward"),  // stable-baselines3: ep_rew_mean
    Metric("return", kUp),         // CleanRL: episodic_return
    Metric("returns", kUp, "return"),
    Metric("success rate", kUp),  // stable-baselines3
    Metric("success", kUp, "success_rate"),
    Metric("win rate", kUp),
    Metric("winrate", kUp, "win_rate"),
    Metric("elo", kUp),
    Metric("pass", kUp),  // code generation: pass@1
    Metric("mmlu", kUp),
    Generic("score", kUp),
    Generic("scores", kUp, "score"),
    Generic("quality", kUp),
    Generic("similarity", kUp),
};

constexpr Habit kLowerMetrics[] = {
    Metric("mse", kDown),  // regression; Keras
    Metric("mean squared error", kDown, "mse"),
    Metric("mean square error", kDown, "mse"),
    Metric("l2 error", kDown, "mse"),
    Metric("mae", kDown),
    Metric("mean absolute error", kDown, "mae"),
    Metric("l1 error", kDown, "mae"),
    Metric("rmse", kDown),
    Metric("root mean squared error", kDown, "rmse"),
    Metric("nrmse", kDown),
    Metric("msle", kDown),
    Metric("mean squared logarithmic error", kDown, "msle"),
    Metric("rmsle", kDown),
    Metric("huber", kDown),
    Metric("hinge", kDown),
    Metric("smooth l1", kDown),
    Metric("poisson", kDown),   // Keras, LightGBM
    Metric("quantile", kDown),  // LightGBM
    Metric("mape", kDown),
    Metric("mean absolute percentage error", kDown, "mape"),
    Metric("smape", kDown),
    Metric("crps", kDown),               // probabilistic forecasts
    Metric("ppl", kDown, "perplexity"),  // language models
    Metric("perplexity", kDown),
    Metric("bpc", kDown),  // bits per character, byte, dimension
    Metric("bpb", kDown),
    Metric("bpd", kDown),
    Metric("bits per byte", kDown, "bpb"),
    Metric("bits per char", kDown, "bpc"),
    Metric("bits per dim", kDown, "bpd"),
    Metric("wer", kDown),  // speech
    Metric("cer", kDown),
    Metric("ter", kDown),
    Metric("eer", kDown),
    Metric("mcd", kDown),
    Metric("fid", kDown),  // image generation
    Metric("kid", kDown),
    Metric("fvd", kDown),
    Metric("lpips", kDown),
    Metric("brier", kDown),  // calibration
    Metric("ece", kDown),
    Metric("calibration error", kDown, "ece"),
    Metric("fpr", kDown),
    Metric("fnr", kDown),
    Metric("hausdorff", kDown),  // medical imaging
    Metric("hd95", kDown),
    Metric("assd", kDown),
    Metric("chamfer", kDown),  // point clouds, pose, flow, trajectories
    Metric("mpjpe", kDown),
    Metric("epe", kDown),
    Metric("ade", kDown),
    Metric("fde", kDown),
    Metric("absrel", kDown),  // depth
    Metric("abs rel", kDown, "absrel"),
    Metric("err", kDown, "error"),  // by hand; CIFAR code of the 2010s
    Metric("error", kDown),
    Metric("errors", kDown, "error"),
    Metric("error rate", kDown),  // fastai
    Metric("misclassification", kDown, "error"),
    Metric("merror", kDown, "error"),  // XGBoost
    Metric("regret", kDown),
    Metric("误差", kDown, "error"),  // by hand, Chinese
};

constexpr Habit kOptimisation[] = {
    Rate("lr"),  // everybody; Lightning: lr-Adam; Ultralytics: lr/pg0
    Rate("lrs"),
    Rate("learning rate"),  // HuggingFace, Keras: epoch_learning_rate
    Rate("learningrate"),
    Rate("learn rate"),
    Rate("step size"),  // optimisation papers
    Rate("学习率"),     // by hand, Chinese
    Rate("lr0"),        // YOLOv5: x/lr0; a group of parameters each
    Rate("lr1", "lr_1"),
    Rate("lr2", "lr_2"),
    Gradient("grad norm"),  // HuggingFace, Lightning: grad_2.0_norm_total
    Gradient("gradient norm"),
    Gradient("gradients norm"),
    Gradient("grads norm"),
    Gradient("grad norms"),
    Gradient("gradnorm"),
    Gradient("norm grad"),
    Gradient("norm gradient"),
    Gradient("norm gradients"),
    Gradient("gnorm"),  // fairseq
    Gradient("grad l2"),
    Gradient("grad global norm"),
    Gradient("gradient global norm"),
    Update("update ratio"),  // CS231n: update over weight
    Update("update to weight"),
    Update("update weight ratio"),
    Update("update to weight ratio"),
    Update("update to data"),
    Update("update data ratio"),
    Update("ud ratio"),
    Update("weight update ratio"),
    Update("param update ratio"),
    Update("grad data ratio"),
};

constexpr Habit kTimes[] = {
    Time("time"),  // mmcv, Detectron2, stable-baselines3's folder time/
    Time("times"),
    Time("timer"),
    Time("runtime"),    // HuggingFace: eval_runtime; W&B: _runtime
    Time("timestamp"),  // W&B: _timestamp
    Time("walltime"),
    Time("elapsed"),
    Time("duration"),
    Time("latency"),
    Time("eta"),  // Detectron2: eta_seconds
    Time("sec"),
    Time("secs"),
    Time("seconds"),
    Time("minutes"),
    Time("hours"),
    Time("ms"),
    Time("fps"),  // stable-baselines3
    Time("sps"),  // CleanRL: charts/SPS
    Time("speed"),
    Time("throughput"),
    Time("samples per second"),  // HuggingFace
    Time("steps per second"),    // HuggingFace, Keras
    Time("steps per sec"),
    Time("steps sec"),
    Time("it s"),
    Time("step sec"),  // TensorFlow Estimator: global_step/sec
    Time("tokens per second"),
    Time("tokens per sec"),
    Time("tok sec"),
    Time("images per second"),
    Time("wps"),  // fairseq
    Time("ups"),
    Time("mfu"),  // nanoGPT
    Time("flops"),
    Time("flos"),  // HuggingFace: total_flos
    Time("tflops"),
    Time("memory"),  // mmcv
    Time("mem"),
    Time("vram"),
    Time("gpu"),  // system metrics
    Time("cpu"),
    Time("ram"),
    Time("disk"),
    Time("utilization"),
    Time("utilisation"),
    Time("temperature gpu"),
    Time("耗时"),  // by hand, Chinese
    Time("时间"),
};

constexpr Habit kOthers[] = {
    Other("loss scale"),  // mixed precision
    Other("loss weight"),
    Other("grad scale"),
    Other("grad clip"),
    Other("clip grad norm"),
    Other("max grad norm"),
    Other("weight norm"),
    Other("param norm"),
    Other("parameter norm"),
    Other("weight decay"),
    Other("batch size"),
    Other("kl weight"),  // VAEs: the weight of the term, not the term
    Other("kl coef"),
    Other("approx kl"),  // stable-baselines3, CleanRL: distance of two policies
    Other("clip fraction"),
    Other("clipfrac"),
    Other("clip range"),
    Other("ent coef"),
    Other("n updates"),
    Other("exploration rate"),
    Other("ep len"),
    Other("episode length"),
    Other("ep length"),
    Other("episodic length"),
    Other("sample generation"),
    Other("hp metric"),  // Lightning: a placeholder, -1
    Other("hparam"),
    Other("placeholder"),  // add_hparams with a metric made up for it
    Other("pos anchors"),  // Detectron2's counts
    Other("neg anchors"),
    Other("fg samples"),
    Other("bg samples"),
    Other("false negative"),
    Other("false positive"),
    Other("early stop"),
    Other("hyperparameter"),
    Other(
        "entropy",
        Strength::kTerm),  // of a policy; "cross entropy" and "entropy_loss" are longer or stronger
    Other("momentum", Strength::kGeneric),
    Other("betas", Strength::kGeneric),
    Other("temperature", Strength::kGeneric),
    Other("sparsity", Strength::kGeneric),
    Other("dropout", Strength::kGeneric),
    Other("seed", Strength::kGeneric),
    // Statistics of weights and activations: mostly a folder's name.
    Other("weight", Strength::kFolder),
    Other("weights", Strength::kFolder),
    Other("bias", Strength::kFolder),
    Other("biases", Strength::kFolder),
    Other("activation", Strength::kFolder),
    Other("activations", Strength::kFolder),
    Other("gradient", Strength::kFolder),
    Other("gradients", Strength::kFolder),
    Other("grad", Strength::kFolder),
    Other("grads", Strength::kFolder),
    Other("histogram", Strength::kFolder),
    Other("kernel", Strength::kFolder),
    Other("system", Strength::kFolder),
    Other("profile", Strength::kFolder),
    Other("params", Strength::kFolder),
    // Counters.
    Other("step", Strength::kFolder),
    Other("steps", Strength::kFolder),
    Other("iter", Strength::kFolder),
    Other("iters", Strength::kFolder),
    Other("iteration", Strength::kFolder),
    Other("iterations", Strength::kFolder),
    Other("batch", Strength::kFolder),
    Other("samples", Strength::kFolder),
    Other("tokens", Strength::kFolder),
    Other("kimg", Strength::kFolder),  // StyleGAN
    Other("kimgs", Strength::kFolder),
    Other("episode", Strength::kFolder),
    Other("episodes", Strength::kFolder),
    {"epoch",
     Quantity::kEpoch,
     kNone,
     Strength::kFolder,
     {}},  // Lightning, HuggingFace: train/epoch
    {"epochs", Quantity::kEpoch, kNone, Strength::kFolder, "epoch"},
    {"轮次", Quantity::kEpoch, kNone, Strength::kFolder, "epoch"},  // by hand, Chinese
};

using HabitMap = absl::flat_hash_map<absl::string_view, const Habit*>;

HabitMap MakeHabits() {
  HabitMap map;
  for (const std::span<const Habit> table :
       {std::span<const Habit>(kLosses), std::span<const Habit>(kAccuracies),
        std::span<const Habit>(kHigherMetrics), std::span<const Habit>(kLowerMetrics),
        std::span<const Habit>(kOptimisation), std::span<const Habit>(kTimes),
        std::span<const Habit>(kOthers)}) {
    for (const Habit& habit : table) map.try_emplace(ToAbsl(habit.phrase), &habit);
  }
  return map;
}

}  // namespace

const Habit* FindHabit(std::string_view phrase) {
  static const HabitMap habits = MakeHabits();
  const auto found = habits.find(ToAbsl(phrase));
  return found == habits.end() ? nullptr : found->second;
}

}  // namespace telltale::model
