"""multiplexer.py LOGDIR: TensorBoard's Python loader, to the end of the files, as `tensorboard --load_fast=false` runs it."""

import logging
import sys
import time

from tensorboard.backend.event_processing import plugin_event_multiplexer

logging.disable(logging.CRITICAL)
multiplexer = plugin_event_multiplexer.EventMultiplexer()
start = time.monotonic()
multiplexer.AddRunsFromDirectory(sys.argv[1])
multiplexer.Reload()
elapsed = time.monotonic() - start
kept = sum(len(multiplexer.Tensors(run, tag)) for run, data in multiplexer.Runs().items() for tag in data["tensors"])
print(f"{elapsed} {kept}")
