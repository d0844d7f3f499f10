#!/usr/bin/env bash
# install_deps.sh SET...: installs those packages of scripts/packages.txt that this machine lacks (Debian, Ubuntu), by apt,
# with sudo where we are not root. Does nothing, quickly, when all are there. Where it cannot install, it prints what is
# missing and the exact command, and fails. TELLTALE_SKIP_DEPS=1 leaves the machine alone: for those who bring the
# libraries some other way.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

[ $# -gt 0 ] || { echo "usage: install_deps.sh SET..." >&2; exit 2; }
[ -z "${TELLTALE_SKIP_DEPS:-}" ] || exit 0

wanted=()
for set in "$@"; do
  mapfile -t packages < <(awk -v set="$set" '$1 == set {print $2}' "$here/packages.txt")
  [ ${#packages[@]} -gt 0 ] || { echo "install_deps.sh: no set '$set' in scripts/packages.txt" >&2; exit 2; }
  wanted+=("${packages[@]}")
done

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
  {
    echo "This is not a Debian or Ubuntu system, so Telltale cannot install what it needs. By their Debian names, it needs:"
    printf '  %s\n' "${wanted[@]}"
    echo "Install these your way, then run make again with TELLTALE_SKIP_DEPS=1."
  } >&2
  exit 1
fi

# dpkg-query fails where it does not know a package; those simply stay out of its answer.
installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${wanted[@]}" 2>/dev/null || true)
missing=()
for package in "${wanted[@]}"; do
  grep -qxF "installed $package" <<<"$installed" || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

install="apt-get install -y --no-install-recommends ${missing[*]}"
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  # Without a terminal nobody can type a password: sudo must do without one, or we say what to run.
  if [ -t 0 ] && [ -z "${CI:-}" ] && command -v sudo >/dev/null; then
    as_root=(sudo)
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    as_root=(sudo -n)
  else
    {
      echo "Telltale needs ${#missing[@]} package(s) that are not installed, and only root may install them:"
      printf '  %s\n' "${missing[@]}"
      echo "Run this as root, then make again:"
      echo "  apt-get update && $install"
      echo "(Or, where these come from elsewhere, run make with TELLTALE_SKIP_DEPS=1.)"
    } >&2
    exit 1
  fi
fi

echo "Installing ${#missing[@]} missing package(s): ${missing[*]}" >&2
apt() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 "$@" \
    </dev/null >&2
}
# A third-party source that is down makes `update` fail although ours are fine, so that the install decides.
apt update || echo "install_deps.sh: apt-get update failed; trying with the package lists at hand" >&2
if ! apt install -y --no-install-recommends "${missing[@]}"; then
  printf 'Could not install packages. What was tried:\n  apt-get update && %s\n' "$install" >&2
  exit 1
fi
