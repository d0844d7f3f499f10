#include "lib/edit/open_log.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "lib/base/status_util.h"

namespace telltale::edit {
namespace {

class EndsAtDamage final : public io::ByteSource {
 public:
  EndsAtDamage(std::unique_ptr<io::ByteSource> source, ProblemSink on_problem)
      : source_(std::move(source)), on_problem_(std::move(on_problem)) {}

  absl::StatusOr<size_t> Read(char* out, size_t n) override {
    if (ended_) return 0;
    auto got = source_->Read(out, n);
    if (got.ok()) {
      read_ += *got;
      return got;
    }
    if (!absl::IsDataLoss(got.status())) return got;
    ended_ = true;
    if (on_problem_) {
      on_problem_({.begin = read_,
                   .end = read_,
                   .kind = ProblemKind::kUnreadableFile,
                   .message = std::string(got.status().message())});
    }
    return 0;
  }

  std::optional<uint64_t> Remaining() override {
    return ended_ ? std::optional<uint64_t>(0) : source_->Remaining();
  }
  std::string_view name() const override { return source_->name(); }

 private:
  std::unique_ptr<io::ByteSource> source_;
  ProblemSink on_problem_;
  uint64_t read_ = 0;  // bytes
  bool ended_ = false;
};

}  // namespace

absl::StatusOr<std::unique_ptr<io::ByteSource>> OpenLog(const std::string& path,
                                                        ProblemSink on_problem) {
  TELLTALE_ASSIGN_OR_RETURN(auto source, io::OpenFile(path));
  return std::make_unique<EndsAtDamage>(std::move(source), std::move(on_problem));
}

}  // namespace telltale::edit
