"""What the tab's server side answers, without a TensorBoard or a browser around it."""

from __future__ import annotations

import json
import pathlib
from types import SimpleNamespace
from typing import Any

import pytest
from telltale_tensorboard import reader
from telltale_tensorboard.logs import Place, directories, fingerprint
from telltale_tensorboard.plugin import DiagnosisPlugin
from tensorboard.plugins import base_plugin
from tensorboard_server import poll
from test_tab import HOSTILE, write
from werkzeug.test import Client

GET = ("/index.js", "/status", "/runs", "/findings", "/series", "/rules")
FALLING = [2 * 0.9**i + 0.1 for i in range(40)]


def plugin(**flags: Any) -> DiagnosisPlugin:
    return DiagnosisPlugin(base_plugin.TBContext(flags=SimpleNamespace(reload_interval=0, **flags)))


def client(made: DiagnosisPlugin, route: str) -> Client:
    return Client(made.get_plugin_apps()[route])


def status(made: DiagnosisPlugin) -> Any:
    return client(made, "/status").get("/").json


def ready(made: DiagnosisPlugin) -> DiagnosisPlugin:
    poll("the runs are read", lambda: status(made)["state"] in ("ready", "failed"))
    return made


def test_answers_say_what_they_are(demo: pathlib.Path) -> None:
    made = ready(plugin(logdir=str(demo)))
    for route in GET:
        answer = client(made, route).get("/")
        assert answer.status_code == 200, route
        expected = "application/javascript" if route == "/index.js" else "application/json"
        assert answer.mimetype == expected
        assert answer.headers["X-Content-Type-Options"] == "nosniff", route
    findings = client(made, "/findings").get("/").json
    assert findings["schema"] == "telltale.diagnosis/1"
    assert len(findings["training_runs"]) == 5
    series = client(made, "/series").get("/?training_run=baseline").json
    assert {each["tag"] for each in series} == {
        each["tag"] for run in findings["training_runs"] if run["name"] == "baseline" for each in run["series"]
    }


def test_a_list_of_many_is_short_and_each_is_told_in_full(demo: pathlib.Path) -> None:
    made = ready(plugin(logdir=str(demo)))
    document = client(made, "/findings").get("/").json
    runs = client(made, "/runs").get("/").json
    assert {key: runs[key] for key in runs if key != "training_runs"} == {
        key: document[key] for key in document if key != "training_runs"
    }
    assert runs["training_runs"] == [
        {
            "name": run["name"],
            "verdict": run["verdict"],
            "findings": [{key: each[key] for key in ("id", "severity", "confidence")} for each in run["findings"]],
        }
        for run in document["training_runs"]
    ]
    for run in document["training_runs"]:
        assert client(made, "/findings").get("/", query_string={"training_run": run["name"]}).json == run


@pytest.mark.parametrize("route", GET)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_but_reading_is_answered(demo: pathlib.Path, route: str, method: str) -> None:
    answer = client(plugin(logdir=str(demo)), route).open("/", method=method)
    assert answer.status_code == 405
    assert method in answer.json["message"]


def test_reading_does_not_annotate(demo: pathlib.Path) -> None:
    answer = client(plugin(logdir=str(demo), telltale_annotate=True), "/annotate").get("/")
    assert answer.status_code == 405


@pytest.mark.parametrize("name", ["", "no such run", "../..", "/etc", HOSTILE, "\u202e\x00"])
def test_there_is_nothing_of_a_run_that_is_not_there(demo: pathlib.Path, name: str) -> None:
    made = ready(plugin(logdir=str(demo)))
    answer = client(made, "/series").get("/", query_string={"training_run": name})
    assert (answer.status_code, answer.json) == (200, [])
    answer = client(made, "/findings").get("/", query_string={"training_run": name})
    assert (answer.status_code, answer.json) == (200, None)


