"""The best labels of a sentence, by the score of each word's labels and of each transition.

Most words are no part of any name, and cheap bounds show it: a word through which no name
can gain anything over leaving its words outside is outside in the best labels too.  Only the
runs of words between those are searched (Viterbi), all runs side by side.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

# Bounds are sums of floats: so much less than nothing is nothing for sure.
_SLACK = 0.001
# What no name can gain: it keeps names from crossing a sentence's border.
_NEVER = -1_000.0

Floats = npt.NDArray[np.float32]
Sums = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


class _Runs(NamedTuple):
    """Runs of words, the longest first: first word, length, what comes with its two ends."""

    first: Indices
    lengths: Indices
    enter: Floats
    leave: Floats


class Lattice:
    """The labels and their transitions, ``transitions[from, to]``.

    Labels are ``O``, and ``B-`` and ``I-`` of each type; an ``I-`` follows its own type only.
    """

    def __init__(self, labels: Sequence[str], transitions: Floats) -> None:
        """Prepare the bounds: what entering, staying in and leaving a name can gain at most."""
        self._transitions = transitions
        types = [label[2:] for label in labels if label.startswith("B-")]
        outside = self._outside = labels.index("O")
        begin = self._begin = [labels.index(f"B-{kind}") for kind in types]
        inside = self._inside = [labels.index(f"I-{kind}") for kind in types]
        stay = transitions[outside, outside]
        behind = [outside, *begin]
        after_name = transitions[:, behind] - transitions[outside, behind]
        self._entering = (transitions[:, begin] - transitions[:, [outside]]).max(axis=0)
        self._first_step = transitions[begin, inside] - stay
        self._staying = transitions[inside, inside] - stay
        self._leaving = np.maximum(after_name[begin], after_name[inside]).max(axis=1)

    def best(self, scores: Floats, borders: Sequence[int]) -> list[int]:
        """Return the best label of each word, as a number.

        ``scores`` are ``[word, label]``; ``borders`` the index of each sentence's first word,
        and last the number of words.
        """
        firsts, lasts = np.zeros((2, len(scores)), dtype=bool)
        firsts[borders[:-1]] = True
        lasts[np.array(borders[1:]) - 1] = True
        found = np.full(len(scores), self._outside)
        maybe = self._may_be_named(scores, firsts, lasts)
        # A run of such words ends at a sentence's border too.
        starts, ends = maybe & firsts, maybe & lasts
        starts[1:] |= maybe[1:] & ~maybe[:-1]
        ends[:-1] |= maybe[:-1] & ~maybe[1:]
        first, last = np.flatnonzero(starts), np.flatnonzero(ends)
        if len(first):
            order = np.argsort(first - last, kind="stable")
            first, last = first[order], last[order]
            outside = self._outside
            enter = np.where(firsts[first, None], 0, self._transitions[outside])
            leave = np.where(lasts[last, None], 0, self._transitions[:, outside])
            self._search(scores, _Runs(first, last - first + 1, enter, leave), found)
        labels: list[int] = found.tolist()
        return labels

    def _may_be_named(self, scores: Floats, firsts: Flags, lasts: Flags) -> Flags:
        """Say of each word whether a name through it may gain over words that are outside."""
        gained = scores - scores[:, [self._outside]]
        begin = gained[:, self._begin] + self._entering
        begin[firsts] -= self._entering
        inside = gained[:, self._inside] + self._staying
        inside[firsts] += np.float32(_NEVER)
        leave = np.tile(self._leaving, (len(scores), 1))
        leave[lasts] = 0
        # Sums of what the words from the text's beginning gain as insides: the difference of
        # two is what a name gains between them.
        sums: Sums = np.cumsum(inside, axis=0, dtype=np.float64)
        longer = begin + np.maximum(self._first_step - self._staying, 0)
        # Nothing forbids an inside to begin a sentence.
        longer[firsts] = np.maximum(longer[firsts], gained[firsts][:, self._inside])
        to_here = sums + np.maximum.accumulate(longer - sums, axis=0)
        from_here = np.maximum.accumulate((sums + leave)[::-1], axis=0)[::-1] - sums
        return np.asarray((to_here + from_here > -_SLACK).any(axis=1))

    def _search(self, scores: Floats, runs: _Runs, found: Indices) -> None:
        """Find the best labels of the runs, one step for all, and write them to ``found``."""
        first, lengths, enter, leave = runs
        transitions = self._transitions
        alive = [int((lengths > step).sum()) for step in range(int(lengths[0]))]
        best = [scores[first] + enter]
        for step, count in enumerate(alive[1:], 1):
            before = best[-1][:count].T[:, :, None] + transitions[:, None, :]
            best.append(np.maximum.reduce(before) + scores[first[:count] + step])
        behind = transitions.T
        labels = np.zeros(len(first), dtype=np.int64)
        onward = 0
        for step in range(len(alive) - 1, -1, -1):
            count = alive[step]
            totals = best[step]
            totals[:onward] += behind[labels[:onward]]
            totals[onward:] += leave[onward:count]
            labels[:count] = totals.argmax(axis=1)
            found[first[:count] + step] = labels[:count]
            onward = count
