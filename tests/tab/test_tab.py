"""The Diagnosis tab in a real TensorBoard, in a real browser."""

from __future__ import annotations

import json
import pathlib
import re
import subprocess
import sys
import urllib.error
import urllib.request
from typing import Any

import pytest
from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.compat.proto.summary_pb2 import Summary
from tensorboard.summary.writer.event_file_writer import EventFileWriter
from tensorboard_server import TensorBoard, poll

LOADERS = ["--load_fast=true", "--load_fast=false"]
HOSTILE = '<img src=x onerror="window.top.hacked=1"><script>window.top.hacked=1</script>'


class Board(TensorBoard):
    """TensorBoard with flags that change its address, or without --logdir."""

    def __init__(self, logdir: Any, *flags: str, spec: str = "") -> None:
        super().__init__(logdir, *flags)
        if spec:
            at = self._command.index("--logdir")
            self._command[at : at + 2] = ["--logdir_spec", spec]
        self._prefix = next(
            (flag.split("=")[1].strip("/") + "/" for flag in flags if flag.startswith("--path_prefix=")), ""
        )

    @property
    def url(self) -> str | None:
        return self._url and self._url + self._prefix

    @url.setter
    def url(self, value: str | None) -> None:
        self._url = value


def write(folder: pathlib.Path, points: dict[str, list[float]], first: int = 0) -> None:
    """An event file with a series each."""
    writer = EventFileWriter(str(folder))
    for tag, values in points.items():
        for step, value in enumerate(values, first):
            summary = Summary(value=[Summary.Value(tag=tag, simple_value=value)])
            writer.add_event(Event(wall_time=1.7e9 + step, step=step, summary=summary))
    writer.close()


def open_tab(page: Any, board: TensorBoard, hash_: str = "telltale") -> Any:
    """The tab's frame, when its list is there."""
    page.goto(f"{board.url}#{hash_}")
    frame = page.frame_locator("iframe")
    frame.locator("telltale-list").wait_for()
    return frame


def names(frame: Any) -> list[str]:
    return frame.locator("telltale-list .name").all_inner_texts()


@pytest.mark.parametrize("loader", LOADERS)
def test_lists_filters_and_shows_training_runs(page: Any, demo: pathlib.Path, loader: str) -> None:
    with Board(demo, loader) as board:
        page.goto(board.url)
        page.get_by_text("Diagnosis", exact=True).first.click()
        frame = page.frame_locator("iframe")
        frame.locator("telltale-list").wait_for()
        assert names(frame)[-1] == "baseline"  # worst first
        assert len(names(frame)) == 5

        frame.get_by_label("Filter by rule").select_option("overfitting")
        assert names(frame) == ["tiny-trainset"]
        frame.locator("telltale-list .row").click()
        detail = frame.locator("telltale-detail")
        detail.get_by_role("heading", name="tiny-trainset").wait_for()
        chart = detail.get_by_role("img", name=re.compile("^loss over steps"))
        chart.wait_for()
        assert "overfitting from step 12 to 59" in chart.get_attribute("aria-label")
        # The stretch is shaded and the rest is not: the canvas knows.
        shaded = chart.locator("canvas").evaluate(
            """canvas => { const context = canvas.getContext('2d'), { width, height } = canvas;
                           const at = x => context.getImageData(x * width, height * 0.12, 1, 1).data[3];
                           return [at(0.2), at(0.85)]; }"""
        )
        assert shaded[0] == 0, shaded
        assert shaded[1] > 0, shaded
        assert detail.get_by_text("rise over minimum").count() == 1
        assert detail.get_by_text("Keep the weights of step 12").count() == 1
        detail.get_by_text("Not assessable").first.click()
        detail.get_by_text("not assessable because").first.wait_for()

        frame.get_by_label("Filter by rule").select_option("")
        frame.get_by_label("Filter by severity").select_option("error")
        assert "baseline" not in names(frame)
        frame.get_by_label("Filter by text").fill("no such run")
        frame.get_by_text("No training run matches.").wait_for()


def test_a_link_gives_the_view_back(page: Any, demo: pathlib.Path) -> None:
    with Board(demo) as board:
        frame = open_tab(page, board)
        frame.get_by_label("Filter by text").fill("softmax")
        frame.locator("telltale-list .row").click()
        frame.get_by_role("button", name="Linear axis").click()
        poll("the address holds the view", lambda: "softmax" in page.url and "axis=log" in page.url)
        link = page.url
        page.goto("about:blank")
        page.goto(link)
        frame = page.frame_locator("iframe")
        frame.get_by_role("button", name="Logarithmic axis").wait_for()
        assert names(frame) == ["handmade-softmax"]
        assert frame.get_by_label("Filter by text").input_value() == "softmax"


