#!/usr/bin/env bash
# docs_venv.sh DIR: makes DIR a Python environment with what docs/requirements.txt names.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
requirements=$here/../docs/requirements.txt
venv=${1:?usage: docs_venv.sh DIR}
if [ -x "$venv/bin/python3" ] && cmp -s "$requirements" "$venv/requirements.txt"; then
  exit 0
fi
echo "Making $venv with the packages of docs/requirements.txt" >&2
rm -rf "$venv"
python3 -m venv "$venv"
"$venv/bin/python3" -m pip install --quiet --no-input --disable-pip-version-check -r "$requirements"
cp "$requirements" "$venv/requirements.txt"
