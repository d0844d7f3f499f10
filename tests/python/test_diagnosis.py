import html.parser
import json
import math
import os
import shutil

import numpy as np
import pytest
import telltale


def overfitting(points=60):
    steps = np.arange(points)
    train = np.exp(-steps / 12) + 0.02
    return {"loss": train, "val_loss": np.where(steps < 15, train + 0.05, 0.35 + 0.02 * (steps - 15))}


@pytest.mark.parametrize("where", ["demo", "demo/baseline", "demo/tiny-trainset/train", "faultbench/runs", "formats"])
def test_is_the_command_lines_json(testdata, cli, where):
    path = testdata / where
    format = {"format": "tensorboard"} if where == "formats" else {}
    flags = ["--from", "tensorboard"] if where == "formats" else []
    expected = cli("diagnose", path, "--format", "json", "--no-config", *flags)
    diagnosis = telltale.diagnose(path, **format)
    assert diagnosis.to_dict() == expected
    assert telltale.diagnose(telltale.read(path, **format), jobs=1).to_dict() == expected
    assert json.loads(diagnosis.to_json()) == expected
    assert expected["training_runs"]


def test_options_are_the_command_lines(demo, cli, tmp_path):
    config = tmp_path / "telltale.yaml"
    config.write_text("disable: [non-finite]\nparams: {batch_size: 8}\nsuppress: [{id: overfitting, reason: known}]\n")
    expected = cli(
        *("diagnose", demo, "--format", "json", "--config", config, "--no-group"),
        *("--role", "epoch_accuracy=train:loss", "--param", "batch_size=32", "--include", "baseline|tiny"),
    )
    diagnosis = telltale.diagnose(
        demo,
        config=config,
        group=False,
        roles={"epoch_accuracy": "train:loss"},
        params={"batch_size": 32},
        include="baseline|tiny",
    )
    assert diagnosis.to_dict() == expected
    as_mapping = {"disable": ["non-finite"], "params": {"batch_size": 8}}
    assert "non-finite" not in [f.id for f in telltale.diagnose(demo, config=as_mapping).findings]
    assert "non-finite" not in [f.id for f in telltale.diagnose(demo, disable=["non-finite"]).findings]
    assert "non-finite" in [f.id for f in telltale.diagnose(demo).findings]


def test_configuration_that_is_wrong_is_an_error(demo, tmp_path):
    config = tmp_path / "telltale.yaml"
    config.write_text("disable: [non-finite]\nrulez: {}\n")
    with pytest.raises(telltale.TelltaleError, match=r"telltale\.yaml:2"):
        telltale.diagnose(demo, config=config)
    with pytest.raises(telltale.TelltaleError, match="no-such-rule"):
        telltale.diagnose(demo, disable=["no-such-rule"])
    with pytest.raises(FileNotFoundError):
        telltale.diagnose(demo, config=tmp_path / "none.yaml")
    with pytest.raises(TypeError, match="cannot diagnose int"):
        telltale.diagnose(3)


def test_arrays_are_diagnosed():
    diagnosis = telltale.diagnose(overfitting())
    run = diagnosis.training_runs[0]
    assert run.verdict == "failing"
    finding = next(finding for finding in run.findings if finding.id == "overfitting")
    assert finding.severity == "error"
    assert 12 <= finding.first_step <= 18
    assert 0 < finding.confidence <= 1
    assert finding.remedies
    assert all(math.isfinite(evidence.value) for evidence in finding.evidence)
    assert run.best_checkpoint.step == finding.first_step
    assert run.not_assessable
    healthy = telltale.diagnose({"loss": np.exp(-np.arange(60) / 20), "val_loss": np.exp(-np.arange(60) / 20) * 1.02})
    assert "overfitting" not in [f.id for f in healthy.findings]


def test_numbers_that_are_not_finite_come_back_as_numbers():
    diagnosis = telltale.diagnose({"loss": [1.0, 0.5, float("nan"), float("inf")] * 4})
    assert json.dumps(diagnosis.to_dict(), allow_nan=False)
    assert all(isinstance(evidence.value, float) for f in diagnosis.findings for evidence in f.evidence)


