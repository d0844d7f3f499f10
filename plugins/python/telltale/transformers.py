"""A callback for HuggingFace's Trainer (`pip install telltale[transformers]`).

Trainer(..., callbacks=[telltale.transformers.TelltaleCallback(stop_on=["non-finite"])])
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from transformers import TrainerCallback

from telltale.watcher import Watcher

# What the trainer logs once at the end, about the whole run.
_TOTALS = frozenset(("train_runtime", "train_samples_per_second", "train_steps_per_second", "total_flos", "train_loss"))
_PARAMS = ("learning_rate", "per_device_train_batch_size", "num_train_epochs", "weight_decay", "warmup_steps", "seed")


class TelltaleCallback(TrainerCallback):  # type: ignore[misc]
    """Feeds a `telltale.Watcher`, whose options it takes, with all that the trainer logs.

    Findings are written into the trainer's logging directory, unless `log_dir` says otherwise.
    """

    def __init__(self, **options: Any) -> None:
        self._options = options
        self.watcher: Watcher | None = None

    def on_train_begin(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        if not state.is_world_process_zero:
            return
        options = dict(self._options)
        options.setdefault("log_dir", getattr(args, "logging_dir", None))
        self.watcher = Watcher(**options)
        params = {name: getattr(args, name, None) for name in _PARAMS}
        batch = params.pop("per_device_train_batch_size")
        if batch is not None:
            times = getattr(args, "gradient_accumulation_steps", 1) * getattr(args, "world_size", 1)
            params["batch_size"] = batch * times
        self.watcher.set_params({name: value for name, value in params.items() if value is not None})

    def on_log(self, args: Any, state: Any, control: Any, logs: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        if self.watcher is None or not logs or "train_runtime" in logs:
            return
        self.watcher.log(state.global_step, {k: v for k, v in logs.items() if k not in _TOTALS})
        if self.watcher.should_stop:
            control.should_training_stop = True

    def on_train_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        if self.watcher is not None:
            self.watcher.close()
