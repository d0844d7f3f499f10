#include "lib/edit/edited_files.h"

#include <utility>

#include "lib/base/status_util.h"
#include "proto/event.pb.h"

namespace telltale::edit {
namespace {

bool IsVersion(std::string_view record) {
  proto::Event event;
  return event.ParseFromArray(record.data(), static_cast<int>(record.size())) &&
         event.has_file_version();
}

std::string VersionBefore(std::string_view record) {
  proto::Event event;
  event.ParseFromArray(record.data(), static_cast<int>(record.size()));
  proto::Event version;
  version.set_wall_time(event.wall_time());
  version.set_file_version("brain.Event:2");
  return version.SerializeAsString();
}

}  // namespace

absl::Status EditedFiles::Write(size_t file, std::string_view record) {
  if (at_ != file) {
    TELLTALE_RETURN_IF_ERROR(Close());
    at_ = file;
    if (IsVersion(record)) {
      version_ = std::string(record);
      return absl::OkStatus();
    }
    if (options_.add_versions) version_ = VersionBefore(record);
  }
  if (!begun_) TELLTALE_RETURN_IF_ERROR(Begin());
  return Append(record);
}

absl::Status EditedFiles::Begin() {
  begun_ = true;
  written_.push_back(options_.names.at(*at_));
  if (staging_ != nullptr) {
    TELLTALE_ASSIGN_OR_RETURN(auto out, staging_->CreateFile(written_.back()));
    out_.emplace(std::move(out));
    writer_.emplace([this](std::string_view bytes) { return out_->Write(bytes); });
  }
  return version_.empty() ? absl::OkStatus() : Append(std::exchange(version_, {}));
}

absl::Status EditedFiles::Append(std::string_view record) {
  return writer_ ? writer_->Write(record) : absl::OkStatus();
}

absl::Status EditedFiles::Close() {
  begun_ = false;
  version_.clear();
  writer_.reset();
  if (!out_) return absl::OkStatus();
  const absl::Status closed = out_->Close();
  out_.reset();
  return closed;
}

}  // namespace telltale::edit
