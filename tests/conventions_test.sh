#!/usr/bin/env bash
# Conventions that neither the compiler nor clang-format holds us to. Each grep prints its reason when it finds something, and
# each pattern is first tried on a line that it must find and one that it must not, so that a pattern that can never match is
# itself a failure.
set -uo pipefail
cd "${TELLTALE_SOURCE_DIR:-$(dirname "${BASH_SOURCE[0]}")/..}" || exit 1
export LC_ALL=C.UTF-8

failures=0
fail() {
  failures=$((failures + 1))
  printf 'FAILED: %s\n' "$1"
  [ $# -eq 1 ] || printf '    %s\n' "${@:2}"
}

# never PATTERN BAD GOOD REASON PATH...: PATTERN (extended) matches no line of C++ in PATHs; whole-line comments are free.
never() {
  local pattern=$1 bad=$2 good=$3 reason=$4 hits
  shift 4
  grep -qE -- "$pattern" <<<"$bad" || fail "the pattern '$pattern' misses its own bad example: $bad"
  ! grep -qE -- "$pattern" <<<"$good" || fail "the pattern '$pattern' finds its own good example: $good"
  mapfile -t hits < <(grep -rsnE --include='*.cc' --include='*.h' -- "$pattern" "$@" | grep -vE '^[^:]+:[0-9]+:\s*//')
  [ ${#hits[@]} -eq 0 ] || fail "$reason" "${hits[@]}"
}

code=(lib tools tests)

never '#include <regex>|std::regex' '#include <regex>' '#include "re2/re2.h"' \
  'std::regex recurses on its input and a log can make it overflow the stack: use RE2' "${code[@]}"
never '^\s*using namespace ' 'using namespace std;' 'using absl::StatusOr;' \
  'a using-directive lets a new name in a library change what our code means' "${code[@]}"
never '\bmmap\(' 'void* p = mmap(0, n);' 'pread(fd, out, n, at)' \
  'a file that is cut short while mapped is a SIGBUS: read with pread' lib tools
never '\b(printf|puts|fputs|fprintf)\(|std::(cout|cerr|clog)|#include <iostream>' 'std::cout << 1;' 'absl::StrFormat("%d", 1)' \
  'the library returns what it has to say; only tools/ prints' lib
never '\bcatch \(|\btry \{|\bthrow ((std::)?[a-z_]*(error|exception)|[A-Z])' 'throw std::runtime_error("x");' 'throw std::bad_alloc();' \
  'errors are absl::Status; only a file that speaks to yaml-cpp or nlohmann-json catches what these throw' \
  $(find lib -name '*.cc' -o -name '*.h' | xargs grep -LE 'yaml-cpp/|nlohmann/')
never '\b(exit|_exit|abort|quick_exit)\(' 'std::exit(1);' 'OnExit(1)' \
  'the library never ends the process' lib
never '(=|return|\()\s*new [A-Za-z_:]|\bdelete [a-z]|\bdelete\[\]' 'auto* p = new Series();' 'X(const X&) = delete;' \
  'ownership is std::unique_ptr or a value' "${code[@]}"
never '\b(atoi|atol|atof|strtod|strtof|strtol|strtoul|sscanf)\(|std::sto[a-z]+\(' 'double x = std::stod(s);' 'absl::SimpleAtod(s, &x)' \
  'these depend on the locale, or do not say that they failed: absl::SimpleAtod, absl::SimpleAtoi' "${code[@]}"
never '\b(sprintf|strcpy|strcat|gets|alloca)\(' 'sprintf(b, "%d", 1);' 'absl::StrAppend(&b, 1)' \
  'no bound on what they write' "${code[@]}"
never '\b(rand|srand)\(|std::random_device|absl::Now\(|system_clock::now|\btime\((nullptr|NULL|0)\)' 'std::time(nullptr)' 'wall_time(0)' \
  'the same input gives the same output: no clock and no chance below tools/' lib/base lib/records lib/model lib/diagnosis lib/report
never '#include "lib/io/|<fstream>|<filesystem>|\bfopen\(|\bopen\(' '#include <fstream>' '#include "lib/model/series.h"' \
  'a rule cannot open a file' lib/diagnosis
never 'GTEST_SKIP\(\)\s*;' '  GTEST_SKIP();' '  GTEST_SKIP() << "no ../shared";' \
  'a test that skips says why' tests
never '\bDISABLED_|^\s*#if 0' 'TEST(A, DISABLED_B)' 'TEST(A, B)' \
  'a test that is switched off is finished or deleted' "${code[@]}"
never '\b(sleep|usleep|nanosleep)\(|sleep_for\(|sleep_until\(' 'std::this_thread::sleep_for(1s);' 'Wait(condition)' \
  'a C++ test that sleeps depends on timing' lib tests
never '\b(TODO|FIXME|XXX)\b' 'int x;  // TODO: later' 'int x;  // later' \
  'what is left open is an issue, not a comment' "${code[@]}"
# Only declarations: an indented or column-0 line of a header that ends like one. Lambdas and templates take what they need.
never '^\s*(static |virtual |explicit |constexpr |inline )*[A-Za-z_][A-Za-z0-9_:<>,&* ]* [A-Za-z_]+\((.*, )?(const )?bool [a-z_]+( = [a-z]+)?[,)]' \
  '  absl::Status Write(std::string_view bytes, bool sync);' '  std::function<void(bool)> on_done = {};' \
  'a bool argument cannot be read where it is passed: an enum, or an option struct' \
  $(find lib -name '*.h')

for header in $(find lib tools tests -name '*.h'); do
  grep -q '^#pragma once$' "$header" || fail "$header: a header without #pragma once"
  [[ $(head -n 1 "$header") == //* ]] || fail "$header: a header starts by saying what it is for"
done

# 300 lines are the aim; beyond 400 a file is no longer one thought.
while read -r lines file; do
  [ "$file" = total ] || [ "$lines" -le 400 ] || fail "$file: $lines lines; split it by thought, not by size"
done < <(find lib tools -name '*.cc' -o -name '*.h' | xargs wc -l)

for rule in lib/diagnosis/rules/*.cc; do
  [ -e "$rule" ] || continue
  stem=$(basename "$rule" .cc)
  [ -e "tests/diagnosis/rules/${stem}_test.cc" ] || fail "$rule has no test tests/diagnosis/rules/${stem}_test.cc"
  grep -q "\"${stem//_/-}\"" "$rule" || fail "$rule: the id of a rule is its file's name, here \"${stem//_/-}\""
done

mapfile -t stray < <(grep -rnIE $'[ \t]+$|\r$' --include='*.cc' --include='*.h' --include='*.py' --include='*.sh' \
  --include='*.cmake' --include='CMakeLists.txt' --include='*.proto' lib proto tools tests cmake scripts)
[ ${#stray[@]} -eq 0 ] || fail 'white space at the end of a line' "${stray[@]}"

mapfile -t tabs < <(grep -rnP '^\t' --include='*.cc' --include='*.h' --include='*.py' lib tools tests)
[ ${#tabs[@]} -eq 0 ] || fail 'a tab that indents' "${tabs[@]}"

while IFS=: read -r page target; do
  [ -e "$(dirname "$page")/${target%%#*}" ] || fail "$page links to $target, which is not there"
done < <(grep -oP '\]\(\K(?!https?:|#)[^) ]+' ./*.md docs/*.md docs/formats/*.md)

[ "$failures" -eq 0 ] || { printf '%d convention(s) broken\n' "$failures"; exit 1; }
echo 'all conventions hold'
