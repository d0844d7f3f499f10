import json
import subprocess
import sys

import numpy as np
import pytest
import telltale


def test_is_the_command_lines_conversion(demo, cli, tmp_path):
    ours = telltale.convert(demo, tmp_path / "ours.db", to="mlflow", verify=True)
    theirs = cli(
        "convert", demo, tmp_path / "theirs.db", "--to", "mlflow", "--verify", "--format", "json", "--no-config"
    )
    assert ours.verified
    for document in (ours.to_dict(), theirs):
        document["target"]["path"] = ""
        document["written"]["places"] = []
    assert ours.to_dict() == theirs
    assert ours.points == sum(len(series) for series in telltale.read(demo).series)


def test_what_is_in_memory_is_converted(tmp_path):
    experiment = telltale.from_arrays({"loss": ([0, 5], [1.0, 0.5], [10.0, 11.0])}, params={"lr": 0.1})
    result = telltale.convert(experiment, tmp_path / "logs", to="tensorboard", verify=True)
    assert result.verified
    read = telltale.read(tmp_path / "logs")
    series = read.series[0]
    assert (series.tag, series.steps.tolist(), series.values.tolist()) == ("loss", [0, 5], [1.0, 0.5])


def test_dry_run_writes_nothing(demo, tmp_path):
    plan = telltale.convert(demo, tmp_path / "logs", to="mlruns", dry_run=True)
    assert plan.to_dict()["dry_run"]
    assert len(plan.to_dict()["runs"]) == len(telltale.read(demo).runs)
    assert not list(tmp_path.iterdir())


def test_errors(demo, tmp_path):
    with pytest.raises(telltale.TelltaleError, match=r"say which format|which format to write"):
        telltale.convert(demo, tmp_path / "what")
    with pytest.raises(telltale.TelltaleError, match="source"):
        telltale.convert(demo, demo, to="tensorboard")
    with pytest.raises(telltale.TelltaleError, match="source"):
        telltale.convert(telltale.read(demo), demo / "inside", to="tensorboard")


def test_rename_and_downsample(demo, tmp_path):
    telltale.convert(
        demo, tmp_path / "x", to="tensorboard", rename="^epoch_=", downsample="lttb:10", include="baseline"
    )
    read = telltale.read(tmp_path / "x")
    assert all(len(series) <= 10 for series in read.series)
    assert "loss" in read.runs[0].series


def test_the_package_starts_the_program():
    done = subprocess.run([sys.executable, "-m", "telltale", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"telltale {telltale.__version__}\n"
    done = subprocess.run(
        [sys.executable, "-m", "telltale", "rules", "-f", "json"], capture_output=True, text=True, check=True
    )
    assert len(json.loads(done.stdout)["rules"]) == len(telltale.rules())


def test_parquet_as_a_target_and_back(demo, tmp_path):
    pytest.importorskip("pyarrow")
    experiment = telltale.read(demo)
    result = telltale.convert(demo, tmp_path / "table.parquet")
    assert result.points == sum(len(series) for series in experiment.series)
    assert result.places == [str(tmp_path / "table.parquet")]
    back = telltale.read(tmp_path / "table.parquet")
    assert [(s.run, s.tag) for s in back.series] == [(s.run, s.tag) for s in experiment.series]
    for a, b in zip(back.series, experiment.series, strict=True):
        np.testing.assert_array_equal(a.steps, b.steps)
        np.testing.assert_array_equal(a.values, b.values)
        np.testing.assert_array_equal(a.wall_times, b.wall_times)
    telltale.convert(tmp_path / "table.parquet", tmp_path / "logs", to="tensorboard", verify=True)
    assert len(telltale.read(tmp_path / "logs").series) == len(experiment.series)
    assert [path.name for path in tmp_path.iterdir() if "tmp" in path.name] == []
