import gc
import pathlib
import shutil

import numpy as np
import pytest
import telltale
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.compat.proto.summary_pb2 import Summary
from tensorboard.summary.writer.event_file_writer import EventFileWriter


def test_reads_what_tensorboard_reads(demo):
    experiment = telltale.read(demo)
    compared = 0
    for run in experiment.runs:
        theirs = EventAccumulator(str(demo / run.name), size_guidance={"scalars": 0, "tensors": 0}).Reload()
        for tag, series in run.series.items():
            if tag in theirs.Tags()["scalars"]:
                points = [(event.step, event.wall_time, event.value) for event in theirs.Scalars(tag)]
            else:
                points = [
                    (event.step, event.wall_time, float(np.frombuffer(event.tensor_proto.tensor_content, "<f4")[0]))
                    if event.tensor_proto.tensor_content
                    else (event.step, event.wall_time, event.tensor_proto.float_val[0])
                    for event in theirs.Tensors(tag)
                ]
            assert series.steps.tolist() == [point[0] for point in points]
            np.testing.assert_array_equal(series.wall_times, [point[1] for point in points])
            np.testing.assert_array_equal(series.values, np.array([point[2] for point in points], np.float32))
            compared += len(points)
    assert compared > 1000


def test_runs_and_series_are_found_by_name(demo):
    experiment = telltale.read(demo)
    run = experiment.runs["baseline/train"]
    assert experiment.format == "tensorboard"
    assert experiment.path == str(demo)
    assert run is experiment.runs[[each.name for each in experiment.runs].index("baseline/train")]
    series = run.series["epoch_loss"]
    assert (series.tag, series.run, len(series)) == ("epoch_loss", "baseline/train", 60)
    assert series.role == telltale.Role("train", "loss", "lower", "loss")
    with pytest.raises(KeyError):
        run.series["no such tag"]
    with pytest.raises(KeyError):
        experiment.runs["no such run"]
    with pytest.raises(IndexError):
        experiment.runs[1000]


def test_training_runs_say_why_they_are_one(demo):
    by_name = {run.name: run for run in telltale.read(demo).training_runs()}
    baseline = by_name["baseline"]
    assert [run.name for run in baseline.runs] == ["baseline/train", "baseline/validation"]
    assert baseline.grouped_because
    roles = {(series.run, series.tag): role for series, role in baseline.series}
    assert roles["baseline/validation", "epoch_loss"].split == "validation"
    assert len(telltale.read(demo).training_runs(group=False)) == len(telltale.read(demo).runs)


def test_arrays_are_views_that_cannot_be_written(demo):
    series = telltale.read(demo).runs["baseline/train"].series["epoch_loss"]
    for array, dtype in ((series.steps, np.int64), (series.wall_times, np.float64), (series.values, np.float64)):
        assert array.dtype == dtype
        assert not array.flags.writeable
        assert not array.flags.owndata
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0
    # Asked twice: the same memory, hence no copy.
    assert series.values.ctypes.data == series.values.ctypes.data
    again = telltale.read(demo).runs["baseline/train"].series["epoch_loss"]
    assert again.values.ctypes.data != series.values.ctypes.data


def test_arrays_outlive_what_they_came_from(demo):
    values = telltale.read(demo).runs["baseline/train"].series["epoch_loss"].values
    expected = values.copy()
    gc.collect()
    others = [telltale.read(demo) for _ in range(3)]  # would reuse freed memory
    np.testing.assert_array_equal(values, expected)
    del others


def test_include_and_exclude(demo):
    some = telltale.read(demo, include=["^baseline"], exclude="accuracy")
    assert {run.name for run in some.runs} == {"baseline/train", "baseline/validation"}
    assert all("accuracy" not in tag for run in some.runs for tag in run.series)
    with pytest.raises(telltale.TelltaleError, match="include"):
        telltale.read(demo, include="(")


def test_jobs_do_not_change_the_result(demo):
    one, many = telltale.read(demo, jobs=1), telltale.read(demo, jobs=8)
    for a, b in zip(one.series, many.series, strict=True):
        assert (a.run, a.tag) == (b.run, b.tag)
        np.testing.assert_array_equal(a.values, b.values)


def test_paths_may_be_of_every_kind(demo, tmp_path):
    odd = tmp_path / "näme \udcff"
    shutil.copytree(demo / "baseline", odd)
    for path in (odd, str(odd), bytes(odd)):
        experiment = telltale.read(path)
        assert len(experiment.runs) == 2
        assert experiment.path == str(odd)
        assert pathlib.Path(experiment.runs[0].path).exists()


def test_errors_name_path_and_cause(tmp_path):
    with pytest.raises(telltale.TelltaleError) as caught:
        telltale.read(tmp_path / "nothing")
    assert caught.value.path == str(tmp_path / "nothing")
    assert caught.value.cause == "cannot open: No such file or directory"
    assert caught.value.offset is None
    assert caught.value.code == "NOT_FOUND"
    with pytest.raises(telltale.TelltaleError, match=r"no event files|no known format"):
        telltale.read(tmp_path)
    with pytest.raises(telltale.TelltaleError, match="no format is called 'tensorbord'"):
        telltale.read(tmp_path, format="tensorbord")


