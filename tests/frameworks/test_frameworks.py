"""Real, tiny trainings in Keras, Lightning and HuggingFace's Trainer: `make test-frameworks`."""

from __future__ import annotations

import os
import pathlib

os.environ.setdefault("KERAS_BACKEND", "torch")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import numpy as np
import pytest
import telltale
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

torch = pytest.importorskip("torch")


def annotated(log_dir: pathlib.Path) -> str:
    """The diagnosis as an unmodified TensorBoard reads it."""
    runs = [path.parent for path in log_dir.rglob("*.telltale_*")]
    assert runs, f"no annotation below {log_dir}"
    text = ""
    for run in runs:
        theirs = EventAccumulator(str(run)).Reload()
        for tag in theirs.Tags()["tensors"]:
            if tag.startswith("telltale/diagnosis"):
                text += theirs.Tensors(tag)[0].tensor_proto.string_val[0].decode()
    return text


def noise_that_can_only_be_memorised(samples: int = 24):
    rng = np.random.default_rng(0)
    x = rng.normal(size=(2 * samples, 20)).astype(np.float32)
    y = rng.integers(0, 2, size=2 * samples).astype(np.int64)
    return (x[:samples], y[:samples]), (x[samples:], y[samples:])


# --- Keras -----------------------------------------------------------------------------------------------------------


def keras_model(rate: float):
    keras = pytest.importorskip("keras")
    keras.utils.set_random_seed(0)
    model = keras.Sequential(
        [keras.layers.Input((20,)), keras.layers.Dense(128, "relu"), keras.layers.Dense(2, "softmax")]
    )
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def test_keras_finds_overfitting_and_annotates(tmp_path):
    import telltale.keras

    train, test = noise_that_can_only_be_memorised()
    callback = telltale.keras.TelltaleCallback(log_dir=tmp_path / "run", stop_on=["non-finite"])
    keras_model(0.01).fit(*train, validation_data=test, epochs=80, verbose=0, callbacks=[callback])
    assert "overfitting" in [finding.id for finding in callback.watcher.findings()]
    assert not callback.watcher.should_stop
    assert "overfitting" in annotated(tmp_path)


def test_keras_stops_at_nan(tmp_path):
    keras = pytest.importorskip("keras")
    import telltale.keras

    class Poison(keras.callbacks.Callback):
        def on_epoch_begin(self, epoch, logs=None):
            if epoch == 12:
                weights = self.model.layers[0].get_weights()
                weights[0][:] = np.nan
                self.model.layers[0].set_weights(weights)

    (x, y), test = noise_that_can_only_be_memorised()
    callback = telltale.keras.TelltaleCallback(stop_on=["non-finite"])
    history = keras_model(0.001).fit(
        x, y, validation_data=test, epochs=60, verbose=0, callbacks=[Poison(), callback]
    )
    assert 13 <= len(history.history["loss"]) <= 20
    assert callback.watcher.stop_reason.id == "non-finite"


# --- Lightning -------------------------------------------------------------------------------------------------------


def lightning_run(tmp_path, poison_at=None, logger=True, epochs=60):
    lightning = pytest.importorskip("lightning")
    from lightning.pytorch.loggers import TensorBoardLogger
    from torch.utils.data import DataLoader, TensorDataset

    import telltale.lightning

    class Model(lightning.LightningModule):
        def __init__(self):
            super().__init__()
            self.net = torch.nn.Sequential(torch.nn.Linear(20, 128), torch.nn.ReLU(), torch.nn.Linear(128, 2))

        def step(self, batch, name):
            x, y = batch
            loss = torch.nn.functional.cross_entropy(self.net(x), y)
            if poison_at is not None and self.current_epoch >= poison_at:
                loss = loss * float("nan")
            self.log(f"{name}_loss", loss, on_step=False, on_epoch=True)
            return loss

        def training_step(self, batch, _):
            return self.step(batch, "train")

        def validation_step(self, batch, _):
            self.step(batch, "val")

        def configure_optimizers(self):
            return torch.optim.Adam(self.parameters(), 0.01)

    torch.manual_seed(0)
    loaders = [DataLoader(TensorDataset(*map(torch.from_numpy, part)), 24) for part in noise_that_can_only_be_memorised()]
    callback = telltale.lightning.TelltaleCallback(stop_on=["non-finite"])
    trainer = lightning.Trainer(
        max_epochs=epochs,
        accelerator="cpu",
        logger=TensorBoardLogger(str(tmp_path)) if logger else False,
        callbacks=[callback],
        enable_checkpointing=False,
        enable_progress_bar=False,
        enable_model_summary=False,
        log_every_n_steps=1,
    )
    trainer.fit(Model(), *loaders)
    return callback, trainer


