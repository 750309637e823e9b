"""The decoder leaves most words out of its search, and finds the best labels all the same."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from jijitsu.names.tagger.model import load_weights
from jijitsu.names.tagger.viterbi import Floats, Lattice

WEIGHTS = load_weights()
OUTSIDE = WEIGHTS.labels.index("O")


def _plain(scores: Floats) -> list[int]:
    """Return the best labels of one sentence, every word searched (Viterbi as it is taught)."""
    best, back = scores[0], []
    for score in scores[1:]:
        before = best[:, None] + WEIGHTS.transitions
        back.append(before.argmax(axis=0))
        best = before.max(axis=0) + score
    path = [int(best.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    return path[::-1]


@given(
    st.lists(st.integers(1, 30), min_size=1, max_size=6),
    st.integers(0, 2**32 - 1),
    st.floats(0, 12),
    st.floats(0.1, 8),
)
def test_the_best_labels_are_found(
    lengths: list[int], seed: int, outside: float, spread: float
) -> None:
    """``outside`` is what words gain by being no name, as most do; the rest is chance."""
    rng = np.random.default_rng(seed)
    scores = rng.normal(0, spread, (sum(lengths), len(WEIGHTS.labels))).astype(np.float32)
    scores[:, OUTSIDE] += np.float32(outside)
    borders = [0, *itertools.accumulate(lengths)]
    expected = [
        label for first, last in itertools.pairwise(borders) for label in _plain(scores[first:last])
    ]
    assert Lattice(WEIGHTS.labels, WEIGHTS.transitions).best(scores, borders) == expected


def test_words_that_are_no_names_are_not_searched() -> None:
    scores = np.zeros((50, len(WEIGHTS.labels)), dtype=np.float32)
    scores[:, OUTSIDE] = 12
    lattice = Lattice(WEIGHTS.labels, WEIGHTS.transitions)
    flags = np.zeros((2, 50), dtype=bool)
    flags[0, 0] = flags[1, -1] = True
    assert not lattice._may_be_named(scores, *flags).any()  # noqa: SLF001  the shortcut itself