def test_damage_is_a_problem_with_its_place_and_no_error(demo, tmp_path):
    shutil.copytree(demo / "baseline" / "train", tmp_path / "train")
    file = next((tmp_path / "train").iterdir())
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(content)
    experiment = telltale.read(tmp_path)
    assert len(experiment.problems) == 1
    problem = experiment.problems[0]
    assert problem.path == str(file)
    assert problem.begin <= len(content) // 2 < problem.end
    assert problem.is_damage
    assert problem.records_lost == 1


def test_from_arrays_takes_what_people_have():
    pandas = pytest.importorskip("pandas")
    experiment = telltale.from_arrays(
        {
            "list": [3, 2, 1],
            "pair": ([0, 10, 20], np.array([1.0, 2.0, 3.0], np.float32)),
            "triple": ([0, 1], [1.0, 2.0], [100.0, 101.0]),
            "pandas": pandas.Series([5.0, 6.0], index=[7, 9]),
        },
        params={"batch_size": 32, "name": "x", "on": True},
    )
    series = experiment.runs[0].series
    assert series["list"].steps.tolist() == [0, 1, 2]
    assert series["pair"].steps.tolist() == [0, 10, 20]
    assert series["triple"].wall_times.tolist() == [100.0, 101.0]
    assert series["pandas"].steps.tolist() == [7, 9]
    assert experiment.runs[0].params == {"batch_size": 32.0, "name": "x", "on": True}
    frame = telltale.from_arrays(pandas.DataFrame({"loss": [1.0, 0.5], "val_loss": [1.0, 0.7]}, index=[1, 2]))
    assert frame.runs[0].series["val_loss"].steps.tolist() == [1, 2]
    two = telltale.from_arrays({"train": {"loss": [1.0]}, "validation": {"loss": [1.0]}})
    assert [run.name for run in two.runs] == ["train", "validation"]
    assert len(telltale.from_arrays({}).series) == 0
    assert len(telltale.from_arrays({"empty": []}).series[0].values) == 0


@pytest.mark.parametrize(
    ("points", "why"),
    [
        (([0, 1], [1.0]), "differ in length"),
        (([0.5, 1], [1.0, 2.0]), "whole numbers"),
        (([float("nan")], [1.0]), "whole numbers"),
        (np.zeros((2, 2)), "2-dimensional"),
        (([1e300], [1.0]), "64-bit"),
    ],
)
def test_from_arrays_refuses_what_makes_no_series(points, why):
    with pytest.raises(ValueError, match=why):
        telltale.from_arrays({"loss": points})


def test_to_pandas_is_one_long_table(demo):
    pytest.importorskip("pandas")
    experiment = telltale.read(demo)
    table = experiment.to_pandas()
    assert list(table.columns) == ["run", "tag", "step", "wall_time", "value"]
    assert len(table) == sum(len(series) for series in experiment.series)
    one = table[(table.run == "baseline/train") & (table.tag == "epoch_loss")]
    series = experiment.runs["baseline/train"].series["epoch_loss"]
    np.testing.assert_array_equal(one.value, series.values)
    np.testing.assert_array_equal(one.step, series.steps)
    assert list(series.to_pandas().columns) == ["step", "wall_time", "value"]
    assert len(telltale.from_arrays({}).to_pandas()) == 0


def write(writer, step, value):
    summary = Summary(value=[Summary.Value(tag="loss", simple_value=value)])
    writer.add_event(Event(wall_time=1.7e9 + step, step=step, summary=summary))
    writer.flush()


def columns(experiment):
    return {
        (run.name, tag): (series.steps.tolist(), series.values.tolist(), series.wall_times.tolist())
        for run in experiment.runs
        for tag, series in run.series.items()
    }


def test_a_follower_reads_what_is_new(tmp_path):
    path = tmp_path / "logs"
    with pytest.raises(telltale.TelltaleError, match="No such file"):
        telltale.Follower(path).read()
    writer = EventFileWriter(str(path / "a"))
    follower = telltale.Follower(path)
    for step in range(5):
        write(writer, step, 1 / (step + 1))
    first = follower.read()
    assert columns(first) == columns(telltale.read(path))
    assert follower.read() is first, "nothing is new"
    old = first.runs["a"].series["loss"].values
    for step in range(5, 900):
        write(writer, step, 1 / (step + 1))
    write(EventFileWriter(str(path / "b")), 0, 2.0)
    second = follower.read()
    assert second is not first
    assert columns(second) == columns(telltale.read(path))
    assert old.tolist() == pytest.approx([1, 1 / 2, 1 / 3, 1 / 4, 1 / 5]), "what was given out does not change"
    assert len(first.runs) == 1
    shutil.rmtree(path / "a")
    assert columns(follower.read()) == columns(telltale.read(path))


def test_a_follower_of_nothing_says_what_is_missing(tmp_path):
    with pytest.raises(telltale.TelltaleError, match="event file"):
        telltale.Follower(tmp_path).read()
