"""A callback for PyTorch Lightning (`pip install telltale[lightning]`).

Trainer(callbacks=[telltale.lightning.TelltaleCallback(stop_on=["non-finite", "divergence"])])
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

try:
    from lightning.pytorch import Callback
    from lightning.pytorch.loggers.logger import Logger
except ImportError:  # the package's former name
    from pytorch_lightning import Callback
    from pytorch_lightning.loggers.logger import Logger

from telltale.watcher import Watcher


class _Feed(Logger):  # type: ignore[misc]
    """Gets what all loggers get, when they get it."""

    def __init__(self, watcher: Watcher) -> None:
        super().__init__()
        self._watcher = watcher

    @property
    def name(self) -> str:
        return "telltale"

    @property
    def version(self) -> str:
        return ""

    def log_metrics(self, metrics: Mapping[str, float], step: int | None = None) -> None:
        self._watcher.log(step or 0, metrics)

    def log_hyperparams(self, params: Any, *args: Any, **kwargs: Any) -> None:
        if isinstance(params, Mapping):
            self._watcher.set_params({k: v for k, v in params.items() if isinstance(v, (int, float, str))})


class TelltaleCallback(Callback):  # type: ignore[misc]
    """Feeds a `telltale.Watcher`, whose options it takes, with all that the trainer logs.

    Findings are written into the directory of the trainer's first logger, unless `log_dir` says otherwise.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__()
        self._options = options
        self._feeds = False
        self.watcher: Watcher | None = None

    def setup(self, trainer: Any, pl_module: Any, stage: str) -> None:
        if stage != "fit" or not trainer.is_global_zero:
            return
        options = dict(self._options)
        options.setdefault("log_dir", getattr(trainer.logger, "log_dir", None))
        self.watcher = Watcher(**options)
        self._feeds = bool(trainer.loggers)
        if self._feeds:
            trainer.loggers = [*trainer.loggers, _Feed(self.watcher)]

    def on_train_batch_end(self, trainer: Any, *args: Any) -> None:
        # With several processes all have to stop at once; see on_train_epoch_end.
        if self.watcher is not None and self.watcher.should_stop and trainer.world_size == 1:
            trainer.should_stop = True

    def on_train_epoch_end(self, trainer: Any, pl_module: Any) -> None:
        watcher = self.watcher
        if watcher is not None and not self._feeds:
            watcher.log(trainer.global_step, trainer.callback_metrics)
        stop = watcher is not None and watcher.should_stop
        if trainer.world_size > 1:
            stop = trainer.strategy.reduce_boolean_decision(stop, all=False)
        if stop:
            trainer.should_stop = True

    def teardown(self, trainer: Any, pl_module: Any, stage: str) -> None:
        # The loggers have written all that they have by now.
        if self.watcher is None or stage != "fit":
            return
        for logger in trainer.loggers:
            flush = getattr(getattr(logger, "experiment", None), "flush", None)
            if flush is not None:
                flush()
        trainer.loggers = [logger for logger in trainer.loggers if not isinstance(logger, _Feed)]
        self.watcher.close()
