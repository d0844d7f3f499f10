// Every problem of one file, up to a number that a person could still look at; beyond it they are
// only counted, since a hostile file could otherwise make each of its records into a message.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "lib/base/problem.h"
#include "lib/base/str.h"

namespace telltale::formats::tensorboard {

class ProblemList {
 public:
  void Add(Problem problem) {
    if (problems_.size() < kMost) {
      problems_.push_back(std::move(problem));
    } else {
      AddMore(1, problem.records_lost.value_or(0), problem.begin, problem.end);
    }
  }

  // Those of `behind` that `is_new` lets pass.
  void Append(ProblemList behind, const std::function<bool(const Problem&)>& is_new) {
    for (Problem& problem : behind.problems_) {
      if (is_new(problem)) Add(std::move(problem));
    }
    if (behind.more_ > 0) {
      AddMore(behind.more_, behind.more_records_, behind.more_begin_, behind.more_end_);
    }
  }

  // All, with the path of their file.
  std::vector<Problem> Take(const std::string& path) {
    if (more_ > 0) {
      problems_.push_back({.begin = more_begin_,
                           .end = more_end_,
                           .kind = ProblemKind::kLimitReached,
                           .message = StrCat(more_, " further problems in this file"),
                           .records_lost = more_records_});
    }
    for (Problem& problem : problems_) problem.path = path;
    return std::move(problems_);
  }

 private:
  static constexpr size_t kMost = 10000;

  void AddMore(uint64_t n, uint64_t records, uint64_t begin, uint64_t end) {
    if (more_ == 0) more_begin_ = begin;
    more_ += n;
    more_records_ += records;
    more_end_ = end;
  }

  std::vector<Problem> problems_;
  uint64_t more_ = 0;  // problems that are only counted
  uint64_t more_records_ = 0;
  uint64_t more_begin_ = 0;
  uint64_t more_end_ = 0;
};

}  // namespace telltale::formats::tensorboard