@pytest.mark.parametrize("logger", [True, False])
def test_lightning_finds_overfitting(tmp_path, logger):
    callback, trainer = lightning_run(tmp_path, logger=logger)
    assert "overfitting" in [finding.id for finding in callback.watcher.findings()]
    assert trainer.current_epoch == 60
    if logger:
        assert "overfitting" in annotated(tmp_path)


@pytest.mark.parametrize("logger", [True, False])
def test_lightning_stops_at_nan(tmp_path, logger):
    callback, trainer = lightning_run(tmp_path, poison_at=12, logger=logger)
    assert 12 < trainer.current_epoch <= 20
    assert callback.watcher.stop_reason.id == "non-finite"


# --- HuggingFace -----------------------------------------------------------------------------------------------------


def hugging_face_run(tmp_path, poison_at=None, epochs=60):
    transformers = pytest.importorskip("transformers")
    import telltale.transformers

    class Model(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.net = torch.nn.Sequential(torch.nn.Linear(20, 128), torch.nn.ReLU(), torch.nn.Linear(128, 2))
            self.calls = 0

        def forward(self, x=None, labels=None):
            logits = self.net(x)
            loss = torch.nn.functional.cross_entropy(logits, labels)
            if self.training:
                self.calls += 1
                if poison_at is not None and self.calls > poison_at:
                    loss = loss * float("nan")
            return {"loss": loss, "logits": logits}

    (x, y), (x2, y2) = noise_that_can_only_be_memorised()
    torch.manual_seed(0)
    callback = telltale.transformers.TelltaleCallback(stop_on=["non-finite"], log_dir=tmp_path / "logs")
    trainer = transformers.Trainer(
        model=Model(),
        args=transformers.TrainingArguments(
            output_dir=str(tmp_path / "out"),
            num_train_epochs=epochs,
            per_device_train_batch_size=24,
            learning_rate=0.01,
            lr_scheduler_type="constant",
            logging_strategy="epoch",
            logging_nan_inf_filter=False,
            eval_strategy="epoch",
            save_strategy="no",
            report_to=[],
            use_cpu=True,
            disable_tqdm=True,
        ),
        train_dataset=[{"x": a, "labels": int(b)} for a, b in zip(x, y, strict=True)],
        eval_dataset=[{"x": a, "labels": int(b)} for a, b in zip(x2, y2, strict=True)],
        callbacks=[callback],
    )
    trainer.train()
    return callback, trainer


def test_hugging_face_finds_overfitting_and_annotates(tmp_path):
    callback, _ = hugging_face_run(tmp_path)
    assert "overfitting" in [finding.id for finding in callback.watcher.findings()]
    assert "overfitting" in annotated(tmp_path / "logs")
    assert callback.watcher.experiment().runs[0].params["batch_size"] == 24


def test_hugging_face_stops_at_nan(tmp_path):
    callback, trainer = hugging_face_run(tmp_path, poison_at=12)
    assert 12 < trainer.state.epoch <= 20
    assert callback.watcher.stop_reason.id == "non-finite"
