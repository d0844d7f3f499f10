"""A callback for Keras 3 (`pip install telltale[keras]`).

model.fit(x, y, validation_data=(x2, y2), callbacks=[telltale.keras.TelltaleCallback(stop_on=["non-finite"])])
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import keras

from telltale.watcher import Watcher


class TelltaleCallback(keras.callbacks.Callback):  # type: ignore[misc]
    """Feeds a `telltale.Watcher`, whose options it takes, with what Keras reports after each epoch.

    `log_dir` is the directory of keras.callbacks.TensorBoard where there is one: list this callback after it. With
    `batches=True` the loss of each batch is looked at as well, under the tag "batch_loss".
    """

    def __init__(self, *, batches: bool = False, **options: Any) -> None:
        super().__init__()
        self.watcher = Watcher(**options)
        self._batches = batches
        self._batch = 0

    def on_train_begin(self, logs: Mapping[str, Any] | None = None) -> None:
        rate = getattr(getattr(self.model, "optimizer", None), "learning_rate", None)
        try:
            self.watcher.set_params({} if rate is None else {"learning_rate": float(rate)})
        except Exception:  # a schedule is no number
            return

    def on_train_batch_end(self, batch: int, logs: Mapping[str, Any] | None = None) -> None:
        if self._batches and logs and "loss" in logs:
            self._batch += 1
            self.watcher.log(self._batch, {"batch_loss": logs["loss"]})
            self._stop()

    def on_epoch_end(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        self.watcher.log(epoch, logs)
        self._stop()

    def on_train_end(self, logs: Mapping[str, Any] | None = None) -> None:
        self.watcher.close()

    def _stop(self) -> None:
        if self.watcher.should_stop:
            self.model.stop_training = True
