#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "lib/annotate/tracker_notes.h"
#include "lib/base/status_util.h"
#include "lib/base/str.h"
#include "lib/io/atomic_file.h"
#include "lib/io/byte_source.h"
#include "lib/report/markdown.h"

namespace telltale::annotate {
namespace {

namespace fs = std::filesystem;

// The first line of a page of ours: invisible where Markdown is shown.
constexpr std::string_view kMark = "<!-- written by telltale annotate, which replaces it -->\n";
constexpr std::string_view kSuffix = ".telltale.md";

// A page, and whose it is.
struct Page {
  std::string file = {};
  std::vector<size_t> training_runs = {};
};

std::string FileFor(const std::string& path) {
  struct stat info;
  if (::stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode)) {
    return StrCat(path, path.ends_with('/') ? "" : "/", kSuffix.substr(1));
  }
  return StrCat(path, kSuffix);
}

std::vector<Page> PagesOf(const report::PathReport& report) {
  std::vector<Page> pages;
  for (size_t i = 0; i < report.grouping.training_runs.size(); ++i) {
    const std::string file = FileFor(report.grouping.training_runs[i].path);
    auto page = std::find_if(pages.begin(), pages.end(),
                             [&](const Page& each) { return each.file == file; });
    if (page == pages.end()) page = pages.insert(page, Page{.file = file});
    page->training_runs.push_back(i);
  }
  return pages;
}

// What stands at `file`: nothing, a page of ours, or something else.
enum class Present { kNothing, kOurs, kForeign };

Present Look(const std::string& file, std::string& text) {
  struct stat info;
  if (::lstat(file.c_str(), &info) != 0) return Present::kNothing;
  const auto source =
      S_ISREG(info.st_mode) ? io::OpenFile(file) : absl::FailedPreconditionError("not a file");
  if (!source.ok()) return Present::kForeign;
  std::array<char, 4096> block;
  while (true) {
    const auto got = (*source)->Read(block.data(), block.size());
    if (!got.ok()) return Present::kForeign;
    if (*got == 0) break;
    text.append(block.data(), *got);
    if (!std::string_view(text).starts_with(kMark.substr(0, text.size()))) return Present::kForeign;
  }
  return std::string_view(text).starts_with(kMark) ? Present::kOurs : Present::kForeign;
}

Annotation WritePage(const Page& page, const std::string& text, io::Leftovers leftovers) {
  Annotation done{.file = page.file};
  std::string before;
  const Present present = Look(page.file, before);
  if (present == Present::kForeign) {
    done.why = absl::FailedPreconditionError(StrCat(
        page.file, ": is there and was not written by telltale; --out DIR writes elsewhere"));
  } else if (present == Present::kOurs && before == text) {
    done.outcome = Outcome::kUnchanged;
  } else {
    done.why = io::WriteFileAtomically(page.file, text, leftovers);
    if (done.why.ok()) {
      done.outcome = present == Present::kOurs ? Outcome::kReplaced : Outcome::kWritten;
    }
  }
  return done;
}

}  // namespace

std::vector<Annotation> WritePages(const report::PathReport& report, size_t path) {
  std::vector<Annotation> annotations(report.grouping.training_runs.size());
  absl::flat_hash_set<std::string> cleaned;  // directories
  for (const Page& page : PagesOf(report)) {
    std::string text(kMark);
    for (const size_t i : page.training_runs) {
      StrAppend(
          &text, "\n",
          report::MarkdownOf(report::RunReport{report.experiment, report.grouping.training_runs[i],
                                               report.diagnoses[i]},
                             2));
    }
    const bool is_first = cleaned.insert(fs::path(page.file).parent_path().string()).second;
    const Annotation done =
        WritePage(page, text, is_first ? io::Leftovers::kRemove : io::Leftovers::kStay);
    for (const size_t i : page.training_runs) {
      annotations[i] = done;
      annotations[i].path = path;
      annotations[i].training_run = i;
    }
  }
  return annotations;
}

}  // namespace telltale::annotate
