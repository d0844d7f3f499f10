#!/usr/bin/env bash
# format.sh --write|--check: clang-format over the C++ files that git knows. One version of it, because two versions disagree.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
mapfile -t files < <(git ls-files --cached --others --exclude-standard -- 'lib/*.cc' 'lib/*.h' 'tools/*.cc' 'tools/*.h' 'plugins/*.cc' 'plugins/*.h' \
                                                                         'tests/*.cc' 'tests/*.h')
[ ${#files[@]} -gt 0 ] || { echo "format.sh: no C++ files found" >&2; exit 1; }
case ${1:-} in
  --write) exec clang-format-14 -i "${files[@]}" ;;
  --check) clang-format-14 --dry-run -Werror "${files[@]}" || { echo "make format mends this" >&2; exit 1; } ;;
  *) echo "usage: format.sh --write|--check" >&2; exit 2 ;;
esac