def test_keys_move_through_the_list(page: Any, demo: pathlib.Path) -> None:
    with Board(demo) as board:
        frame = open_tab(page, board)
        first, second = names(frame)[:2]
        frame.locator("telltale-list").focus()
        page.keyboard.press("ArrowDown")
        frame.get_by_role("heading", name=second, exact=True).wait_for()
        page.keyboard.press("ArrowUp")
        frame.get_by_role("heading", name=first, exact=True).wait_for()
        page.keyboard.press("/")
        page.keyboard.type("baseline")
        assert names(frame) == ["baseline"]
        page.keyboard.press("Escape")
        assert len(names(frame)) == 5


@pytest.mark.parametrize("loader", LOADERS)
def test_follows_files_as_they_grow(page: Any, tmp_path: pathlib.Path, loader: str) -> None:
    losses = [2 * 0.9**i + 0.1 for i in range(40)]
    write(tmp_path / "growing", {"train/loss": losses, "val/loss": losses})
    with Board(tmp_path, loader) as board:
        frame = open_tab(page, board)
        assert names(frame) == ["growing"]
        assert "non-finite" not in frame.locator("telltale-list .ids").inner_text()
        # Another process goes on with the training.
        script = (
            f"import sys; sys.path[:0] = {sys.path!r}\nimport pathlib, test_tab\n"
            f"test_tab.write(pathlib.Path({str(tmp_path / 'growing')!r}), {{'train/loss': [float('nan')] * 20}}, 40)"
        )
        subprocess.run([sys.executable, "-c", script], check=True)
        frame.locator("telltale-list .ids", has_text="non-finite").wait_for()


def test_is_dark_where_tensorboard_is(page: Any, demo: pathlib.Path) -> None:
    with Board(demo) as board:
        page.goto(f"{board.url}?darkMode=true#telltale")
        frame = page.frame_locator("iframe")
        frame.locator("telltale-app[dark]").wait_for()
        background = frame.locator("telltale-app").evaluate("app => getComputedStyle(app).backgroundColor")
        assert max(map(int, re.findall(r"\d+", background)[:3])) < 80, background


def test_below_a_path_prefix_and_with_a_logdir_spec(page: Any, demo: pathlib.Path) -> None:
    spec = f"a:{demo / 'baseline'},b:{demo / 'tiny-trainset'}"
    with Board(demo, "--path_prefix=/some/where", "--load_fast=false", spec=spec) as board:
        frame = open_tab(page, board)
        assert sorted(name.split("/")[0] for name in names(frame)) == ["a", "b"]
        frame.get_by_role("img", name=re.compile("^loss over steps")).wait_for()


@pytest.mark.parametrize("loader", LOADERS)
def test_names_are_only_text(page: Any, tmp_path: pathlib.Path, loader: str) -> None:
    losses = [2 * 0.9**i + 0.1 for i in range(40)]
    above = tmp_path / "<b onmouseover=window.top.hacked=1>x"
    for seed in range(3):
        folder = above / f"r\u202eun_seed{seed}"
        write(folder, {f"train/loss {HOSTILE}": [*losses, *[float("nan")] * 10], f"val/loss {HOSTILE}": losses})
    file = next(folder.glob("*tfevents*"))
    file.write_bytes(file.read_bytes()[:-4] + b"torn")
    with Board(tmp_path, loader) as board:
        frame = open_tab(page, board)
        assert "<b onmouseover" in names(frame)[0]
        assert "\\u{202e}" in names(frame)[0]
        frame.get_by_text("Not assessable").first.click()
        frame.get_by_role("img").first.wait_for()
        assert frame.get_by_text("<img src=x onerror").count() > 0
        frame.get_by_text("problems in files").click()
        assert "<b onmouseover" in frame.locator(".problems code").first.inner_text()
        frame.locator(".groups button").first.click()
        frame.locator("telltale-detail h2", has_text="<b onmouseover").wait_for()
        frame.locator("telltale-detail telltale-chart").first.wait_for()
        assert frame.locator("img, script[src=''], b[onmouseover]").count() == 0
        assert page.evaluate("window.hacked") is None


def test_groups_are_drawn_together(page: Any, tmp_path: pathlib.Path) -> None:
    for seed in range(4):
        curve = [2 * 0.9**i + 0.1 + 0.01 * seed for i in range(40)]
        write(tmp_path / f"exp_seed{seed}", {"train/loss": curve, "val/loss": curve})
    with Board(tmp_path) as board:
        frame = open_tab(page, board)
        frame.locator(".groups button").first.click()
        frame.locator("telltale-detail telltale-chart").first.wait_for()
        lines = frame.locator("telltale-detail telltale-chart").first.evaluate("chart => chart.lines.length")
        assert lines == 4


