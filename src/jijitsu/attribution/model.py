"""The weights of the three choices (what, whose, when) and how sure each choice is.

A choice is made among candidates by a log-linear model: a candidate's score is the sum of
its features' weights, and the scores of all candidates, through a softmax, are
probabilities.  For the predicate a hidden layer adds to the scores.  The file is a NumPy
archive without pickle: for each task the feature names (one UTF-8 blob), a row of weights per
feature, and what the hidden layer makes of its part of the rows.
"""

from __future__ import annotations

import functools
import math
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib import resources
from itertools import repeat
from pathlib import Path
from typing import get_args

import numpy as np
import numpy.typing as npt

from jijitsu.kinds import Predicate

MODEL_FILE = "attribution.npz"
TASKS = ("predicate", "subject", "when")
PREDICATES: tuple[Predicate, ...] = get_args(Predicate)
COUNT = "count"
"""What stands for the predicate where the fact is a parameter count."""
CONTEXTS: tuple[str, ...] = (*PREDICATES, COUNT)

Matrix = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Calibration:
    """Platt's logistic map from a model's probability to how often it is right."""

    slope: float = 1.0
    offset: float = 0.0

    def of(self, probability: float) -> float:
        """Return the calibrated probability, two decimals, never quite 0 or 1."""
        clipped = min(max(probability, 1e-6), 1 - 1e-6)
        logit = math.log(clipped / (1 - clipped))
        return round(min(max(1 / (1 + math.exp(-self.slope * logit - self.offset)), 0.01), 0.99), 2)


@dataclass(frozen=True, slots=True)
class Weights:
    """One task's weights, ``matrix[rows[feature], column]``, and its calibration.

    The first columns are the predicates for the task ``predicate``, and for the others the
    :data:`CONTEXTS`: what the amount is weighs on whose it is.  Further columns are those of
    hidden units, which with ``bias[unit]`` and ``out[unit, column]`` add to the scores; the
    last row of ``out`` is added as it is.
    """

    rows: dict[str, int]
    matrix: Matrix
    bias: Matrix
    out: Matrix
    calibration: Calibration = Calibration()
    _columns: dict[int, array[float]] = field(default_factory=dict)

    def totals(self, features: Iterable[str]) -> list[float]:
        """Return the score of every column."""
        found = [row for row in map(self.rows.get, features) if row is not None]
        sums = np.add.reduce(self.matrix.take(found, axis=0))
        columns = self.out.shape[1]
        hidden = np.maximum(sums[columns:] + self.bias, 0)
        totals: list[float] = (sums[:columns] + hidden @ self.out[:-1] + self.out[-1]).tolist()
        return totals

    def scores(self, column: int, candidates: Iterable[Iterable[str]]) -> list[float]:
        """Return each candidate's sum of weights in one column; an unknown feature weighs 0."""
        weights = self._columns.get(column)
        if weights is None:
            weights = self._columns[column] = array("f", self.matrix[:, column].tobytes())
            weights.append(0.0)
        weight, row, unknown = weights.__getitem__, self.rows.get, repeat(len(weights) - 1)
        return [sum(map(weight, map(row, features, unknown))) for features in candidates]


def softmax(scores: Sequence[float]) -> list[float]:
    """Return the probabilities of the candidates with these scores."""
    highest = max(scores)
    powers = [math.exp(score - highest) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


def load_weights(path: Path | None = None) -> dict[str, Weights]:
    """Read a model file, by default the package's own; return the weights by task.

    Raises:
        ValueError: the file is no model of this kind.
    """
    source = path or resources.files(__package__).joinpath(MODEL_FILE)
    found = {}
    with source.open("rb") as file, np.load(file, allow_pickle=False) as archive:
        for task in TASKS:
            try:
                names = bytes(archive[f"{task}.names"]).decode("utf-8").split("\n")
                matrix = archive[f"{task}.matrix"].astype(np.float32)
                bias = archive[f"{task}.bias"].astype(np.float32)
                out = archive[f"{task}.out"].astype(np.float32)
                slope, offset = archive[f"{task}.calibration"].tolist()
            except KeyError as error:
                raise ValueError(f"{source}: no {error} in it") from error
            columns = PREDICATES if task == "predicate" else CONTEXTS
            units = len(bias)
            if (matrix.shape, out.shape) != (
                (len(names), len(columns) + units),
                (units + 1, len(columns)),
            ):
                raise ValueError(f"{source}: the tables of {task} do not fit each other")
            rows = {name: row for row, name in enumerate(names)}
            found[task] = Weights(rows, matrix, bias, out, Calibration(slope, offset))
    return found


@functools.cache
def default_weights() -> dict[str, Weights]:
    """Return the package's own weights, loaded once."""
    return load_weights()
