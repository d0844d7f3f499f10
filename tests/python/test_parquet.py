import datetime
import decimal

import numpy as np
import pytest
import telltale

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")


def test_wandb_history_export(tmp_path):
    file = tmp_path / "me_project_abc123_0.runhistory.parquet"
    pq.write_table(
        pa.table(
            {
                "_step": pa.array([0, 1, 2], pa.int64()),
                "_timestamp": [1700000000.5, 1700000001.5, 1700000002.5],
                "_runtime": [0.5, 1.5, 2.5],
                "loss": [1.0, None, 0.5],
                "val": pa.array([{"loss": None}, {"loss": 0.9}, {"loss": float("nan")}]),
                "note": ["a", "b", "c"],
            }
        ),
        file,
    )
    experiment = telltale.read(file)
    assert experiment.format == "parquet"
    assert [run.name for run in experiment.runs] == ["me_project_abc123_0"]
    series = experiment.runs[0].series
    assert set(series) == {"loss", "val.loss"}
    assert series["loss"].steps.tolist() == [0, 2]
    assert series["loss"].wall_times.tolist() == [1700000000.5, 1700000002.5]
    assert series["val.loss"].steps.tolist() == [1, 2]
    np.testing.assert_array_equal(series["val.loss"].values, [0.9, np.nan])
    assert [run.name for run in telltale.read(tmp_path).runs] == ["me_project_abc123_0"]


def neptune_table():
    step = pa.decimal128(18, 6)
    when = [
        datetime.datetime(2025, 1, 1, tzinfo=datetime.timezone.utc) + datetime.timedelta(seconds=i) for i in range(6)
    ]
    return pa.table(
        {
            "project_id": ["p"] * 6,
            "run_id": ["R-1"] * 5 + ["R-2"],
            "attribute_path": ["train/loss", "train/loss", "epoch", "lr", "sys/owner", "train/loss"],
            "attribute_type": ["float_series", "float_series", "float_series", "float", "string", "float_series"],
            "step": pa.array(
                [decimal.Decimal("0.5"), decimal.Decimal("1.25"), decimal.Decimal(3), None, None, decimal.Decimal(7)],
                step,
            ),
            "timestamp": pa.array(when, pa.timestamp("ms", tz="UTC")),
            "int_value": pa.array([None] * 6, pa.int64()),
            "float_value": [1.0, 0.5, 1.0, 0.001, None, 0.25],
            "string_value": [None, None, None, None, "me", None],
            "bool_value": pa.array([None] * 6, pa.bool_()),
        }
    )


def test_neptune_exporter(tmp_path):
    folder = tmp_path / "data" / "project"
    folder.mkdir(parents=True)
    pq.write_table(neptune_table(), folder / "R_part_0.parquet", row_group_size=2)
    experiment = telltale.read(tmp_path)
    assert [run.name for run in experiment.runs] == ["R-1", "R-2"]
    loss = experiment.runs["R-1"].series["train/loss"]
    # Fractional steps are an axis; the points keep their order.
    assert (loss.axis, loss.axis_values.tolist(), loss.steps.tolist()) == ("step", [0.5, 1.25], [0, 1])
    assert loss.values.tolist() == [1.0, 0.5]
    assert loss.wall_times.tolist() == [1735689600.0, 1735689601.0]
    assert experiment.runs["R-1"].series["epoch"].steps.tolist() == [3]
    assert experiment.runs["R-1"].params == {"lr": 0.001}
    assert experiment.runs["R-2"].series["train/loss"].steps.tolist() == [7]


@pytest.mark.parametrize("dictionary", [True, False])
def test_long_tables(tmp_path, dictionary):
    tag = pa.array(["loss", "acc", "loss", "acc"])
    table = pa.table(
        {"tag": tag.dictionary_encode() if dictionary else tag, "step": [0, 0, 1, 1], "value": [1, 2, 3, 4]}
    )
    pq.write_table(table, tmp_path / "x.parquet")
    series = telltale.read(tmp_path / "x.parquet").runs["x"].series
    assert series["loss"].values.tolist() == [1.0, 3.0]
    assert series["acc"].values.tolist() == [2.0, 4.0]
    assert np.isnan(series["acc"].wall_times).all()


def test_selection_and_parameters_come_through(tmp_path):
    experiment = telltale.from_arrays(
        {"loss": [1.0, 0.5], "acc": [0.1, 0.2]}, params={"lr": 0.1, "opt": "adam", "amp": True}
    )
    experiment.to_parquet(tmp_path / "x.parquet")
    back = telltale.read(tmp_path / "x.parquet", include="loss")
    assert set(back.runs[0].series) == {"loss"}
    assert back.runs[0].params == {"lr": 0.1, "opt": "adam", "amp": True}
    with pytest.raises(telltale.TelltaleError, match="include"):
        telltale.read(tmp_path / "x.parquet", include="(")


def test_errors_name_the_file(tmp_path):
    bad = tmp_path / "bad.parquet"
    bad.write_bytes(b"PAR1 this is not one")
    with pytest.raises(telltale.TelltaleError) as caught:
        telltale.read(bad)
    assert caught.value.path == str(bad)
    pq.write_table(pa.table({"a": ["x"]}), bad)
    with pytest.raises(telltale.TelltaleError, match="no column of steps"):
        telltale.read(bad)
    with pytest.raises(telltale.TelltaleError):
        telltale.from_arrays({"loss": [1.0]}).to_parquet(tmp_path / "no" / "such" / "folder.parquet")
