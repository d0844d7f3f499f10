#include <zlib.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/io/byte_source.h"

namespace telltale::io {
namespace {

constexpr size_t kCompressedBlock = size_t{64} << 10;
constexpr uint64_t kMostExpansion = 200;
constexpr uint64_t kAlwaysAllowed = uint64_t{64} << 20;
constexpr int kGzipOnly =
    16 + MAX_WBITS;  // inflateInit2's way to say "a gzip header, and check its checksum"

// Damage inside the compressed stream ends it: nothing after a broken deflate block can be trusted.
// It is an error that names the offset in the compressed file; what came before has been handed out
// already.
class GzipSource final : public ByteSource {
 public:
  explicit GzipSource(std::unique_ptr<ByteSource> compressed)
      : compressed_(std::move(compressed)), input_(kCompressedBlock) {}
  GzipSource(const GzipSource&) = delete;
  GzipSource& operator=(const GzipSource&) = delete;
  ~GzipSource() override {
    if (open_) inflateEnd(&stream_);
  }

  absl::StatusOr<size_t> Read(char* out, size_t n) override {
    if (!failed_.ok()) return failed_;
    if (n == 0 || trailing_garbage_) return 0;
    stream_.next_out = reinterpret_cast<Bytef*>(out);
    const auto room = static_cast<uInt>(std::min<size_t>(n, std::numeric_limits<uInt>::max()));
    stream_.avail_out = room;
    while (stream_.avail_out == room) {
      if (stream_.avail_in == 0) {
        TELLTALE_ASSIGN_OR_RETURN(const size_t got,
                                  compressed_->Read(input_.data(), input_.size()));
        if (got == 0) return 0;  // the present end; a torn stream may still grow
        stream_.next_in = reinterpret_cast<Bytef*>(input_.data());
        stream_.avail_in = static_cast<uInt>(got);
        consumed_ += got;
      }
      failed_ = Inflate();
      if (!failed_.ok() && stream_.avail_out == room) return failed_;
      TELLTALE_RETURN_IF_ERROR(CheckExpansion(room - stream_.avail_out));
      if (trailing_garbage_ || !failed_.ok()) break;
    }
    produced_ += room - stream_.avail_out;
    return room - stream_.avail_out;
  }

  std::optional<uint64_t> Remaining() override { return std::nullopt; }
  std::string_view name() const override { return compressed_->name(); }

 private:
  // Deflate reaches a thousand times; logs that somebody trained reach ten.
  absl::Status CheckExpansion(uint64_t now) const {
    const uint64_t consumed = consumed_ - stream_.avail_in;
    if (produced_ + now <= kAlwaysAllowed || produced_ + now <= consumed * kMostExpansion) {
      return absl::OkStatus();
    }
    return absl::ResourceExhaustedError(StrCat(name(), ": offset ", consumed,
                                               ": expands to more than ", kMostExpansion,
                                               " times its size and ", kAlwaysAllowed >> 20,
                                               " MiB; decompress it yourself if that is meant"));
  }

  absl::Status Inflate() {
    if (!open_) {
      // Archivers pad with zeros after the last member (RFC 1952 says nothing of it; gzip(1)
      // ignores them).
      if (members_ > 0 && *stream_.next_in == 0) {
        trailing_garbage_ = true;
        return absl::OkStatus();
      }
      if (inflateInit2(&stream_, kGzipOnly) != Z_OK)
        return absl::ResourceExhaustedError("zlib: out of memory");
      open_ = true;
    }
    const int result = inflate(&stream_, Z_NO_FLUSH);
    if (result == Z_STREAM_END) {
      inflateEnd(&stream_);
      open_ = false;
      ++members_;
      return absl::OkStatus();
    }
    if (result == Z_OK || result == Z_BUF_ERROR) return absl::OkStatus();
    return DataError(
        name(), consumed_ - stream_.avail_in,
        StrCat("broken gzip stream: ", stream_.msg == nullptr ? "unknown" : stream_.msg));
  }

  std::unique_ptr<ByteSource> compressed_;
  std::vector<char> input_;
  z_stream stream_ = {};
  bool open_ = false;
  bool trailing_garbage_ = false;
  absl::Status failed_;  // told once what stands before it has been handed out
  uint64_t members_ = 0;
  uint64_t consumed_ = 0;  // compressed bytes read
  uint64_t produced_ = 0;  // bytes handed out
};

}  // namespace

std::unique_ptr<ByteSource> Gunzip(std::unique_ptr<ByteSource> compressed) {
  return std::make_unique<GzipSource>(std::move(compressed));
}

}  // namespace telltale::io
