#!/usr/bin/env bash
# test_venv.sh DIR: makes DIR a Python environment that holds exactly tests/requirements.txt (the trackers themselves, for the
# end-to-end tests). Does nothing when DIR already has them; a changed requirements file makes it anew.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
requirements=$here/../tests/requirements.txt
venv=${1:?usage: test_venv.sh DIR}

# The copy inside the environment is written last, so an install that was interrupted is not taken for a whole one.
if [ -x "$venv/bin/python3" ] && cmp -s "$requirements" "$venv/requirements.txt"; then
  exit 0
fi
echo "Making $venv with the packages of tests/requirements.txt" >&2
rm -rf "$venv"
python3 -m venv "$venv"
"$venv/bin/python3" -m pip install --quiet --no-input --disable-pip-version-check --no-deps -r "$requirements"
cp "$requirements" "$venv/requirements.txt"
