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
constexpr std::string_view kConvertName = "telltale-convert";
constexpr uint64_t kLongestFirstRecord = 4096;  // a version and a writer; ours takes about 50 bytes

// "name" or "name 1.2".
bool IsNamed(std::string_view writer, std::string_view name) {
  return writer.starts_with(name) && (writer.size() == name.size() || writer[name.size()] == ' ');
}

// source_metadata.writer of the first record; empty where there is none, or no intact record.
absl::StatusOr<std::string> WriterOf(const std::string& path) {
  TELLTALE_ASSIGN_OR_RETURN(const auto source, io::OpenFile(path));
  records::TfRecordReader reader(*source, {.max_payload = kLongestFirstRecord});
  TELLTALE_ASSIGN_OR_RETURN(const std::optional<records::TfRecord> record, reader.Next());
  proto::Event event;
  if (!record.has_value() || record->offset != 0 ||
      !event.ParseFromArray(record->data.data(), static_cast<int>(record->data.size()))) {
    return std::string();
  }
  return event.source_metadata().writer();
}

}  // namespace

std::string OwnWriter() { return StrCat(kName, " ", Version()); }

bool IsOwnWriter(std::string_view writer) { return IsNamed(writer, kName); }

absl::StatusOr<bool> IsOwnEventFile(const std::string& path) {
  TELLTALE_ASSIGN_OR_RETURN(const std::string writer, WriterOf(path));
  return IsNamed(writer, kName);
}

std::string ConvertWriter() { return StrCat(kConvertName, " ", Version()); }

absl::StatusOr<bool> IsConvertedEventFile(const std::string& path) {
  TELLTALE_ASSIGN_OR_RETURN(const std::string writer, WriterOf(path));
  return IsNamed(writer, kConvertName);
}

}  // namespace telltale::formats::tensorboard
