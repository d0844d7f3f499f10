"""Runs that lie elsewhere, on executors of the standard library."""

import concurrent.futures

import pytest
from telltale import remote

fsspec = pytest.importorskip("fsspec")
RUNS = ("baseline", "tiny-trainset")


def test_the_same_on_every_executor(demo):
    urls = [str(demo / name) for name in RUNS]
    here = remote.diagnose(urls)
    assert here.column("training_run").to_pylist() == list(RUNS)
    assert here.column("findings").to_pylist()[1][0]["id"] == "overfitting"
    with concurrent.futures.ThreadPoolExecutor(2) as threads:
        assert remote.diagnose(urls, executor=threads) == here
    with concurrent.futures.ProcessPoolExecutor(1) as processes:
        assert remote.diagnose([f"file://{url}" for url in urls], executor=processes).select([1, 3, 4]) == here.select(
            [1, 3, 4]
        )


def test_memory_travels_with_the_task(demo):
    memory = fsspec.filesystem("memory")
    memory.put(str(demo / "baseline") + "/", "/test_remote/baseline", recursive=True)
    with concurrent.futures.ProcessPoolExecutor(1) as processes:
        table = remote.diagnose(["memory://test_remote/baseline"], executor=processes)
    assert table.column("verdict").to_pylist() == ["healthy"]
    with pytest.raises(ValueError, match="memory"):
        remote.convert(["memory://test_remote/baseline"], "memory://out", to="csv")


def test_what_cannot_be_read_is_a_row(demo, tmp_path):
    rows = remote.diagnose([str(tmp_path / "absent"), str(demo / "baseline")]).to_pylist()
    assert str(tmp_path / "absent") in rows[0]["error"]
    assert rows[0]["verdict"] is None
    assert rows[1]["error"] is None


@pytest.mark.parametrize("name", ["../up", "a/../../up", "/etc/passwd", "a\0b"])
def test_no_object_leads_out_of_the_copy(name, tmp_path):
    with (
        pytest.raises(ValueError, match="leads out"),
        remote.local_copy(("memory://x/logs", {}, {name: b"data"})),
    ):
        pass
    assert not (tmp_path.parent / "up").exists()


def test_converts_and_names_apart(demo, tmp_path):
    for where in ("a", "b"):
        (tmp_path / where).symlink_to(demo)
    urls = [str(tmp_path / where / "baseline") for where in ("a", "b")]
    rows = remote.convert(urls, str(tmp_path / "out"), to="csv").to_pylist()
    assert [row["error"] for row in rows] == [None, None]
    assert sorted(path.name for path in (tmp_path / "out").glob("*.csv")) == ["baseline-2.csv", "baseline.csv"]
    assert rows[0]["points"] == rows[1]["points"] > 0
