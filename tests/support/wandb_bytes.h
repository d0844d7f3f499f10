// Bytes of .wandb files, made record by record.
#pragma once

#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/io/byte_sink.h"
#include "lib/records/leveldb_log_writer.h"
#include "proto/wandb.pb.h"

namespace telltale::testing {

inline constexpr std::string_view kWandbHeader("\x3aW&B\xe1\xbe\0", 7);

// A path's components, and JSON.
struct WandbValue {
  std::vector<std::string> path;
  std::string json;
};

// One file. Rows have no step of their own unless one of their values is "_step".
class WandbFile {
 public:
  WandbFile() : writer_(io::AppendTo(*bytes_), kWandbHeader) {}

  WandbFile& Add(const proto::WandbRecord& record) {
    begins_.push_back(bytes_->size());
    (void)writer_.Write(record.SerializeAsString());
    return *this;
  }
  WandbFile& Run(const std::string& id, const std::string& project = "p",
                 const std::string& name = "") {
    proto::WandbRecord record;
    record.mutable_run()->set_run_id(id);
    record.mutable_run()->set_project(project);
    record.mutable_run()->set_display_name(name);
    return Add(record);
  }
  WandbFile& Row(std::initializer_list<WandbValue> values) {
    proto::WandbRecord record;
    for (const WandbValue& value : values) {
      proto::WandbItem& item = *record.mutable_history()->add_item();
      for (const std::string& part : value.path) item.add_nested_key(part);
      item.set_value_json(value.json);
    }
    return Add(record);
  }
  WandbFile& Metric(const std::string& name, const std::string& axis) {
    proto::WandbRecord record;
    proto::WandbMetric& metric = *record.mutable_metric();
    (name.ends_with('*') ? *metric.mutable_glob_name() : *metric.mutable_name()) = name;
    metric.set_step_metric(axis);
    return Add(record);
  }
  WandbFile& Exit(int code) {
    proto::WandbRecord record;
    record.mutable_ending()->set_exit_code(code);
    return Add(record);
  }

  const std::string& bytes() const { return *bytes_; }
  // Where each record begins.
  const std::vector<size_t>& begins() const { return begins_; }

  void Save(const std::string& path) const {
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    std::ofstream(path, std::ios::binary) << *bytes_;
  }

 private:
  std::shared_ptr<std::string> bytes_ = std::make_shared<std::string>();  // also a copy's
  std::vector<size_t> begins_;
  records::LevelDbLogWriter writer_;
};

}  // namespace telltale::testing
