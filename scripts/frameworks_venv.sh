#!/usr/bin/env bash
# frameworks_venv.sh DIR: makes DIR a Python environment with what tests/frameworks/requirements.txt names. Large.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
requirements=$here/../tests/frameworks/requirements.txt
venv=${1:?usage: frameworks_venv.sh DIR}
if [ -x "$venv/bin/python3" ] && cmp -s "$requirements" "$venv/requirements.txt"; then
  exit 0
fi
echo "Making $venv with the packages of tests/frameworks/requirements.txt" >&2
rm -rf "$venv"
python3 -m venv "$venv"
"$venv/bin/python3" -m pip install --quiet --no-input --disable-pip-version-check -r "$requirements"
cp "$requirements" "$venv/requirements.txt"
