// replay CORPUS: gives each target all files of CORPUS/<its name>, and some inputs that every
// target gets.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <vector>

#include "tests/fuzz/fuzz.h"

namespace {

namespace fs = std::filesystem;

std::string ReadAll(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

// Cut short, and with each of some bytes another: what a fuzzer does first.
void Around(const std::string& bytes, telltale::fuzz::Target target, size_t most) {
  target(bytes);
  const size_t every = bytes.size() / most + 1;
  for (size_t at = 0; at < bytes.size(); at += every) {
    target(std::string_view(bytes).substr(0, at));
    std::string changed = bytes;
    changed[at] = static_cast<char>(changed[at] ^ 0x81);
    target(changed);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: replay CORPUS\n";
    return 2;
  }
  const fs::path corpus = argv[1];
  for (const auto& entry : fs::directory_iterator(corpus)) {
    if (!telltale::fuzz::Targets().contains(entry.path().filename().string())) {
      std::cerr << entry.path() << ": there is no such target\n";
      return 1;
    }
  }
  for (const auto& [name, target] : telltale::fuzz::Targets()) {
    size_t files = 0;
    target("");
    target(std::string(1, '\0'));
    target(std::string(1000, '\xff'));
    const fs::path seeds = corpus / name;
    for (const auto& entry : fs::directory_iterator(seeds)) {
      Around(ReadAll(entry.path()), target, 8);
      ++files;
    }
    std::cout << name << ": " << files << " files" << std::endl;
    if (files == 0) {
      std::cerr << seeds << ": there are no files for this target\n";
      return 1;
    }
  }
  return 0;
}
