// What people call metrics. One line a habit, with where it is seen.
#include "lib/model/role_habit_lines.h"

namespace telltale::model {
namespace habits {
namespace {

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
    HeldOut("precision b",
            "precision_b"),  // Ultralytics: metrics/precision(B), of boxes, masks, poses
    HeldOut("recall b", "recall_b"),
    HeldOut("precision m", "precision_m"),
    HeldOut("recall m", "recall_m"),
    HeldOut("precision p", "precision_p"),
    HeldOut("recall p", "recall_p"),
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
    Metric("rsq", kUp, "r2"),
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
    Metric("ll", kUp, "log_likelihood"),
    Metric("gini", kUp),
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
    Metric("nmse", kDown),
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
    Metric("fid", kDown),            // image generation
    Metric("fid50k", kDown, "fid"),  // StyleGAN
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

}  // namespace
}  // namespace habits

std::vector<std::span<const Habit>> MetricHabits() {
  return {habits::kHigherMetrics, habits::kLowerMetrics};
}

}  // namespace telltale::model
