#!/usr/bin/env bash
# Builds the Diagnosis tab's page from plugins/tensorboard/frontend into plugins/tensorboard/telltale_tensorboard/static: checks types
# and style, runs its tests, and notes which sources the module is of (tests/tab compares). Needs Node 18 or later and npm's registry.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../plugins/tensorboard/frontend"
command -v npm >/dev/null || { echo "no npm here: install Node 18 or later (apt install nodejs npm)" >&2; exit 1; }
npm ci --no-audit --no-fund --silent
npm run --silent lint
npm test --silent
npm run --silent build
find src package-lock.json tsconfig.json vite.config.ts -type f | LC_ALL=C sort | xargs sha256sum > ../telltale_tensorboard/static/index.js.sources
# What the page of `telltale report` lets run: nothing else.
node -e 'process.stdout.write(require("crypto").createHash("sha256").update(require("fs").readFileSync(process.argv[1])).digest("base64"))' \
  ../telltale_tensorboard/static/index.js > ../telltale_tensorboard/static/index.sha256
