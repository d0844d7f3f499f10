#!/usr/bin/env bash
# fuzz.sh BUILD_DIR SECONDS [TARGET...]: runs the libFuzzer targets of tests/fuzz that long each, as many at a time as there are cores,
# from the published corpus on, and prints executions and coverage. What they find stays in BUILD_DIR/found, what is new in
# BUILD_DIR/corpus. The exit status is 1 where one of them found something.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=${1:?usage: fuzz.sh BUILD_DIR SECONDS [TARGET...]} seconds=${2:?usage: fuzz.sh BUILD_DIR SECONDS [TARGET...]}
shift 2
[ $# -gt 0 ] || set -- $(cd "$here/../tests/fuzz" && printf '%s\n' fuzz_*.cc | sed 's/^fuzz_//; s/\.cc$//')
mkdir -p "$build/found" "$build/log"

one() {
  local build=$1 seconds=$2 seeds=$3/../tests/fuzz/corpus/$4 target=$4
  mkdir -p "$build/corpus/$target"
  # A reader may take what the bytes hold and a limited amount more, never what they say.
  "$build/tests/fuzz/fuzz_$target" -max_total_time="$seconds" -rss_limit_mb=1024 -malloc_limit_mb=600 -timeout=20 -max_len=8192 \
    -print_final_stats=1 -artifact_prefix="$build/found/$target-" "$build/corpus/$target" "$seeds" >"$build/log/$target" 2>&1
  local status=$?
  awk -v target="$target" -v status="$status" '
    / cov: / { for (i = 1; i < NF; i++) { if ($i == "cov:") cov = $(i + 1); if ($i == "ft:") ft = $(i + 1) } }
    /stat::number_of_executed_units/ { runs = $2 }
    /stat::peak_rss_mb/ { rss = $2 }
    END { printf "| %s | %d | %d | %d | %d MB | %s |\n", target, runs, cov, ft, rss, status == 0 ? "nothing" : "SOMETHING: status " status }' "$build/log/$target"
  return $status
}
export -f one

echo "| target | executions | edges | features | memory | found |"
echo "| --- | --- | --- | --- | --- | --- |"
printf '%s\n' "$@" | xargs -P "${JOBS:-$(nproc)}" -I{} bash -c 'one "$@"' _ "$build" "$seconds" "$here" {}
