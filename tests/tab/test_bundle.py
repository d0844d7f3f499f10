"""The module that is in the wheel is that of the sources."""

from __future__ import annotations

import hashlib

from conftest import SOURCE


def test_is_built_from_these_sources() -> None:
    frontend = SOURCE / "plugins" / "tensorboard" / "frontend"
    noted = SOURCE / "plugins" / "tensorboard" / "telltale_tensorboard" / "static" / "index.js.sources"
    known = dict(reversed(line.split("  ", 1)) for line in noted.read_text().splitlines())
    configuration = ("package-lock.json", "tsconfig.json", "vite.config.ts")
    files = [*frontend.glob("src/**/*.ts"), *(frontend / name for name in configuration)]
    current = {str(file.relative_to(frontend)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    assert current == known, "run scripts/frontend.sh (make frontend)"


def test_loads_nothing_from_elsewhere() -> None:
    module = (SOURCE / "plugins" / "tensorboard" / "telltale_tensorboard" / "static" / "index.js").read_text()
    assert "eval(" not in module.replace("setInterval(", "")
    for sign in ("import(", "cdn.", "unpkg", "googleapis"):
        assert sign not in module, sign
