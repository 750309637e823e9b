"""The hidden layer learns what no sum of weights can say."""

from __future__ import annotations

import random

import numpy as np

from training.network import Network, fit_network


def _scores(network: Network, features: list[str]) -> list[float]:
    rows = [network.names.index(feature) for feature in features if feature in network.names]
    hidden = np.maximum(network.rows[rows].sum(axis=0) + network.bias, 0)
    scores: list[float] = (hidden @ network.out[:-1] + network.out[-1]).tolist()
    return scores


def test_it_learns_either_but_not_both() -> None:
    rng = random.Random(7)  # noqa: S311  nothing secret
    told = [(rng.random() < 0.5, rng.random() < 0.5) for _ in range(1500)]
    examples = [["a"] * a + ["b"] * b + [f"noise{rng.randrange(300)}"] for a, b in told]
    network = fit_network(examples, [int(a != b) for a, b in told], 2)
    for a, b in [(False, False), (False, True), (True, False), (True, True)]:
        scores = _scores(network, ["a"] * a + ["b"] * b)
        assert (scores[1] > scores[0]) == (a != b)


def test_the_same_examples_give_the_same_network() -> None:
    examples = [["a", "x"], ["b", "x"]] * 40
    first, second = (fit_network(examples, [0, 1] * 40, 2) for _ in range(2))
    assert first.names == second.names
    assert all(np.array_equal(one, other) for one, other in zip(first[1:], second[1:], strict=True))
