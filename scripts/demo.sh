#!/usr/bin/env bash
# demo.sh TELLTALE DIR: the main job on the runs in testdata/: diagnose them, then write the findings into a copy in DIR.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
telltale=${1:?usage: demo.sh TELLTALE DIR} out=${2:?}
logdir=testdata/demo

say() { printf '\n\033[1m$ %s\033[0m\n' "$*"; "$@"; }
[ -t 1 ] && [ -z "${NO_COLOR:-}" ] || say() { printf '\n$ %s\n' "$*"; "$@"; }

say "$telltale" diagnose "$logdir"

rm -rf "$out"
mkdir -p "$out"
cp -r "$logdir/." "$out"
say "$telltale" annotate "$out"

cat <<END

The findings are now in $out, beside the curves they speak of. To look at them, run

  make tensorboard            (or, with your own: tensorboard --logdir $out)

and open the Text tab, Time Series and Custom Scalars. Your own runs:

  $telltale diagnose PATH/TO/LOGDIR
END
