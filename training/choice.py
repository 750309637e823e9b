"""Fit a log-linear model of choices among candidates (scipy's L-BFGS, an L2 penalty)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from training.sparse import feature_table, frequent

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
    candidates = [one for choice in choices for one in choice.candidates]
    names = frequent(candidates, _FEWEST)
    table = feature_table(candidates, names)
    sizes = [len(choice.candidates) for choice in choices]
    starts = np.cumsum([0, *sizes[:-1]])
    right = np.array([i in one.right for one in choices for i in range(len(one.candidates))])
    choice_of = np.repeat(np.arange(len(choices)), sizes)
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
