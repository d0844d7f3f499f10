#!/usr/bin/env bash
# frameworks_venv.sh DIR REQUIREMENTS: makes DIR a Python environment with what the file REQUIREMENTS names, in whatever versions there
# are today. Does nothing where DIR already has it.
set -euo pipefail
venv=${1:?usage: frameworks_venv.sh DIR REQUIREMENTS} requirements=${2:?usage: frameworks_venv.sh DIR REQUIREMENTS}
if [ -x "$venv/bin/python3" ] && cmp -s "$requirements" "$venv/requirements.txt"; then
  exit 0
fi
echo "Making $venv with the packages of $requirements" >&2
rm -rf "$venv"
python3 -m venv "$venv"
"$venv/bin/python3" -m pip install --quiet --no-input --disable-pip-version-check -r "$requirements"
cp "$requirements" "$venv/requirements.txt"
