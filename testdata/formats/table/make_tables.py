"""Writes the tables of this directory with the programs that they are of. Usage: make_tables.py DIRECTORY"""
import csv
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time
import urllib.parse
import urllib.request

os.environ.update(KERAS_BACKEND="torch", CUDA_VISIBLE_DEVICES="", DVC_NO_ANALYTICS="1", DVCLIVE_LOGLEVEL="ERROR")

import keras
import lightning
import numpy as np
import pandas
import torch
import transformers
from dvclive import Live
from lightning.pytorch.loggers import CSVLogger
from torch.utils.data import DataLoader, TensorDataset
from torch.utils.tensorboard import SummaryWriter

out = pathlib.Path(sys.argv[1]).resolve()
rng = np.random.default_rng(0)
X, Y = rng.normal(size=(64, 4)).astype(np.float32), rng.integers(0, 2, size=64)


def keras_csv():
    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(8, "relu"), keras.layers.Dense(2, "softmax")])
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    for append in (False, True):  # a second training goes on in the same file
        logger = keras.callbacks.CSVLogger(out / "keras" / "training.log.csv", append=append)
        model.fit(X, Y, validation_split=0.25, epochs=4, verbose=0, callbacks=[logger])


class Model(lightning.LightningModule):
    def __init__(self, width=8, rate=0.01):
        super().__init__()
        self.save_hyperparameters()
        self.net = torch.nn.Sequential(torch.nn.Linear(4, width), torch.nn.ReLU(), torch.nn.Linear(width, 2))

    def loss(self, batch, name):
        loss = torch.nn.functional.cross_entropy(self.net(batch[0]), batch[1])
        self.log(f"{name}_loss", loss, on_step=name == "train", on_epoch=True)
        return loss

    def training_step(self, batch, _):
        return self.loss(batch, "train")

    def validation_step(self, batch, _):
        self.loss(batch, "val")

    def configure_optimizers(self):
        return torch.optim.Adam(self.parameters(), self.hparams.rate)


def lightning_csv():
    for seed in range(2):
        torch.manual_seed(seed)
        data = TensorDataset(torch.from_numpy(X), torch.from_numpy(Y))
        trainer = lightning.Trainer(max_epochs=3, accelerator="cpu", logger=CSVLogger(out / "lightning", name="logs"), enable_checkpointing=False,
                                    enable_progress_bar=False, enable_model_summary=False, log_every_n_steps=1)
        trainer.fit(Model(rate=0.01 * (seed + 1)), DataLoader(data, 16), DataLoader(data, 32))


def trainer_state():
    torch.manual_seed(0)

    class Net(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.net = torch.nn.Linear(4, 2)

        def forward(self, x, labels):
            logits = self.net(x)
            return {"loss": torch.nn.functional.cross_entropy(logits, labels), "logits": logits}

    data = [{"x": torch.from_numpy(x), "labels": int(y)} for x, y in zip(X, Y)]
    arguments = transformers.TrainingArguments(output_dir=out / "trainer", num_train_epochs=3, per_device_train_batch_size=8, logging_steps=4,
                                               eval_strategy="epoch", save_strategy="epoch", report_to=[], disable_tqdm=True, use_cpu=True)
    transformers.Trainer(Net(), arguments, train_dataset=data, eval_dataset=data).train()
    for file in sorted((out / "trainer").rglob("*")):
        if file.is_file() and file.name != "trainer_state.json":
            file.unlink()


def dvclive():
    with Live(str(out / "dvclive" / "run"), save_dvc_exp=False, dvcyaml=None, report=None) as live:
        live.log_params({"rate": 0.1, "layers": [8, 2], "opt": {"name": "adam"}})
        for step in range(5):
            live.log_metric("train/loss", 1 / (step + 1))
            live.log_metric("val/loss", float("nan") if step == 4 else 1.5 / (step + 1))
            live.next_step()


def tensorboard_downloads():
    logs = out / ".logs"
    with SummaryWriter(logs / "a" / "b") as writer:
        for step in range(6):
            writer.add_scalar("loss/train", 1 / (step + 1), step * 10, walltime=1700000000.25 + step)
    server = subprocess.Popen([sys.executable, "-m", "tensorboard.main", "--logdir", logs, "--port", "6399", "--load_fast=false"], stderr=subprocess.DEVNULL)
    folder = out / "tensorboard"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        for form in ("csv", "json"):
            query = urllib.parse.urlencode({"run": "a/b", "tag": "loss/train", "format": form})
            for _ in range(200):
                try:
                    body = urllib.request.urlopen(f"http://localhost:6399/data/plugin/scalars/scalars?{query}").read()
                    break
                except OSError:
                    time.sleep(0.2)
            # The name that the page's link gives the file.
            (folder / form).mkdir(exist_ok=True)
            (folder / form / f"run-a_b-tag-loss_train.{form}").write_bytes(body)
    finally:
        server.terminate()
        server.wait()
    shutil.rmtree(logs)


def frames():
    folder = out / "pandas"
    folder.mkdir(parents=True, exist_ok=True)
    frame = pandas.DataFrame({"step": range(5), "train/loss": [1, 0.5, float("nan"), 0.25, float("inf")], "val/loss": [1.5, None, 1.25, None, 1.125]})
    frame.to_csv(folder / "wide.csv")
    frame.to_csv(folder / "wide.tsv", index=False, sep="\t")
    frame.to_csv(folder / "semicolons.csv", index=False, sep=";", quoting=csv.QUOTE_NONNUMERIC)
    long = frame.melt("step", var_name="tag").dropna()
    long.insert(0, "run", ["first" if tag.startswith("train") else "second, of two" for tag in long.tag])
    long.to_csv(folder / "long.csv", index=False)
    long.to_json(folder / "long.jsonl", orient="records", lines=True)
    frame.to_json(folder / "records.json", orient="records")
    with open(folder / "rows.jsonl", "w") as file:
        for row in frame.to_dict("records"):
            print(json.dumps(row), file=file)


for make in (keras_csv, lightning_csv, trainer_state, dvclive, tensorboard_downloads, frames):
    make_dir = out / {"keras_csv": "keras"}.get(make.__name__, ".")
    make_dir.mkdir(parents=True, exist_ok=True)
    make()
for file in out.rglob("*"):
    if file.is_file() and file.stat().st_size == 0:
        file.unlink()
