"""Writes the runs of this directory with W&B's own SDK, offline. Usage: make_run.py DIRECTORY"""
import os
import pathlib
import shutil
import sys

out = pathlib.Path(sys.argv[1]).resolve()
out.mkdir(parents=True, exist_ok=True)
private = {f"WANDB_{name}_DIR": str(out / f".{name.lower()}") for name in ("CACHE", "CONFIG", "DATA", "ARTIFACT")}
os.environ.update(private, WANDB_MODE="offline", WANDB_DIR=str(out), WANDB_SILENT="true", WANDB_DISABLE_GIT="true",
                  WANDB_DISABLE_CODE="true", WANDB_CONSOLE="off", WANDB_ERROR_REPORTING="false")

import wandb


def settings():
    return wandb.Settings(x_disable_stats=True, x_disable_meta=True, x_disable_machine_info=True, x_save_requirements=False)


def every_kind():
    """Each kind of value, axes, gaps."""
    with wandb.init(project="demo", id="everykind", name="every kind", group="g1", notes="first\nsecond", tags=["a", "b"], settings=settings(),
                    config={"lr": 0.1, "opt": {"name": "sgd", "betas": [0.9, 0.999]}, "epochs": 3, "amp": True, "none": None,
                            "seed": 2**60 + 1}) as run:
        run.define_metric("epoch")
        run.define_metric("val/*", step_metric="epoch")
        run.define_metric("loss", summary="min")
        run.define_metric("by_time", step_metric="_runtime")
        for i in range(5):
            run.log({"loss": 1 / (i + 1), "acc": i / 10, "big": 2**53 + 1, "nested": {"a": i, "b": {"c": i * 2}}, "nested.a": -i})
        run.log({"epoch": 1, "val/loss": 0.5})
        run.log({"epoch": 2.5})
        run.log({"val/loss": 0.25, "val/only": 1, "by_time": 7})
        run.log({"nan": float("nan"), "inf": float("inf"), "ninf": float("-inf"), "text": "words", "flag": True, "none": None})
        run.log({"x": 1.0}, commit=False)
        run.log({"y": 2.0})
        run.log({"zero": -0.0}, step=100)
        run.log({"z": 5e-324, "hist": wandb.Histogram([1, 2, 3, 3]), "list": [1, 2]})
        run.log({"dot.key": 1, "sl/ash": 2, "with space": 3, "验证": 4, "text": 5})
        run.summary["best"] = 0.25


def failed():
    with wandb.init(project="demo", id="failedrun", settings=settings()) as run:
        run.log({"loss": 1})
        run.finish(exit_code=3)


every_kind()
failed()
for name in private.values():
    shutil.rmtree(name, ignore_errors=True)
for log in (out / "wandb").glob("*"):
    if log.is_symlink() or not log.is_dir():
        log.unlink()
    else:
        for folder in ("logs", "tmp", "files"):
            shutil.rmtree(log / folder, ignore_errors=True)
