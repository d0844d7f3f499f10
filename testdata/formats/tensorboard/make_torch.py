#!/usr/bin/env python3
"""Cases written by PyTorch's SummaryWriter, by tensorboardX and by Lightning. Usage: make_torch.py DIRECTORY"""

import pathlib
import sys
import warnings

import lightning
import numpy as np
import tensorboardX
import torch
from lightning.pytorch.loggers import TensorBoardLogger
from sklearn.datasets import load_digits
from torch.utils.data import DataLoader, TensorDataset
from torch.utils.tensorboard import SummaryWriter


def digits():
    x, y = load_digits(return_X_y=True)
    x, y = torch.tensor(x / 16, dtype=torch.float32), torch.tensor(y)
    return TensorDataset(x[:1200], y[:1200]), TensorDataset(x[1200:], y[1200:])


def torch_training(directory):
    """The loop of PyTorch's tutorials: Loss/train, Loss/val, Accuracy/val and lr by epoch, in one directory."""
    torch.manual_seed(0)
    train, validation = digits()
    model = torch.nn.Sequential(torch.nn.Linear(64, 24), torch.nn.ReLU(), torch.nn.Linear(24, 10))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    schedule = torch.optim.lr_scheduler.StepLR(optimizer, 8, 0.3)
    with SummaryWriter(str(directory)) as writer:
        step = 0
        for epoch in range(20):
            total = 0.0
            for x, y in DataLoader(train, 64, shuffle=True):
                loss = torch.nn.functional.cross_entropy(model(x), y)
                optimizer.zero_grad()
                loss.backward()
                norm = torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
                optimizer.step()
                total += loss.item() * len(x)
                if step % 10 == 0:
                    writer.add_scalar("Loss/train_step", loss.item(), step)
                    writer.add_scalar("grad_norm", norm.item(), step)
                step += 1
            with torch.no_grad():
                x, y = validation.tensors
                out = model(x)
                writer.add_scalar("Loss/train", total / len(train), epoch)
                writer.add_scalar("Loss/val", torch.nn.functional.cross_entropy(out, y).item(), epoch)
                writer.add_scalar("Accuracy/val", (out.argmax(1) == y).float().mean().item(), epoch)
            writer.add_scalar("lr", schedule.get_last_lr()[0], epoch)
            schedule.step()


def torch_add_scalars(directory):
    """add_scalars makes one sub-run for each curve: loss_train, loss_val."""
    with SummaryWriter(str(directory)) as writer:
        for step in range(10):
            writer.add_scalars("loss", {"train": 0.8**step, "val": 0.85**step + 0.02 * step}, step)
            writer.add_scalar("lr", 0.01, step)


def torch_add_hparams(directory):
    """add_hparams makes a sub-run named for the time of day."""
    with SummaryWriter(str(directory)) as writer:
        for step in range(5):
            writer.add_scalar("loss", 1 / (step + 1), step)
        writer.add_hparams({"lr": 0.1, "batch size": 64, "optimizer": "adam", "amsgrad": False},
                           {"hparam/accuracy": 0.9, "hparam/loss": 0.2})


def torch_purge_step(directory):
    """A job that died at step 9 and was resumed from its checkpoint at step 6, twice, with purge_step."""
    for attempt, start in enumerate((None, 6, 8)):
        with SummaryWriter(str(directory), purge_step=start, filename_suffix=f".{attempt}") as writer:
            for step in range(start or 0, 10):
                writer.add_scalar("loss", 100 * attempt + step, step)


def torch_media(directory):
    """Text, image, histogram, figure-like image, PR curve, embedding-free mesh and a custom scalar layout."""
    with SummaryWriter(str(directory)) as writer:
        writer.add_text("config", "lr: **0.1**", 0)
        writer.add_text("config", "lr: **0.01**", 5)
        writer.add_histogram("weights", np.linspace(-2, 2, 64), 0)
        writer.add_histogram("weights", np.linspace(-1, 1, 64), 1)
        writer.add_image("picture", np.zeros((3, 4, 4), np.uint8), 0)
        writer.add_pr_curve("pr", np.array([0, 1, 1, 0]), np.array([0.1, 0.8, 0.6, 0.4]), 0)
        writer.add_custom_scalars({"Losses": {"both": ["Multiline", ["loss/(train|val)"]]}})
        writer.add_scalar("loss/train", 1.0, 0, walltime=1700000000.25)
        writer.add_scalar("loss/train", 0.5, 1, walltime=1700000001.5)
        writer.add_scalar("loss/val", 1.25, 1, new_style=True)
        writer.add_scalar("double", 0.1, 1, new_style=True, double_precision=True)


class Classifier(lightning.LightningModule):
    def __init__(self, units):
        super().__init__()
        self.save_hyperparameters()
        self.net = torch.nn.Sequential(torch.nn.Linear(64, units), torch.nn.ReLU(), torch.nn.Linear(units, 10))

    def training_step(self, batch, _):
        loss = torch.nn.functional.cross_entropy(self.net(batch[0]), batch[1])
        self.log("train_loss", loss, on_step=True, on_epoch=True)
        return loss

    def validation_step(self, batch, _):
        out = self.net(batch[0])
        self.log("val_loss", torch.nn.functional.cross_entropy(out, batch[1]))
        self.log("val_acc", (out.argmax(1) == batch[1]).float().mean())

    def configure_optimizers(self):
        optimizer = torch.optim.SGD(self.parameters(), lr=0.2)
        return [optimizer], [torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.9)]


def lightning_logger(directory):
    """Lightning's Trainer with TensorBoardLogger and LearningRateMonitor: train_loss_step, train_loss_epoch, epoch, lr-SGD."""
    lightning.seed_everything(3)
    train, validation = digits()
    trainer = lightning.Trainer(max_epochs=12, logger=TensorBoardLogger(str(directory)), log_every_n_steps=10,
                                accelerator="cpu", enable_checkpointing=False, enable_progress_bar=False,
                                callbacks=[lightning.pytorch.callbacks.LearningRateMonitor()])
    trainer.fit(Classifier(16), DataLoader(train, 64, shuffle=True), DataLoader(validation, 597))


def tensorboardx_writer(directory):
    """tensorboardX: no process id in file names, add_scalars as nested directories, add_hparams, NaN."""
    with tensorboardX.SummaryWriter(str(directory)) as writer:
        for step in range(10):
            writer.add_scalar("train/loss", float("nan") if step == 7 else 0.9**step, step)
            writer.add_scalars("accuracy", {"train": step / 10, "val": step / 12}, step)
        writer.add_text("note", "# hi", 0)
        writer.add_histogram("weights", np.linspace(-2, 2, 64), 0)
        writer.add_image("picture", np.zeros((3, 4, 4), np.uint8), 0)
        writer.add_hparams({"lr": 0.1}, {"hp/acc": 0.5}, name="trial")


CASES = [torch_training, torch_add_scalars, torch_add_hparams, torch_purge_step, torch_media, lightning_logger,
         tensorboardx_writer]

if __name__ == "__main__":
    warnings.simplefilter("ignore")
    for case in CASES:
        case(pathlib.Path(sys.argv[1]) / case.__name__)
