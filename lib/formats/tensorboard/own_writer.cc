#include "lib/formats/tensorboard/own_writer.h"

#include <optional>

#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/base/version.h"
#include "lib/io/byte_source.h"
#include "lib/records/tfrecord_reader.h"
#include "proto/event.pb.h"

namespace telltale::formats::tensorboard {
namespace {

constexpr std::string_view kName = "telltale";
constexpr uint64_t kLongestFirstRecord = 4096;  // a version and a writer; ours takes about 50 bytes

}  // namespace

std::string OwnWriter() { return StrCat(kName, " ", Version()); }

bool IsOwnWriter(std::string_view writer) {
  return writer == kName || (writer.starts_with(kName) && writer[kName.size()] == ' ');
}

absl::StatusOr<bool> IsOwnEventFile(const std::string& path) {
  TELLTALE_ASSIGN_OR_RETURN(const auto source, io::OpenFile(path));
  records::TfRecordReader reader(*source, {.max_payload = kLongestFirstRecord});
  TELLTALE_ASSIGN_OR_RETURN(const std::optional<records::TfRecord> record, reader.Next());
  proto::Event event;
  return record.has_value() && record->offset == 0 &&
         event.ParseFromArray(record->data.data(), static_cast<int>(record->data.size())) &&
         IsOwnWriter(event.source_metadata().writer());
}

}  // namespace telltale::formats::tensorboard
