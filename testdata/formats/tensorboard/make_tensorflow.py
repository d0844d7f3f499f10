#!/usr/bin/env python3
"""Cases written by TensorFlow and Keras. Usage: make_tensorflow.py DIRECTORY (see the HOW.md of each case)."""

import os
import pathlib
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import keras
import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits
from tensorboard.plugins.hparams import api as hp


def keras_callback(directory):
    """TensorBoard(update_freq=19, histogram_freq=5) with a learning-rate schedule in the optimizer.

    An epoch has 38 batches. Keras 3.15 writes an epoch's summaries only when its last batch is one that update_freq selects.
    """
    keras.utils.set_random_seed(1)
    x, y = load_digits(return_X_y=True)
    x = (x / 16).astype(np.float32)
    model = keras.Sequential([keras.layers.Input((64,)), keras.layers.Dense(8, activation="relu"),
                              keras.layers.Dense(10, activation="softmax")])
    rate = keras.optimizers.schedules.ExponentialDecay(0.1, 100, 0.9)
    model.compile(keras.optimizers.SGD(rate), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    board = keras.callbacks.TensorBoard(str(directory), update_freq=19, histogram_freq=5)
    model.fit(x[:1200], y[:1200], validation_data=(x[1200:], y[1200:]), epochs=10, verbose=0, callbacks=[board])


def tf2_summaries(directory):
    """tf.summary.* of TensorFlow 2: every value is a tensor."""
    with tf.summary.create_file_writer(str(directory)).as_default():
        for step in range(12):
            tf.summary.scalar("loss", 1 / (step + 1), step=step, description="what training **minimises**")
        # A step beyond 32 bits, and values that are not finite.
        tf.summary.scalar("odd/values", float("nan"), step=-3)
        tf.summary.scalar("odd/values", float("inf"), step=0)
        tf.summary.scalar("odd/values", float("-inf"), step=2**40)
        tf.summary.scalar("odd/names with space, \u00e9 and /slashes/", 1.0, step=0)
        tf.summary.text("note", "# A heading\n\n| a | b |\n|---|---|\n| 1 | 2 |", step=0)
        tf.summary.text("note", [["cell", "cell 2"], ["cell 3", "\u00fcnic\u00f6de"]], step=1)
        tf.summary.histogram("weights", np.linspace(-1, 1, 100), step=0)
        tf.summary.histogram("weights", np.zeros(10), step=1)
        tf.summary.image("picture", np.linspace(0, 1, 48).reshape(1, 4, 4, 3), step=0)
        tf.summary.audio("beep", np.zeros((1, 32, 1), np.float32), sample_rate=8000, step=0)
        hp.hparams({"lr": 0.1, "optimizer": "sgd", "nesterov": True, "units": 64}, trial_id="trial")


def tf2_half_and_double(directory):
    """tf.summary.write of rank-0 tensors that are not float32, with the metadata of the scalars plugin."""
    metadata = tf.compat.v1.SummaryMetadata(
        plugin_data=tf.compat.v1.SummaryMetadata.PluginData(plugin_name="scalars"), data_class="DATA_CLASS_SCALAR")
    with tf.summary.create_file_writer(str(directory)).as_default():
        for dtype in (tf.float64, tf.float16, tf.bfloat16, tf.int32, tf.int64, tf.uint8):
            for step in range(4):
                tf.summary.write(f"scalar/{dtype.name}", tf.cast(tf.constant(step * 1.25), dtype), step=step,
                                 metadata=metadata)


def tf1_file_writer(directory):
    """tf.compat.v1.summary.FileWriter in graph mode: simple_value, legacy histograms and images, a graph, SessionLogs."""
    with tf.Graph().as_default():
        loss = tf.compat.v1.placeholder(tf.float32, [], "loss")
        weights = tf.compat.v1.placeholder(tf.float32, [None], "weights")
        picture = tf.compat.v1.placeholder(tf.uint8, [1, 4, 4, 1], "picture")
        tf.compat.v1.summary.scalar("loss", loss)
        tf.compat.v1.summary.histogram("weights", weights)
        tf.compat.v1.summary.image("picture", picture)
        tf.compat.v1.summary.text("note", tf.constant("written by the *old* interface"))
        merged = tf.compat.v1.summary.merge_all()
        with tf.compat.v1.Session() as session, \
                tf.compat.v1.summary.FileWriter(str(directory), session.graph) as writer:
            writer.add_session_log(tf.compat.v1.SessionLog(status=tf.compat.v1.SessionLog.START), 0)
            for step in range(8):
                feed = {loss: 2.0 ** -step, weights: np.arange(5) * 0.1 * step, picture: np.full((1, 4, 4, 1), 30 * step)}
                writer.add_summary(session.run(merged, feed), step * 100)


CASES = [keras_callback, tf2_summaries, tf2_half_and_double, tf1_file_writer]

if __name__ == "__main__":
    for case in CASES:
        case(pathlib.Path(sys.argv[1]) / case.__name__)
