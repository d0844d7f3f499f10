#!/usr/bin/env bash
# tidy.sh BUILD_DIR JOBS [FILE...]: clang-tidy (.clang-tidy says which checks) over our sources, or over FILEs.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
build=${1:?usage: tidy.sh BUILD_DIR JOBS [FILE...]} jobs=${2:?}
shift 2
[ $# -gt 0 ] || mapfile -t files < <(git ls-files -- 'lib/*.cc' 'tools/*.cc')
# clang-tidy counts what it suppressed in other people's headers; that is left out. GCC's own warning options it does not know.
printf '%s\0' "${@:-${files[@]}}" |
  xargs -0 -n 1 -P "$jobs" clang-tidy-14 --quiet -p "$build" --extra-arg=-Wno-unknown-warning-option \
    2> >(grep -vE '^[0-9]+ warnings? (and [0-9]+ errors? )?generated' >&2)
echo "clang-tidy finds nothing"