def test_what_fails_is_a_message(demo: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = ready(plugin(logdir=str(demo)))

    def fails(*_: Any) -> Any:
        raise RuntimeError("the disk is gone")

    monkeypatch.setattr("telltale_tensorboard.plugin.samples_of", fails)
    answer = client(made, "/series").get("/?training_run=baseline")
    assert answer.status_code == 500
    assert answer.json == {"message": "RuntimeError: the disk is gone"}


def test_a_logdir_without_logs_is_a_message(tmp_path: pathlib.Path) -> None:
    made = ready(plugin(logdir=str(tmp_path)))
    assert status(made)["state"] == "failed"
    assert str(tmp_path) in status(made)["message"]
    assert client(made, "/findings").get("/").json == {}


def test_nothing_is_read_before_somebody_looks(demo: pathlib.Path) -> None:
    made = plugin(logdir=str(demo))
    assert not made.is_active()
    assert made._reader._thread is None


def test_many_training_runs_are_listed_at_once(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And one that is chosen is shown before all are read."""
    monkeypatch.setattr(reader, "_MANY", 3)
    for name in ("a", "b", "c"):
        write(tmp_path / name / "train", {"loss": FALLING})
        write(tmp_path / name / "validation", {"loss": FALLING})
    made = plugin(logdir=str(tmp_path))
    made.data_plugin_names()  # a page is opened, and not yet the tab
    poll("the names are there", lambda: made._reader.snapshot.version == 1)
    listed = client(made, "/findings").get("/").json
    assert [(run["name"], run["verdict"]) for run in listed["training_runs"]] == [
        (name, "pending") for name in ("a", "b", "c")
    ]
    assert client(made, "/runs").get("/").json["training_runs"] == [
        {"name": name, "verdict": "pending", "findings": []} for name in ("a", "b", "c")
    ]
    series = client(made, "/series").get("/?training_run=b").json
    assert [(each["role"], len(each["steps"])) for each in series] == [
        ({"split": "train", "quantity": "loss"}, 40),
        ({"split": "validation", "quantity": "loss"}, 40),
    ]
    ready(made)
    diagnosed = client(made, "/findings").get("/").json
    assert [run["name"] for run in diagnosed["training_runs"]] == ["a", "b", "c"]
    assert all(run["verdict"] != "pending" for run in diagnosed["training_runs"])
    assert [each["role"]["split"] for each in client(made, "/series").get("/?training_run=b").json] == [
        "train",
        "validation",
    ]


def test_reading_waits_for_a_page_that_fetches_the_list(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "_MANY", 1)
    monkeypatch.setattr(reader, "_PATIENCE", 60.0)
    write(tmp_path / "a", {"loss": FALLING})
    made = plugin(logdir=str(tmp_path))
    made.data_plugin_names()
    poll("the names are there", lambda: made._reader.snapshot.version == 1)
    assert not made._reader._followers
    answer = client(made, "/status").get("/?version=0").json
    assert (answer["version"], [run["verdict"] for run in answer["runs"]["training_runs"]]) == (1, ["pending"])
    poll("it is diagnosed", lambda: made._reader.snapshot.version == 2)


def test_status_waits_for_something_new(demo: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that knows nothing yet asks once, and is answered when the runs are read."""
    monkeypatch.setattr(reader, "_PATIENCE", 60.0)
    made = plugin(logdir=str(demo))
    first = client(made, "/status").get("/?version=0").json
    assert (first["state"], first["version"]) == ("ready", 1)
    assert first.pop("runs") == client(made, "/runs").get("/").json
    again = client(made, "/status").get("/?version=1").json  # nothing is read: nothing to wait for
    assert again == first
    assert client(made, "/status").get("/?version=x").json == first


def test_an_error_in_the_background_is_a_message(demo: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import telltale

    def fail(*_: Any, **__: Any) -> None:
        raise ValueError("made to fail")

    monkeypatch.setattr(telltale, "diagnose", fail)
    failed = client(plugin(logdir=str(demo)), "/status").get("/?version=0").json
    assert (failed["state"], failed["message"]) == ("failed", "made to fail")


def test_names_of_directories_are_those_of_the_diagnosis(demo: pathlib.Path, tmp_path: pathlib.Path) -> None:
    import telltale

    places = [Place(str(tmp_path), "x"), Place(str(demo))]
    for name in ("run/train", "run/eval_0", "deep/er/run", "validation", "odd\u202e <b>"):
        write(tmp_path / name, {"loss": FALLING})
    named = directories(places, fingerprint(places))
    expected = {
        place.prefix + run.name
        for place in places
        for run in telltale.diagnose(telltale.read(place.path)).training_runs
    }
    assert set(named) == expected
    assert named["x/run"] == str(tmp_path / "run")
    assert json.dumps(named)


def test_a_log_directory_may_be_written_with_separators_at_its_end(tmp_path: pathlib.Path) -> None:
    write(tmp_path, {"loss": FALLING})
    listed = client(ready(plugin(logdir=f"{tmp_path}//")), "/runs").get("/").json
    assert [run["name"] for run in listed["training_runs"]] == [tmp_path.name]
