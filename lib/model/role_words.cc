#include <cstddef>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/string_view.h"
#include "lib/base/str.h"
#include "lib/model/role_habits.h"

namespace telltale::model {
namespace {

struct Word {
  std::string_view word;
  WordUse use;
};

constexpr Word kWords[] = {
    {"train", WordUse::kTrain},     // everybody
    {"training", WordUse::kTrain},  // by hand
    {"insample", WordUse::kTrain},  // in_sample: econometrics, forecasting
    {"trn", WordUse::kTrain},       // Kaggle
    {"tr", WordUse::kTrain},        // by hand, beside te_
    {"训练", WordUse::kTrain},      // by hand, Chinese
    {"训练集", WordUse::kTrain},
    {"val", WordUse::kValidation},         // Keras, Lightning
    {"vali", WordUse::kValidation},        // time-series code: vali_loss
    {"va", WordUse::kValidation},          // by hand, beside tr_
    {"vl", WordUse::kValidation},          // by hand, beside tr_
    {"valid", WordUse::kValidation},       // fastai, LightGBM
    {"validation", WordUse::kValidation},  // Keras' directory, Detectron2
    {"validate", WordUse::kValidation},
    {"validating", WordUse::kValidation},
    {"dev", WordUse::kValidation},  // NLP
    {"holdout", WordUse::kValidation},
    {"heldout", WordUse::kValidation},
    {"outsample", WordUse::kValidation},  // out_of_sample: econometrics, forecasting
    {"验证", WordUse::kValidation},       // by hand, Chinese
    {"验证集", WordUse::kValidation},
    {"eval", WordUse::kEvaluation},        // HuggingFace, Estimator, timm
    {"evaluation", WordUse::kEvaluation},  // Keras: evaluation_loss_vs_iterations
    {"evaluate", WordUse::kEvaluation},
    {"evaluator", WordUse::kEvaluation},
    {"test", WordUse::kTest},  // PyTorch's examples
    {"testing", WordUse::kTest},
    {"tst", WordUse::kTest},
    {"te", WordUse::kTest},    // by hand, beside tr_
    {"测试", WordUse::kTest},  // by hand, Chinese
    {"测试集", WordUse::kTest},

    {"step", WordUse::kStep},  // Lightning: train_loss_step
    {"steps", WordUse::kStep},
    {"batch", WordUse::kStep},  // Keras: batch_loss
    {"batches", WordUse::kStep},
    {"minibatch", WordUse::kStep},
    {"iter", WordUse::kStep},  // nanoGPT, mmcv
    {"iters", WordUse::kStep},
    {"iteration", WordUse::kStep},
    {"iterations", WordUse::kStep},
    {"epoch", WordUse::kEpoch},  // Keras: epoch_loss; Lightning: train_loss_epoch
    {"epochs", WordUse::kEpoch},

    {"avg", WordUse::kFiller},
    {"average", WordUse::kFiller},
    {"averaged", WordUse::kFiller},
    {"mean", WordUse::kFiller},
    {"running", WordUse::kFiller},  // PyTorch's tutorials: running_loss
    {"total", WordUse::kFiller},    // Detectron2: total_loss
    {"overall", WordUse::kFiller},
    {"all", WordUse::kFiller},
    {"sum", WordUse::kFiller},
    {"full", WordUse::kFiller},
    {"pct", WordUse::kFiller},
    {"percent", WordUse::kFiller},
    {"score", WordUse::kFiller},  // scikit-learn: accuracy_score
    {"index", WordUse::kFiller},
    {"idx", WordUse::kFiller},
    {"dataloader", WordUse::kFiller},  // Lightning: val_loss/dataloader_idx_0
    {"loader", WordUse::kFiller},
    {"fold", WordUse::kFiller},
    {"mul", WordUse::kFiller},  // TensorFlow 1, the op that made the value: "loss/mul:0"
    {"truediv", WordUse::kFiller},
    {"s", WordUse::kFiller},  // LightGBM: "training's binary_logloss"
    {"final", WordUse::kStatistic},
    {"per", WordUse::kFiller},
    {"by", WordUse::kFiller},
    {"vs", WordUse::kFiller},
    {"of", WordUse::kFiller},
    {"on", WordUse::kFiller},
    {"the", WordUse::kFiller},
    {"in", WordUse::kFiller},
    {"each", WordUse::kFiller},
    {"every", WordUse::kFiller},
    {"over", WordUse::kFiller},
    {"set", WordUse::kFiller},
    {"data", WordUse::kFiller},
    {"dataset", WordUse::kFiller},
    {"split", WordUse::kFiller},
    {"phase", WordUse::kFiller},
    {"value", WordUse::kNone},  // "value_loss" is a critic's
    {"fn", WordUse::kFiller},
    {"func", WordUse::kFiller},
    {"function", WordUse::kFiller},
    {"metric", WordUse::kFiller},
    {"metrics", WordUse::kFiller},
    {"scalar", WordUse::kFiller},
    {"scalars", WordUse::kFiller},
    {"summary", WordUse::kFiller},
    {"summaries", WordUse::kFiller},
    {"log", WordUse::kFiller},
    {"logs", WordUse::kFiller},
    {"curve", WordUse::kFiller},
    {"curves", WordUse::kFiller},
    {"ep", WordUse::kFiller},  // reinforcement learning: an episode's
    {"episode", WordUse::kFiller},
    {"episodic", WordUse::kFiller},
    {"global", WordUse::kFiller},
    {"current", WordUse::kFiller},
    {"cur", WordUse::kFiller},
    {"main", WordUse::kFiller},
    {"combined", WordUse::kFiller},
    {"model", WordUse::kFiller},
    {"net", WordUse::kFiller},
    {"network", WordUse::kFiller},

    {"crossentropy", WordUse::kWhole},
    {"categorical", WordUse::kWhole},
    {"sparse", WordUse::kWhole},
    {"binary", WordUse::kWhole},
    {"ce", WordUse::kWhole},
    {"xent", WordUse::kWhole},
    {"bce", WordUse::kWhole},
    {"nll", WordUse::kWhole},
    {"neg", WordUse::kWhole},
    {"negative", WordUse::kWhole},
    {"likelihood", WordUse::kWhole},
    {"mse", WordUse::kWhole},
    {"mae", WordUse::kWhole},
    {"rmse", WordUse::kWhole},
    {"squared", WordUse::kWhole},
    {"square", WordUse::kWhole},
    {"absolute", WordUse::kWhole},
    {"error", WordUse::kWhole},
    {"l1", WordUse::kWhole},
    {"l2", WordUse::kWhole},
    {"smooth", WordUse::kWhole},
    {"smoothed", WordUse::kWhole},
    {"ema", WordUse::kWhole},
    {"raw", WordUse::kWhole},
    {"huber", WordUse::kWhole},
    {"hinge", WordUse::kWhole},
    {"focal", WordUse::kWhole},
    {"dice", WordUse::kWhole},
    {"triplet", WordUse::kWhole},
    {"contrastive", WordUse::kWhole},
    {"supcon", WordUse::kWhole},
    {"infonce", WordUse::kWhole},
    {"nce", WordUse::kWhole},
    {"ntxent", WordUse::kWhole},
    {"ctc", WordUse::kWhole},
    {"rnnt", WordUse::kWhole},
    {"lm", WordUse::kWhole},
    {"mlm", WordUse::kWhole},
    {"clm", WordUse::kWhole},
    {"sft", WordUse::kWhole},
    {"dpo", WordUse::kWhole},
    {"elbo", WordUse::kWhole},
    {"vae", WordUse::kWhole},
    {"diffusion", WordUse::kWhole},
    {"denoising", WordUse::kWhole},
    {"simple", WordUse::kWhole},
    {"token", WordUse::kWhole},
    {"sample", WordUse::kWhole},
    {"softmax", WordUse::kWhole},
    {"logit", WordUse::kWhole},
    {"logits", WordUse::kWhole},
    {"task", WordUse::kWhole},
    {"classification", WordUse::kNone},  // beside "box" and "objectness" it is a term
    {"regression", WordUse::kNone},

    {"d", WordUse::kPlayer},  // GANs: D/loss, loss_D
    {"g", WordUse::kPlayer},
    {"disc", WordUse::kPlayer},
    {"gen", WordUse::kPlayer},
    {"discriminator", WordUse::kPlayer},
    {"generator", WordUse::kPlayer},
    {"critic", WordUse::kPlayer},
    {"actor", WordUse::kPlayer},  // reinforcement learning
    {"policy", WordUse::kPlayer},
    {"value", WordUse::kPlayer},
    {"encoder", WordUse::kPlayer},
    {"decoder", WordUse::kPlayer},
    {"aux", WordUse::kPlayer},
    {"auxiliary", WordUse::kPlayer},
    {"adversarial", WordUse::kPlayer},
    {"gan", WordUse::kPlayer},
    {"teacher", WordUse::kPlayer},
    {"student", WordUse::kPlayer},

    {"std", WordUse::kModifier},  // stable-baselines3: train/std; by hand: val_loss_std
    {"stddev", WordUse::kModifier},
    {"stdev", WordUse::kModifier},
    {"sem", WordUse::kModifier},
    {"var", WordUse::kModifier},
    {"variance", WordUse::kModifier},
    {"min", WordUse::kStatistic},
    {"max", WordUse::kStatistic},
    {"median", WordUse::kModifier},
    {"skew", WordUse::kModifier},
    {"best", WordUse::kStatistic},  // a record so far, not a curve
    {"lowest", WordUse::kStatistic},
    {"highest", WordUse::kStatistic},
    {"count", WordUse::kModifier},
    {"num", WordUse::kStatistic},

    {"weight", WordUse::kModifier},
    {"scale", WordUse::kModifier},
    {"coef", WordUse::kModifier},
    {"coeff", WordUse::kModifier},
    {"coefficient", WordUse::kModifier},
    {"factor", WordUse::kModifier},
    {"lambda", WordUse::kModifier},
    {"multiplier", WordUse::kModifier},
    {"mult", WordUse::kModifier},
    {"decay", WordUse::kModifier},
    {"momentum", WordUse::kModifier},  // Lightning: lr-SGD-momentum
    {"warmup", WordUse::kModifier},
    {"schedule", WordUse::kModifier},
    {"scheduler", WordUse::kModifier},
    {"threshold", WordUse::kModifier},
    {"clip", WordUse::kModifier},
    {"ratio", WordUse::kModifier},
    {"gap", WordUse::kModifier},
    {"diff", WordUse::kModifier},
    {"difference", WordUse::kModifier},
    {"delta", WordUse::kModifier},
    {"improvement", WordUse::kModifier},
    {"patience", WordUse::kModifier},
    {"grad", WordUse::kModifier},
    {"histogram", WordUse::kModifier},
};

constexpr std::string_view kDirectoryFillers[] = {
    "set",  "data",  "dataset", "log",   "logs", "summary",     "summaries", "metrics",
    "loss", "phase", "split",   "curve", "tb",   "tensorboard", "events"};

absl::flat_hash_map<absl::string_view, WordUse> MakeWords() {
  absl::flat_hash_map<absl::string_view, WordUse> map;
  for (const Word& word : kWords) map[ToAbsl(word.word)] = word.use;
  return map;
}

}  // namespace

WordUse UseOfWord(std::string_view word) {
  static const absl::flat_hash_map<absl::string_view, WordUse> words = MakeWords();
  const auto found = words.find(ToAbsl(word));
  return found == words.end() ? WordUse::kNone : found->second;
}

WordUse SplitUseOfWord(std::string_view word) {
  while (!word.empty() && absl::ascii_isdigit(static_cast<unsigned char>(word.back())))
    word.remove_suffix(1);
  switch (const WordUse use = UseOfWord(word)) {
    case WordUse::kTrain:
    case WordUse::kValidation:
    case WordUse::kEvaluation:
    case WordUse::kTest:
      return use;
    default:
      return WordUse::kNone;
  }
}

bool IsDirectoryFiller(std::string_view word) {
  for (const std::string_view filler : kDirectoryFillers) {
    if (filler == word) return true;
  }
  return false;
}

JoinedWord SplitJoinedWord(std::string_view word) {
  for (const Word& split : kWords) {
    if (split.use > WordUse::kTest) break;  // the splits stand first
    std::string_view rest = word;
    if (!rest.starts_with(split.word)) continue;
    rest.remove_prefix(split.word.size());
    const Habit* habit = FindHabit(rest);
    if (habit == nullptr) continue;
    const bool certain =
        habit->quantity == Quantity::kLoss || habit->quantity == Quantity::kAccuracy;
    // "valf1", but not "trap" and "term".
    if (certain || (habit->quantity == Quantity::kMetric && split.word.size() > 2))
      return {split.word, rest};
  }
  return {};
}

}  // namespace telltale::model