def test_says_what_is_missing(
    page: Any, demo: pathlib.Path, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "broken" / "telltale"
    broken.mkdir(parents=True)
    (broken / "__init__.py").write_text(f"raise ImportError({f'no native part {HOSTILE}'!r})\n")
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path / 'broken'}:{_pythonpath()}")
    with Board(demo, "--load_fast=false") as board:
        page.goto(f"{board.url}#telltale")
        frame = page.frame_locator("iframe")
        frame.get_by_text("pip install telltale").wait_for()
        frame.get_by_text("no native part <img src=x onerror").wait_for()
        assert frame.locator("img").count() == 0
        assert page.evaluate("window.hacked") is None


def test_writes_only_when_it_may(page: Any, logdir: pathlib.Path) -> None:
    files = set(logdir.rglob("*"))
    with Board(logdir) as board:
        frame = open_tab(page, board)
        assert frame.get_by_role("button", name="Annotate").count() == 0
        assert post(board, {"Origin": board.url.rstrip("/")}) == 403
    with Board(logdir, "--telltale_annotate") as board:
        poll("the runs are read", lambda: board.json("data/plugin/telltale/status")["state"] == "ready")
        token = board.json("data/plugin/telltale/status")["token"]
        assert post(board, {"Origin": board.url.rstrip("/")}) == 403
        assert post(board, {"Origin": "http://elsewhere.example", "X-Telltale-Token": token}) == 403
        assert set(logdir.rglob("*")) == files
        frame = open_tab(page, board)
        frame.get_by_role("button", name="Annotate").click()
        frame.get_by_text("annotated 5 training runs").wait_for()
    assert list(logdir.rglob("telltale/*"))


def post(board: TensorBoard, headers: dict[str, str]) -> int:
    request = urllib.request.Request(
        f"{board.url}data/plugin/telltale/annotate", data=b"", headers=headers, method="POST"
    )
    try:
        with urllib.request.urlopen(request) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def _pythonpath() -> str:
    import os

    return os.environ.get("PYTHONPATH", "")


def test_series_are_thinned_without_losing_what_matters() -> None:
    import numpy as np
    from telltale_tensorboard import drawing

    class Series:
        run, tag = "r", "t"
        steps = np.arange(100_000)
        values = np.sin(np.arange(100_000) / 1000.0)

    Series.values[1234] = 99.0
    Series.values[50_000] = np.nan
    Series.values[77_777] = -np.inf
    thinned = drawing.samples(Series())
    assert len(thinned["steps"]) <= drawing.MOST_POINTS
    assert thinned["steps"] == sorted(set(thinned["steps"]))
    points = dict(zip(thinned["steps"], thinned["values"], strict=True))
    assert points[1234] == 99.0
    assert points[50_000] == "NaN"
    assert points[77_777] == "-Infinity"
    assert 0 in points
    assert 99_999 in points
    json.dumps(thinned, allow_nan=False)


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        ({"logdir": "/a:b,c"}, [("", "/a:b,c")]),
        ({"logdir_spec": "x:/a,/b"}, [("x", "/a"), ("", "/b")]),
        ({"logdir_spec": "./a:b"}, [("", "./a:b")]),
        ({"logdir": "a/../b//"}, [("", "a/../b")]),
        ({"logdir": "/"}, [("", "/")]),
        ({}, []),
    ],
)
def test_finds_the_logs(flags: dict[str, str], expected: list[tuple[str, str]]) -> None:
    from types import SimpleNamespace

    from telltale_tensorboard.logs import places

    assert [(place.name, place.path) for place in places(SimpleNamespace(**flags))] == expected


def test_logs_elsewhere_are_refused() -> None:
    from types import SimpleNamespace

    from telltale_tensorboard.logs import places

    with pytest.raises(ValueError, match="gs://bucket"):
        places(SimpleNamespace(logdir="gs://bucket/logs"))


def test_looks_at_each_file_once_where_links_lead_in_a_circle(tmp_path: pathlib.Path) -> None:
    from telltale_tensorboard.logs import Place, fingerprint

    for name in ("a", "b", "z"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "circle").symlink_to(tmp_path)
        (tmp_path / name / "events.out.tfevents.1").write_bytes(b"x")
    before = fingerprint([Place(str(tmp_path))])
    assert len(before) == 3
    for name in ("a", "b", "z"):
        with (tmp_path / name / "events.out.tfevents.1").open("ab") as file:
            file.write(b"more")
        after = fingerprint([Place(str(tmp_path))])
        assert after != before, name
        before = after
