"""Fit a log-linear model of choices among candidates (scipy's L-BFGS, an L2 penalty)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

_ITERATIONS = 150
_FEWEST = 2


class Choice(NamedTuple):
    """One choice: the features of each candidate, and which of them are right."""

    candidates: list[list[str]]
    right: Collection[int]


def fit(choices: Sequence[Choice], *, penalty: float) -> dict[str, float]:
    """Return the weights of the features that two candidates or more have.

    The loss is the negative log of the probability that one of the right candidates is
    chosen; it is smooth but, where several are right, not convex: it starts at zero.
    """
    counts = Counter(
        feature for choice in choices for one in choice.candidates for feature in set(one)
    )
    names = sorted(feature for feature, count in counts.items() if count >= _FEWEST)
    columns = {feature: column for column, feature in enumerate(names)}
    table, starts, right = _tables(choices, columns)
    choice_of = np.repeat(np.arange(len(starts)), np.diff([*starts, len(right)]))
    transposed = table.T.tocsr()

    def loss(weights: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        scores = table @ weights
        powers = np.exp(scores - np.maximum.reduceat(scores, starts)[choice_of])
        good = np.where(right, powers, 0.0)
        total, reached = np.add.reduceat(powers, starts), np.add.reduceat(good, starts)
        value = np.log(total).sum() - np.log(reached).sum() + penalty / 2 * weights @ weights
        pull = powers / total[choice_of] - good / reached[choice_of]
        return float(value), transposed @ pull + penalty * weights

    found = minimize(
        loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": _ITERATIONS}
    )
    return dict(zip(names, found.x.tolist(), strict=True))


def _tables(
    choices: Sequence[Choice], columns: dict[str, int]
) -> tuple[csr_matrix, npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Return candidate × feature, the first candidate of each choice, and which are right."""
    indices: list[int] = []
    ends = [0]
    starts: list[int] = []
    right: list[bool] = []
    for choice in choices:
        starts.append(len(right))
        for number, candidate in enumerate(choice.candidates):
            indices += sorted({columns[f] for f in candidate if f in columns})
            ends.append(len(indices))
            right.append(number in choice.right)
    shape = (len(right), len(columns))
    table = csr_matrix((np.ones(len(indices)), indices, ends), shape=shape)
    return table, np.array(starts), np.array(right)
