"""Arrow without a copy: the buffers that others get are the columns that were read."""

import gc

import numpy as np
import pytest
import telltale

pa = pytest.importorskip("pyarrow")


def pointers(table, column):
    return [chunk.buffers()[1].address for chunk in table.column(column).chunks]


def test_pyarrow_takes_the_columns_themselves(demo):
    experiment = telltale.read(demo)
    table = experiment.to_arrow()
    table.validate(full=True)
    assert pointers(table, "step") == [series.steps.ctypes.data for series in experiment.series]
    assert pointers(table, "wall_time") == [series.wall_times.ctypes.data for series in experiment.series]
    assert pointers(table, "value") == [series.values.ctypes.data for series in experiment.series]
    # Names are stored once a series, and all indices into them are the same zeros.
    assert len(set(pointers(table, "run")) | set(pointers(table, "tag"))) == 1


def test_the_table_is_that_of_pandas(demo):
    pd = pytest.importorskip("pandas")
    experiment = telltale.read(demo)
    ours, theirs = experiment.to_pandas(), experiment.to_arrow().to_pandas()
    for column in ("run", "tag"):
        assert ours[column].astype(str).tolist() == theirs[column].astype(str).tolist()
    pd.testing.assert_frame_equal(ours[["step", "wall_time", "value"]], theirs[["step", "wall_time", "value"]])


def test_a_series_is_a_struct_array(demo):
    series = telltale.read(demo).runs["baseline/train"].series["epoch_loss"]
    array = series.to_arrow()
    array.validate(full=True)
    assert array.field("value").buffers()[1].address == series.values.ctypes.data
    assert pa.schema(series).names == ["step", "wall_time", "value"]
    assert pa.record_batch(series).num_rows == len(series)


def test_polars_takes_the_columns_themselves(demo):
    pl = pytest.importorskip("polars")
    experiment = telltale.read(demo)
    frame = pl.DataFrame(experiment)
    assert frame.columns == ["run", "tag", "step", "wall_time", "value"]
    chunks = frame["value"].get_chunks()
    assert len(chunks) == len(experiment.series)
    for chunk, series in zip(chunks, experiment.series, strict=True):
        assert chunk.to_numpy(allow_copy=False).ctypes.data == series.values.ctypes.data
    one = frame.filter((pl.col("run") == "baseline/train") & (pl.col("tag") == "epoch_loss"))
    np.testing.assert_array_equal(one["value"], experiment.runs["baseline/train"].series["epoch_loss"].values)


def test_duckdb_asks_it_questions(demo):
    duckdb = pytest.importorskip("duckdb")
    experiment = telltale.read(demo)
    answer = duckdb.sql("""select run, max(step), count(*) from experiment
                            where tag = 'epoch_loss' group by run order by 1""")
    expected = sorted(
        (run.name, int(run.series["epoch_loss"].steps.max()), len(run.series["epoch_loss"]))
        for run in experiment.runs
        if "epoch_loss" in run.series
    )
    assert answer.fetchall() == expected


def test_tables_outlive_the_experiment(demo):
    experiment = telltale.read(demo)
    expected = [series.values.copy() for series in experiment.series]
    table = experiment.to_arrow()
    del experiment
    gc.collect()
    others = [telltale.read(demo) for _ in range(3)]
    for chunk, values in zip(table.column("value").chunks, expected, strict=True):
        np.testing.assert_array_equal(chunk.to_numpy(), values)
    del others


def test_capsules_that_nobody_takes_are_given_back(demo):
    experiment = telltale.read(demo)
    series = experiment.series[0]
    for _ in range(100):
        experiment.__arrow_c_stream__()
        series.__arrow_c_array__()
        series.__arrow_c_schema__()
    # A stream that is left half-way.
    reader = pa.RecordBatchReader.from_stream(experiment)
    first = reader.read_next_batch()
    del reader
    gc.collect()
    np.testing.assert_array_equal(first.column("value").to_numpy(), series.values)


def test_names_that_are_no_utf8_and_empty_series(hostile):
    table = telltale.from_arrays({hostile: [1.0], "empty": [], "日本": [2.0]}).to_arrow()
    table.validate(full=True)
    assert table.column("tag").to_pylist() == [hostile, "日本"]
    assert telltale.from_arrays({}).to_arrow().num_rows == 0
