#!/usr/bin/env bash
# tidy.sh BUILD_DIR JOBS [FILE...]: clang-tidy (.clang-tidy says which checks) over our sources, or over FILEs.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
build=${1:?usage: tidy.sh BUILD_DIR JOBS [FILE...]} jobs=${2:?}
shift 2
[ $# -gt 0 ] || mapfile -t files < <(git ls-files -- 'lib/*.cc' 'tools/*.cc')
printf '%s\0' "${@:-${files[@]}}" | xargs -0 -n 1 -P "$jobs" clang-tidy-14 --quiet -p "$build"
