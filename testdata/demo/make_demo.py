#!/usr/bin/env python3
"""Trains the five small models whose logs stand in this directory.

Each run is a real training of a small network on scikit-learn's digits (1797 images of 8 x 8 pixels), logged by the
Keras TensorBoard callback. Four of them contain one honest mistake each; the names say what was done, not what came
of it. See HOW.md for the versions that wrote the committed files.

    python make_demo.py DIRECTORY
"""

import argparse
import os
import pathlib

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import keras
import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split


def digits(train_size):
    """Training and validation images with labels; the validation part is the same 597 images for every run."""
    x, y = load_digits(return_X_y=True)
    x = (x / 16.0).astype(np.float32)
    x_train, x_val, y_train, y_val = train_test_split(x, y, test_size=597, random_state=0, stratify=y)
    return (x_train[:train_size], y_train[:train_size]), (x_val, y_val)


def mlp(*units, activation="softmax", l2=0.0):
    regularizer = keras.regularizers.L2(l2) if l2 else None
    layers = [keras.layers.Input((64,))]
    layers += [keras.layers.Dense(n, activation="relu", kernel_regularizer=regularizer) for n in units]
    layers.append(keras.layers.Dense(10, activation=activation))
    return keras.Sequential(layers)


def fit(logdir, model, train, validation, *, optimizer, loss, epochs, batch_size=32, callbacks=()):
    model.compile(optimizer=optimizer, loss=loss, metrics=["accuracy"])
    board = keras.callbacks.TensorBoard(str(logdir), write_graph=False)
    model.fit(*train, validation_data=validation, epochs=epochs, batch_size=batch_size, verbose=0,
              callbacks=[*callbacks, board])


def baseline(logdir):
    """Nothing wrong: enough images, weight decay, a learning rate that ends at zero."""
    train, validation = digits(1200)
    epochs = 60
    rate = keras.optimizers.schedules.CosineDecay(0.1, epochs * len(train[0]) // 32)
    fit(logdir, mlp(32, l2=1e-4), train, validation, optimizer=keras.optimizers.SGD(rate),
        loss="sparse_categorical_crossentropy", epochs=epochs)


def tiny_trainset(logdir):
    """A large network learns 300 noisy images by heart."""
    rng = np.random.default_rng(1)

    def noisy(images):
        return (images + rng.normal(0, 0.5, images.shape)).astype(np.float32)

    (x_train, y_train), (x_val, y_val) = digits(300)
    fit(logdir, mlp(256, 256), (noisy(x_train), y_train), (noisy(x_val), y_val), optimizer=keras.optimizers.Adam(4e-4),
        loss="sparse_categorical_crossentropy", epochs=60, batch_size=16)


def hot_learning_rate(logdir):
    """A warm-up that nobody ends: the learning rate grows by a quarter each epoch."""
    train, validation = digits(1200)
    warmup = keras.callbacks.LearningRateScheduler(lambda epoch: 0.01 * 1.25**epoch)
    fit(logdir, mlp(activation=None), train, validation, optimizer=keras.optimizers.SGD(0.01, momentum=0.9),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True), epochs=40, callbacks=[warmup])


def handmade_softmax(logdir):
    """Cross entropy as the textbook writes it: once a logit is far enough below another, its logarithm is that of zero."""

    def cross_entropy(labels, logits):
        p = tf.exp(logits) / tf.reduce_sum(tf.exp(logits), axis=-1, keepdims=True)
        one_hot = tf.one_hot(tf.cast(tf.reshape(labels, [-1]), tf.int32), 10)
        return -tf.reduce_sum(one_hot * tf.math.log(p), axis=-1)

    (x_train, y_train), (x_val, y_val) = digits(1200)
    fit(logdir, mlp(64, activation=None), (16 * x_train, y_train), (16 * x_val, y_val),
        optimizer=keras.optimizers.Adam(0.01), loss=cross_entropy, epochs=45)


def shuffled_labels(logdir):
    """Images and labels are shuffled independently of each other, anew in each epoch."""
    (x_train, y_train), validation = digits(1200)
    rng = np.random.default_rng(0)

    def batches():
        while True:
            images, labels = rng.permutation(len(x_train)), rng.permutation(len(x_train))
            for start in range(0, len(x_train), 40):
                yield x_train[images[start:start + 40]], y_train[labels[start:start + 40]]

    model = mlp(32)
    model.compile(optimizer=keras.optimizers.SGD(0.05), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    board = keras.callbacks.TensorBoard(str(logdir), write_graph=False)
    model.fit(batches(), steps_per_epoch=len(x_train) // 40, validation_data=validation, epochs=50, verbose=0,
              callbacks=[board])


RUNS = [baseline, tiny_trainset, hot_learning_rate, handmade_softmax, shuffled_labels]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=pathlib.Path)
    args = parser.parse_args()
    for train_one in RUNS:
        keras.utils.set_random_seed(7)
        name = train_one.__name__.replace("_", "-")
        print(name, flush=True)
        train_one(args.directory / name)


if __name__ == "__main__":
    main()
