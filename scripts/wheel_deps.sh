#!/usr/bin/env bash
# wheel_deps.sh: installs what the extension stands on (cmake/Dependencies.cmake) where cibuildwheel builds wheels: an image of
# the manylinux family, or macOS with Homebrew. The names are those of their packages; on Debian it is scripts/install_deps.sh.
set -euo pipefail

if command -v dnf >/dev/null; then
  dnf install -y epel-release
  dnf install -y --enablerepo=crb ccache ninja-build pkgconf-pkg-config protobuf-devel protobuf-lite-devel protobuf-compiler \
    abseil-cpp-devel zlib-devel isa-l-devel re2-devel yaml-cpp-devel json-devel cxxopts-devel utf8proc-devel sqlite-devel \
    simdjson-devel libcsv-devel xxhash-devel libcurl-devel
elif command -v brew >/dev/null; then
  brew install ccache ninja pkgconf protobuf abseil isa-l re2 yaml-cpp nlohmann-json cxxopts utf8proc sqlite simdjson libcsv xxhash curl
else
  echo "wheel_deps.sh: neither dnf nor brew here; see scripts/packages.txt for what is needed" >&2
  exit 1
fi
