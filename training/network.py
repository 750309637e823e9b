"""Fit a hidden layer (NumPy, Adam), to be added to what a log-linear model says.

Alone, the two are about as good; together they are better, and more so on pages unlike the
corpus.  Many features are left out at random while it learns (dropout), so that it leans on
none of them, and its weights are the mean of those after each of the last epochs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from scipy.special import log_softmax

from training.sparse import feature_table, frequent

SEEDS = (0, 1)
_UNITS = 48
_FEWEST = 4
_EPOCHS, _AVERAGED = 20, 14
_BATCH = 128
_RATE = 0.003
_FEATURE_DROPOUT, _UNIT_DROPOUT = 0.6, 0.5

Matrix = npt.NDArray[np.floating[Any]]


class Network(NamedTuple):
    """A hidden layer: ``relu(sum of the features' rows + bias) @ out`` scores the classes.

    ``rows[feature, unit]`` belong to ``names``; ``out[unit, class]``; the last row of ``out``
    is what every class has anyway.
    """

    names: list[str]
    rows: Matrix
    bias: Matrix
    out: Matrix


def fit_network(examples: Sequence[Sequence[str]], right: Sequence[int], classes: int) -> Network:
    """Return the networks of all seeds side by side, as one.

    ``examples`` are features, ``right`` the number of each example's class.
    """
    names = frequent(examples, _FEWEST)
    table = feature_table(examples, names).astype(np.float32)
    wanted = np.eye(classes, dtype=np.float32)[list(right)]
    parts = [_fit(table, wanted, np.random.default_rng(seed)) for seed in SEEDS]
    rows, bias, out, constant = (list(part) for part in zip(*parts, strict=True))
    return Network(
        names,
        np.hstack(rows),
        np.concatenate(bias),
        np.vstack([*out, sum(constant)]) / len(SEEDS),
    )


def _fit(table: csr_matrix, wanted: Matrix, rng: np.random.Generator) -> list[Matrix]:
    """Return rows, bias, out, and what every class has anyway."""
    classes = wanted.shape[1]
    weights: list[Matrix] = [
        rng.normal(0, 0.05, (table.shape[1], _UNITS)).astype(np.float32),
        np.zeros(_UNITS, dtype=np.float32),
        rng.normal(0, 0.1, (_UNITS, classes)).astype(np.float32),
        np.zeros(classes, dtype=np.float32),
    ]
    adam = _Adam(weights)
    mean = [np.zeros_like(one) for one in weights]
    order = np.arange(table.shape[0])
    for epoch in range(_EPOCHS):
        rng.shuffle(order)
        for first in range(0, len(order), _BATCH):
            batch = order[first : first + _BATCH]
            adam.step(_gradients(weights, table[batch], wanted[batch], rng))
        if epoch >= _EPOCHS - _AVERAGED:
            mean = [total + one / _AVERAGED for total, one in zip(mean, weights, strict=True)]
    return mean


def _gradients(
    weights: Sequence[Matrix], examples: csr_matrix, wanted: Matrix, rng: np.random.Generator
) -> list[Matrix]:
    rows, bias, out, constant = weights
    seen = examples.copy()
    seen.data = seen.data * _kept(rng, seen.data.shape, _FEATURE_DROPOUT)
    hidden = seen @ rows + bias
    kept = _kept(rng, hidden.shape, _UNIT_DROPOUT) * (hidden > 0)
    active = hidden * kept
    chances = np.exp(log_softmax(active @ out + constant, axis=1))
    pull = (chances - wanted) / len(wanted)
    back = (pull @ out.T) * kept
    return [seen.T @ back, back.sum(axis=0), active.T @ pull, pull.sum(axis=0)]


def _kept(rng: np.random.Generator, shape: tuple[int, ...], dropout: float) -> Matrix:
    """Return 0 where something is left out, and elsewhere what makes up for it."""
    kept = rng.random(shape, dtype=np.float32) >= dropout
    return (kept / (1 - dropout)).astype(np.float32)


class _Adam:
    """Kingma and Ba's rule for steps (2015), with its usual constants."""

    _FIRST, _SECOND, _SMALL = 0.9, 0.999, 1e-8

    def __init__(self, weights: Sequence[Matrix]) -> None:
        self._weights = weights
        self._means = [np.zeros_like(one) for one in weights]
        self._squares = [np.zeros_like(one) for one in weights]
        self._steps = 0

    def step(self, gradients: Sequence[Matrix]) -> None:
        """Change the weights in place."""
        self._steps += 1
        for weight, mean, square, gradient in zip(
            self._weights, self._means, self._squares, gradients, strict=True
        ):
            mean[...] += (1 - self._FIRST) * (gradient - mean)
            square[...] += (1 - self._SECOND) * (gradient * gradient - square)
            direction = mean / (1 - self._FIRST**self._steps)
            scale = np.sqrt(square / (1 - self._SECOND**self._steps)) + self._SMALL
            weight[...] -= _RATE * direction / scale
