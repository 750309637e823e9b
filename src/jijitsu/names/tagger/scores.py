"""The score of each label for each word: sums of weights, looked up for words seen before."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from jijitsu.names.tagger.features import OFFSETS, OUTSIDE
from jijitsu.names.tagger.words import Words

# Distinct words and pairs whose scores are kept; beyond it the tables begin anew.
CACHED_ROWS = 50_000
_FIRST_ROWS = 256
_EDGE = max(OFFSETS)
_PLACES = len(OFFSETS)

Scores = npt.NDArray[np.float32]
Class = tuple[str, str]
"""What a pair knows of a word: its part of speech, and what the tables say of it."""
Key = TypeVar("Key", bound=Hashable)


class _Rows(dict[Key, int]):
    """Key → row of ``scores``; a key not asked for before is scored and gets the next row."""

    def __init__(self, make: Callable[[Key], Scores]) -> None:
        super().__init__()
        self._make = make
        self.scores: Scores = np.zeros((0, 0), dtype=np.float32)

    def __missing__(self, key: Key) -> int:
        row = self[key] = len(self)
        score = self._make(key)
        if row == len(self.scores):
            grown = np.zeros((max(_FIRST_ROWS, 2 * row), *score.shape), dtype=np.float32)
            grown[:row] = self.scores[:row] if row else 0
            self.scores = grown
        self.scores[row] = score
        return row


class Scorer:
    """Scores words; its tables are bounded by :data:`CACHED_ROWS` and a batch of words."""

    def __init__(
        self,
        of_word: Callable[[str, str, str], Scores],
        of_pair: Callable[[Class, Class], Scores],
    ) -> None:
        """Take what scores a word of a surface and a class, and two neighbours' classes."""
        self._of_word = of_word
        self._of_pair = of_pair
        self._begin()

    def _begin(self) -> None:
        self._class_of_row: list[int] = []
        self._classes: dict[Class, int] = {}
        self._words: _Rows[tuple[str, str, str]] = _Rows(self._score_word)
        self._pairs: _Rows[tuple[int, int]] = _Rows(self._score_pair)
        # Row 0 and class 0 are what stands outside of a sentence.
        self._outside = self._words[OUTSIDE, OUTSIDE, OUTSIDE]

    def _score_word(self, key: tuple[str, str, str]) -> Scores:
        surface, pos, evidence = key
        self._class_of_row.append(self._classes.setdefault((pos, evidence), len(self._classes)))
        return self._of_word(surface, pos, evidence)

    def _score_pair(self, key: tuple[int, int]) -> Scores:
        classes = list(self._classes)
        return self._of_pair(classes[key[0]], classes[key[1]])

    def of(self, words: Words, evidence: Sequence[str]) -> Scores:
        """Return the scores of words with what the tables say of each, ``[word, label]``."""
        if max(len(self._words), len(self._pairs)) > CACHED_ROWS:
            self._begin()
        keys = zip(words.surfaces, words.pos, evidence, strict=True)
        rows = list(map(self._words.__getitem__, keys))
        return self._windows(np.array(rows), words.borders) + self._pair_scores(rows, words.borders)

    def _windows(self, rows: npt.NDArray[np.int64], borders: Sequence[int]) -> Scores:
        """Sum what the words of each word's window add; no window crosses a sentence's border."""
        sentences = len(borders) - 1
        number = np.repeat(np.arange(1, sentences + 1), np.diff(borders))
        places = np.arange(len(rows)) + _EDGE * number
        laid_out = np.full(len(rows) + _EDGE * (sentences + 1), self._outside)
        laid_out[places] = rows
        table = self._words.scores
        flat = table.reshape(-1, table.shape[-1])
        total: Scores = flat.take(laid_out[places + OFFSETS[0]] * _PLACES, axis=0)
        for place, offset in enumerate(OFFSETS[1:], 1):
            total += flat.take(laid_out[places + offset] * _PLACES + place, axis=0)
        return total

    def _pair_scores(self, rows: Sequence[int], borders: Sequence[int]) -> Scores:
        classes = [self._class_of_row[row] for row in rows]
        before = [0, *classes[:-1]]
        for first in borders[:-1]:
            before[first] = 0
        pairs = list(map(self._pairs.__getitem__, zip(before, classes, strict=True)))
        scores: Scores = self._pairs.scores.take(pairs, axis=0)
        return scores
