#!/usr/bin/env python3
"""wheel.py BUILD_DIR --cmake CMAKE: the wheel and the sdist, as pip makes them, and what is in them.

The wheel is built against our own build, installed somewhere (TELLTALE_PREBUILT), so that the library is compiled once;
what pip does otherwise is the same. It is unpacked elsewhere and used from there.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tarfile
import tempfile
import zipfile

SOURCE = pathlib.Path(os.environ.get("TELLTALE_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[2]))


def run(*command, **options):
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False, **options)
    if done.returncode != 0:
        sys.exit(f"{command} ended with {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def build_wheel(build, cmake, scratch):
    run(cmake, "--install", build, "--prefix", scratch / "prefix")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input"]
    run(
        *(*pip, "wheel", SOURCE, "--no-deps", "--no-build-isolation", "-w", scratch / "wheel"),
        *("--config-settings", f"cmake.define.TELLTALE_PREBUILT={scratch / 'prefix'}"),
        *("--config-settings", f"build-dir={build / 'wheel'}"),
        env={**os.environ, "CCACHE_BASEDIR": str(SOURCE), "CCACHE_NOHASHDIR": "1"},
    )
    (wheel,) = (scratch / "wheel").glob("telltale-*.whl")
    run(*pip, "install", "--no-deps", "--target", scratch / "site", wheel)
    return wheel


def check_wheel(wheel, site):
    version = json.loads(
        run(
            sys.executable,
            "-c",
            "import json, telltale; print(json.dumps(telltale.__version__))",
            env={**os.environ, "PYTHONPATH": str(site)},
            cwd=site,
        )
    )
    assert wheel.name.startswith(f"telltale-{version}-"), wheel.name
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        (metadata,) = [name for name in names if name.endswith("/METADATA")]
        about = archive.read(metadata).decode()
        (entry_points,) = [name for name in names if name.endswith("/entry_points.txt")]
        assert "telltale_tensorboard.plugin:Loader" in archive.read(entry_points).decode()
    tab = ("telltale_tensorboard/plugin.py", "telltale_tensorboard/static/index.js")
    for expected in ("telltale/py.typed", "telltale/_core.pyi", "telltale/bin/telltale", "telltale/__init__.py", *tab):
        assert expected in names, expected
    assert any(name.startswith("telltale/_core.") and name.endswith(".so") for name in names)
    ours = ("telltale/", "telltale_tensorboard/", f"telltale-{version}.dist-info/")
    unwanted = [name for name in names if not name.startswith(ours)]
    assert not unwanted, unwanted
    assert "Description-Content-Type: text/markdown" in about
    # The console entry starts the program that is in the package.
    printed = run(site / "bin" / "telltale", "--version", env={**os.environ, "PYTHONPATH": str(site)}, cwd=site)
    assert printed == f"telltale {version}\n", printed
    script = "import sys, telltale; print(telltale.diagnose(sys.argv[1]).training_runs[0].verdict)"
    verdict = run(
        sys.executable,
        "-c",
        script,
        SOURCE / "testdata" / "demo" / "baseline",
        env={**os.environ, "PYTHONPATH": str(site)},
        cwd=site,
    )
    assert verdict == "healthy\n", verdict


def check_sdist(scratch):
    script = "import sys; from scikit_build_core.build import build_sdist; print(build_sdist(sys.argv[1]))"
    name = run(sys.executable, "-c", script, scratch, cwd=SOURCE).split()[-1]
    with tarfile.open(scratch / name) as archive:
        names = {member.name.split("/", 1)[1] for member in archive if "/" in member.name}
    for needed in (
        "CMakeLists.txt",
        "pyproject.toml",
        "LICENSE",
        "lib/model/series.h",
        "proto/event.proto",
        "plugins/python/src/core.cc",
        "plugins/python/telltale/__init__.py",
        "plugins/python/README.md",
        "tools/telltale/main.cc",
        "testdata/diagnosis/overfitting.curve",
        "cmake/Dependencies.cmake",
    ):
        assert needed in names, f"{needed} is not in {name}"
    assert not [each for each in names if each.startswith(("build/", "tests/"))]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--cmake", default="cmake")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        scratch = pathlib.Path(directory)
        check_sdist(scratch)
        wheel = build_wheel(args.build, args.cmake, scratch)
        check_wheel(wheel, scratch / "site")
        print(f"{wheel.name}: {wheel.stat().st_size} bytes; the sdist has what it needs")


if __name__ == "__main__":
    main()