class Tags(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen, self.text = set(), []

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        assert not [name for name, _ in attrs if name.startswith("on") or name in ("src", "href")]

    def handle_data(self, data):
        self.text.append(data)


def test_html_shows_hostile_names_and_does_not_run_them(hostile):
    arrays = {hostile + "/loss": overfitting()["loss"], hostile + "/val_loss": [1.0, float("nan")] * 30}
    diagnosis = telltale.diagnose(telltale.from_arrays(arrays, name=hostile))
    assert diagnosis.findings
    page = diagnosis._repr_html_()
    tags = Tags()
    tags.feed(page)
    assert tags.seen <= {"div", "p", "b", "span", "details", "summary", "code", "table", "tr", "td", "ol", "ul", "li"}
    assert "<img src=x onerror=alert(1)>" in "".join(tags.text)
    assert "\u202e" not in page
    assert "\x1b" not in page
    assert "`" in diagnosis._repr_markdown_()  # names are code spans there


def test_markdown_is_the_command_lines(demo, cli):
    import subprocess

    done = subprocess.run(
        [os.environ["TELLTALE"], "diagnose", str(demo), "--format", "markdown", "--no-config"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert telltale.diagnose(demo).to_markdown() == done.stdout


def test_rules_are_the_command_lines(cli):
    expected = {rule["id"]: rule for rule in cli("rules", "--format", "json")["rules"]}
    assert [rule.id for rule in telltale.rules()] == sorted(expected)
    for rule in telltale.rules():
        assert (rule.severity, rule.summary) == (expected[rule.id]["severity"], expected[rule.id]["summary"])
        assert "## What it finds" in rule.doc
        assert all(param.min <= param.value <= param.max for param in rule.params)


def test_annotations_are_the_command_lines(demo, cli, tmp_path):
    result = telltale.annotate(demo, tmp_path / "ours")
    expected = cli("annotate", demo, "--out", tmp_path / "theirs", "--format", "json", "--no-config")
    assert not result.failures
    for ours, theirs in zip(result.to_dict()["annotations"], expected["annotations"], strict=True):
        assert ours["name"] == theirs["name"]
        with open(ours["file"], "rb") as a, open(theirs["file"], "rb") as b:
            assert a.read() == b.read()
    again = telltale.diagnose(demo).annotate(tmp_path / "ours")
    assert {each["outcome"] for each in again.to_dict()["annotations"]} == {"unchanged"}
    assert len(result.files) == len(telltale.diagnose(demo).training_runs)


def test_groups(testdata):
    rng = np.random.default_rng(1)
    seeds = {}
    for seed in range(4):
        curve = np.exp(-np.arange(80) / 15) + 0.01 * rng.normal(size=80)
        seeds[f"model-seed{seed}"] = {"train/loss": curve, "val/loss": curve + 0.05}
    diagnosis = telltale.diagnose(seeds)
    assert [group.kind for group in diagnosis.groups] == ["seeds"]
    assert len(diagnosis.groups[0].training_runs) == 4


def test_an_earlier_diagnosis_changes_nothing_but_the_work(demo, tmp_path):
    logs = shutil.copytree(demo, tmp_path / "logs")
    earlier = telltale.diagnose(logs)
    assert telltale.diagnose(logs, earlier=earlier).to_dict() == earlier.to_dict()
    shutil.rmtree(logs / "baseline")
    shutil.copytree(demo / "hot-learning-rate", logs / "baseline")
    again = telltale.diagnose(logs, earlier=earlier)
    assert again.to_dict() == telltale.diagnose(logs).to_dict()
    assert again.to_dict() != earlier.to_dict()
    other = telltale.diagnose(logs, earlier=again, disable=["divergence"])
    assert other.to_dict() == telltale.diagnose(logs, disable=["divergence"]).to_dict()
