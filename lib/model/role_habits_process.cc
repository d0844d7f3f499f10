// What people call all that is logged besides losses and metrics. One line a habit, with where it
// is seen.
#include "lib/model/role_habit_lines.h"

namespace telltale::model {
namespace habits {
namespace {

constexpr Habit kOptimisation[] = {
    Rate("lr"),  // everybody; Lightning: lr-Adam; Ultralytics: lr/pg0
    Rate("lrs"),
    Rate("lrate"),
    Rate("learnrate"),
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
    Gradient("gnorm"),        // fairseq
    Gradient("global norm"),  // TensorFlow: clip_by_global_norm
    Gradient("grad l2"),
    Gradient("grad global norm"),
    Gradient("gradient global norm"),
    Update("update ratio"),  // CS231n: update over weight
    Update("update to weight"),
    Update("update weight ratio"),
    Update("update to weight ratio"),
    Update("update to data"),
    Update("update data ratio"),
    Update("update data"),
    Update("ud ratio"),
    Update("ud"),  // nn-zero-to-hero's name for it
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
    Other("rewards rejected"),  // TRL: pairs of answers; neither side alone should rise or fall
    Other("logps"),
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
    // Counters: only as the last component, as "steps/foo" is a folder.
    Other("step", Strength::kCounter),
    Other("steps", Strength::kCounter),
    Other("iter", Strength::kCounter),
    Other("iters", Strength::kCounter),
    Other("iteration", Strength::kCounter),
    Other("iterations", Strength::kCounter),
    Other("batch", Strength::kCounter),
    Other("samples", Strength::kCounter),
    Other("tokens", Strength::kCounter),
    Other("kimg", Strength::kCounter),  // StyleGAN
    Other("kimgs", Strength::kCounter),
    Other("episode", Strength::kCounter),
    Other("episodes", Strength::kCounter),
    {"epoch",
     Quantity::kEpoch,
     kNone,
     Strength::kCounter,
     {}},  // Lightning, HuggingFace: train/epoch
    {"epoch num", Quantity::kEpoch, kNone, Strength::kCounter, "epoch"},
    {"epoch number", Quantity::kEpoch, kNone, Strength::kCounter, "epoch"},
    {"epochs", Quantity::kEpoch, kNone, Strength::kCounter, "epoch"},
    {"轮次", Quantity::kEpoch, kNone, Strength::kCounter, "epoch"},  // by hand, Chinese
};

}  // namespace
}  // namespace habits

std::vector<std::span<const Habit>> ProcessHabits() {
  return {habits::kOptimisation, habits::kTimes, habits::kOthers};
}

}  // namespace telltale::model
