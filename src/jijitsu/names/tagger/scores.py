"""The score of each label for each word: sums of weights, looked up for words seen before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from jijitsu.names.tagger.features import OFFSETS, OUTSIDE
from jijitsu.names.tagger.words import Words

# Distinct words whose scores are kept; beyond it the table begins anew.
CACHED_ROWS = 50_000
_EDGE = max(OFFSETS)
_PLACES = len(OFFSETS)

Scores = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]
Key = tuple[str, str, str]
"""A word as the weights know it: its surface, its part of speech, what the tables say of it."""


class NeighbourScores:
    """What two neighbours add to the scores of the second, by one thing known of each.

    Values are numbered; 0 is one that no weight knows, and adds nothing.
    """

    def __init__(self, weights: Mapping[tuple[str, str], Scores], labels: int) -> None:
        """Take the weights by the values of two neighbours."""
        values = sorted({value for pair in weights for value in pair})
        self._numbers = {value: number for number, value in enumerate(values, 1)}
        self._size = len(values) + 1
        self._scores: Scores = np.zeros((self._size**2, labels), dtype=np.float32)
        for (first, second), score in weights.items():
            self._scores[self._numbers[first] * self._size + self._numbers[second]] = score

    def number(self, value: str) -> int:
        """Return the number of a value."""
        return self._numbers.get(value, 0)

    def of(self, before: Numbers, values: Numbers) -> Scores:
        """Return the scores of words with these values behind those before, ``[word, label]``."""
        found: Scores = self._scores.take(before * self._size + values, axis=0)
        return found


class _Rows(dict[Key, int]):
    """Word → its row in the table of scores; a new one gets the next row and waits for them."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[Key] = []

    def __missing__(self, key: Key) -> int:
        row = self[key] = len(self)
        self.waiting.append(key)
        return row


class Scorer:
    """Scores words; its table is bounded by :data:`CACHED_ROWS` and a batch of words."""

    def __init__(
        self,
        of_words: Callable[[Sequence[Key]], Scores],
        of_pos: NeighbourScores,
        of_evidence: NeighbourScores,
    ) -> None:
        """Take what scores words, and two neighbours by part of speech and by evidence."""
        self._of_words = of_words
        self._of_pos = of_pos
        self._of_evidence = of_evidence
        self._begin()

    def _begin(self) -> None:
        # Row 0 is what stands outside of a sentence.
        outside = (OUTSIDE, OUTSIDE, OUTSIDE)
        self._rows = _Rows()
        self._rows[outside] = 0
        self._scores = self._of_words([outside])
        self._values = self._values_of([outside])

    def _values_of(self, words: Sequence[Key]) -> Numbers:
        """Return the numbers of each word's part of speech and of its evidence."""
        pos, evidence = self._of_pos.number, self._of_evidence.number
        return np.array([(pos(word[1]), evidence(word[2])) for word in words])

    def _score_waiting(self) -> None:
        """Score the new words, all at once: one by one would take three times as long."""
        waiting, size = self._rows.waiting, len(self._rows)
        first = size - len(waiting)
        if size > len(self._scores):
            self._scores = _grown(self._scores, first, 2 * size)
            self._values = _grown(self._values, first, 2 * size)
        self._scores[first:size] = self._of_words(waiting)
        self._values[first:size] = self._values_of(waiting)
        waiting.clear()

    def of(self, words: Words, evidence: Sequence[str]) -> Scores:
        """Return the scores of words with what the tables say of each, ``[word, label]``."""
        if len(self._rows) > CACHED_ROWS:
            self._begin()
        keys = zip(words.surfaces, words.pos, evidence, strict=True)
        rows = np.array(list(map(self._rows.__getitem__, keys)))
        if self._rows.waiting:
            self._score_waiting()
        return self._windows(rows, words.borders) + self._neighbours(rows, words.borders)

    def _windows(self, rows: Numbers, borders: Sequence[int]) -> Scores:
        """Sum what the words of each word's window add; no window crosses a sentence's border."""
        sentences = len(borders) - 1
        number = np.repeat(np.arange(1, sentences + 1), np.diff(borders))
        places = np.arange(len(rows)) + _EDGE * number
        laid_out = np.zeros(len(rows) + _EDGE * (sentences + 1), dtype=np.int64)
        laid_out[places] = rows * _PLACES
        flat = self._scores.reshape(-1, self._scores.shape[-1])
        total: Scores = flat.take(laid_out[places + OFFSETS[0]], axis=0)
        for place, offset in enumerate(OFFSETS[1:], 1):
            total += flat.take(laid_out[places + offset] + place, axis=0)
        return total

    def _neighbours(self, rows: Numbers, borders: Sequence[int]) -> Scores:
        values = self._values.take(rows, axis=0)
        before = np.empty_like(values)
        before[1:] = values[:-1]
        before[borders[:-1]] = self._values[0]
        found = self._of_pos.of(before[:, 0], values[:, 0])
        found += self._of_evidence.of(before[:, 1], values[:, 1])
        return found


def _grown(table: npt.NDArray[Any], rows: int, size: int) -> npt.NDArray[Any]:
    """Return a table of more rows that begins with these many of another one."""
    grown = np.empty((size, *table.shape[1:]), dtype=table.dtype)
    grown[:rows] = table[:rows]
    return grown
