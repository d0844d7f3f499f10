#include "lib/model/run_family.h"

#include <algorithm>
#include <cstddef>
#include <span>

#include "absl/strings/ascii.h"
#include "lib/base/str.h"
#include "lib/model/name_tokens.h"

namespace telltale::model {
namespace {

// Parameters that tell repetitions of one configuration apart.
constexpr std::string_view kSeedWords[] = {"seed",      "seeds",   "rng",    "randomstate",
                                           "trial",     "rep",     "repeat", "repetition",
                                           "replicate", "replica", "fold",   "attempt"};

// Parameters that name or place a run and do not train it: HuggingFace logs its output_dir,
// everybody a run name.
constexpr std::string_view kBookkeeping[] = {
    "name",           "runname",       "runid",     "id",         "expname",   "experiment",
    "experimentname", "experimentid",  "jobid",     "uuid",       "version",   "logdir",
    "logpath",        "loggingdir",    "outputdir", "outdir",     "savedir",   "savepath",
    "modeldir",       "checkpointdir", "ckptdir",   "resultsdir", "workdir",   "rundir",
    "exppath",        "device",        "gpu",       "gpuid",      "localrank", "host",
    "hostname",       "date",          "datetime",  "time",       "timestamp", "starttime",
    "hubmodelid",     "notes",         "tags",      "port",       "masterport"};

// Words that people put before a hyper-parameter's value in the name of a run.
constexpr std::string_view kHyperParameters[] = {
    "lr",     "rate",      "learningrate", "bs",      "batch",   "batchsize",   "wd",
    "decay",  "l1",        "l2",           "dropout", "drop",    "do",          "momentum",
    "mom",    "beta",      "beta1",        "beta2",   "eps",     "epsilon",     "gamma",
    "alpha",  "lambda",    "lam",          "tau",     "temp",    "temperature", "hidden",
    "units",  "dim",       "dims",         "embed",   "emb",     "width",       "depth",
    "layers", "layer",     "nlayers",      "heads",   "head",    "filters",     "channels",
    "kernel", "size",      "epochs",       "epoch",   "steps",   "iters",       "warmup",
    "clip",   "nodes",     "neurons",      "samples", "ntrain",  "data",        "frac",
    "noise",  "smoothing", "rank",         "blocks",  "context", "window",      "patch",
    "res",    "momentum",  "margin",       "k",       "rho",     "sigma",       "ratio",
    "scale",  "factor"};

template <size_t n>
bool Contains(const std::string_view (&words)[n], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

bool IsDecimalDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }
bool IsAlpha(char c) {
  return absl::ascii_isalpha(static_cast<unsigned char>(c)) ||
         static_cast<unsigned char>(c) >= 0x80;
}

// The end of the number that starts at `begin`: "12", "0.01", "1e-4", "3.5e+2". A point needs
// digits on both sides.
size_t EndOfNumber(std::string_view name, size_t begin) {
  const auto digits = [&](size_t at) {
    while (at < name.size() && IsDecimalDigit(name[at])) ++at;
    return at;
  };
  size_t end = digits(begin);
  if (end + 1 < name.size() && name[end] == '.' && IsDecimalDigit(name[end + 1]))
    end = digits(end + 1);
  if (end < name.size() && (name[end] == 'e' || name[end] == 'E')) {
    size_t exponent = end + 1;
    if (exponent < name.size() && (name[exponent] == '-' || name[exponent] == '+')) ++exponent;
    const size_t after = digits(exponent);
    // "1e4" is a number; "2epochs" is not.
    if (after > exponent && (after == name.size() || !IsAlpha(name[after]))) end = after;
  }
  return end;
}

// The word that ends at `end`, with separators between them passed over.
std::string WordBefore(std::string_view pattern) {
  size_t end = pattern.size();
  while (end > 0 && !IsAlpha(pattern[end - 1]) && pattern[end - 1] != '*') --end;
  size_t begin = end;
  while (begin > 0 && IsAlpha(pattern[begin - 1])) --begin;
  return absl::AsciiStrToLower(ToAbsl(pattern.substr(begin, end - begin)));
}

// A date and time: eight digits that start like a year of ours, a Unix time, or three numbers in a
// row without a word between them ("2024-01-02", "12-49-31").
bool LooksLikeTime(const MaskedName& masked) {
  size_t in_a_row = 0;
  for (size_t i = 0; i < masked.numbers.size(); ++i) {
    const std::string_view number = masked.numbers[i];
    if (IsSeedLike(masked.words[i])) continue;
    const bool year_first =
        number.size() >= 8 && (number.starts_with("19") || number.starts_with("20"));
    const bool unix_time = number.size() >= 10 && number.find('.') >= 10;
    if (year_first || unix_time) return true;
    in_a_row = i > 0 && masked.words[i].empty() ? in_a_row + 1 : 1;
    if (in_a_row >= 3) return true;
  }
  return false;
}

}  // namespace

MaskedName MaskName(std::string_view component) {
  MaskedName masked;
  for (size_t i = 0; i < component.size();) {
    size_t end = i;
    std::string word;
    if (IsDecimalDigit(component[i])) {
      word = WordBefore(masked.pattern);
      end = EndOfNumber(component, i);
    } else if (IsAlpha(component[i]) && i > 0 && !IsAlpha(component[i - 1])) {
      // A seed may be a word: "seed_a".
      word = WordBefore(masked.pattern);
      while (word == "seed" && end < component.size() &&
             (IsAlpha(component[end]) || IsDecimalDigit(component[end]))) {
        ++end;
      }
    }
    if (end == i) {
      masked.pattern += component[i++];
      continue;
    }
    masked.numbers.emplace_back(component.substr(i, end - i));
    masked.words.push_back(word);
    masked.pattern += '*';
    i = end;
  }
  masked.timestamp = LooksLikeTime(masked);
  return masked;
}

bool IsSeedLike(std::string_view name) {
  std::vector<std::string> words;
  for (const NameComponent& component : TokenizeName(name)) {
    for (const NameToken& token : component) words.push_back(token.text);
  }
  // "data.random_state", "args/output_dir": one word or two, wherever a seed is named, and at the
  // end for bookkeeping ("name" says nothing, "model_name" does).
  std::string last_two;
  for (size_t i = 0; i < words.size(); ++i) {
    last_two = i == 0 ? words[i] : words[i - 1] + words[i];
    if (Contains(kSeedWords, words[i]) || Contains(kSeedWords, last_two)) return true;
  }
  return Contains(kBookkeeping, last_two);
}

bool IsHyperParameterWord(std::string_view word) { return Contains(kHyperParameters, word); }

}  // namespace telltale::model
