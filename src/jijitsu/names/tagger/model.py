"""The tagger's weights, and the best tags for a sentence by them (Viterbi).

The file is a NumPy archive without pickle: feature names (one UTF-8 blob, sorted), one row
of weights per feature and one column per label, and the label transitions.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from jijitsu.names.tagger.features import (
    OFFSETS,
    OUTSIDE,
    evidence_features,
    offset_features,
    pair_features,
)
from jijitsu.names.tagger.words import Word

MODEL_FILE = "tagger.npz"
# Distinct words, tags and pairs whose scores are kept; beyond it the tables begin anew.
_CACHED_ROWS = 50_000
_EDGE = max(OFFSETS)
_MARGIN = ((OUTSIDE, OUTSIDE),) * _EDGE

Scores = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """The trained weights: ``rows[feature]`` is a line of ``matrix``, a column per label.

    The last line of ``matrix`` is all zeros, for sums of no features.
    """

    labels: tuple[str, ...]
    rows: dict[str, int]
    matrix: Scores
    transitions: Scores

    def totals(self, groups: Sequence[Sequence[str]]) -> Scores:
        """Return the sum of each group's weights, ``[group, label]``."""
        lines: list[int] = []
        starts = []
        rows, zeros = self.rows, len(self.matrix) - 1
        for group in groups:
            starts.append(len(lines))
            lines.append(zeros)
            lines.extend([rows[feature] for feature in group if feature in rows])
        totals: Scores = np.add.reduceat(self.matrix[lines], starts, axis=0)
        return totals


def load_weights(path: Path | None = None) -> Weights:
    """Read a model file, by default the package's own.

    Raises:
        ValueError: the file is no model of this kind.
    """
    source = path or resources.files(__package__).joinpath(MODEL_FILE)
    with source.open("rb") as file, np.load(file, allow_pickle=False) as archive:
        try:
            names = bytes(archive["names"]).decode("utf-8").split("\n")
            labels = tuple(bytes(archive["labels"]).decode("utf-8").split("\n"))
            matrix = archive["matrix"].astype(np.float32)
            transitions = archive["transitions"].astype(np.float32)
        except KeyError as error:
            raise ValueError(f"{source}: no {error} in it") from error
    if matrix.shape != (len(names), len(labels)) or transitions.shape != (len(labels),) * 2:
        raise ValueError(f"{source}: its tables do not fit each other")
    rows = {name: row for row, name in enumerate(names)}
    matrix = np.concatenate([matrix, np.zeros((1, len(labels)), dtype=np.float32)])
    return Weights(labels, rows, matrix, transitions)


class _Rows:
    """Scores of distinct keys at all offsets, kept in one growing array."""

    def __init__(self, weights: Weights, make: Any, places: int) -> None:
        self._weights = weights
        self._make = make
        self._index: dict[Any, int] = {}
        self._table: Scores = np.zeros((256, places, len(weights.labels)), dtype=np.float32)

    def of(self, keys: Sequence[Any]) -> npt.NDArray[np.int64]:
        """Return the table's row of each key, scoring those not seen before."""
        if len(self._index) > _CACHED_ROWS:
            self._index.clear()
        index = self._index
        rows = []
        for key in keys:
            row = index.get(key)
            rows.append(self._add(key) if row is None else row)
        return np.array(rows, dtype=np.int64)

    def _add(self, key: Any) -> int:
        row = len(self._index)
        if row == len(self._table):
            self._table = np.concatenate([self._table, np.zeros_like(self._table)])
        self._table[row] = self._weights.totals(self._make(*key))
        self._index[key] = row
        return row

    @property
    def table(self) -> Scores:
        """Return the scores, ``[row, place, label]``."""
        return self._table


class Decoder:
    """Finds the best labels; scores of words seen before are looked up, not computed."""

    def __init__(self, weights: Weights) -> None:
        """Start with nothing scored yet."""
        self.labels = weights.labels
        self._transitions = weights.transitions
        self._words = _Rows(weights, offset_features, len(OFFSETS))
        self._evidence = _Rows(weights, evidence_features, len(OFFSETS))
        self._pairs = _Rows(weights, pair_features, 1)

    def decode(
        self, sentences: Sequence[Sequence[Word]], evidence: Sequence[Sequence[str]]
    ) -> list[list[int]]:
        """Return each sentence's label numbers; all sentences are decoded side by side."""
        if not sentences:
            return []
        order = sorted(range(len(sentences)), key=lambda i: -len(sentences[i]))
        results: list[list[int]] = [[]] * len(sentences)
        for first in range(0, len(order), _BATCH):
            batch = order[first : first + _BATCH]
            scores = self._scores([sentences[i] for i in batch], [evidence[i] for i in batch])
            for index, path in zip(batch, self._viterbi(scores), strict=True):
                results[index] = path
        return results

    def _scores(
        self, sentences: Sequence[Sequence[Word]], evidence: Sequence[Sequence[str]]
    ) -> list[Scores]:
        """Score all words at once: sentences laid end to end, with a margin between them."""
        words: list[tuple[str, str]] = list(_MARGIN)
        tags: list[tuple[str]] = [(OUTSIDE,)] * _EDGE
        pairs: list[tuple[str, str, str, str]] = []
        starts = []
        for sentence, told in zip(sentences, evidence, strict=True):
            starts.append(len(words))
            pos_before = tag_before = OUTSIDE
            for (_, _, surface, pos), tag in zip(sentence, told, strict=True):
                words.append((surface, pos))
                tags.append((tag,))
                pairs.append((pos_before, pos, tag_before, tag))
                pos_before, tag_before = pos, tag
            words += _MARGIN
            tags += [(OUTSIDE,)] * _EDGE
        # The tables may grow while rows are asked for, so they are read afterwards.
        lexical, told_rows = self._words.of(words), self._evidence.of(tags)
        pair_rows = self._pairs.of(pairs)
        length = len(words) - 2 * _EDGE
        total = np.zeros((length, len(self.labels)), dtype=np.float32)
        for place, offset in enumerate(OFFSETS):
            begin = _EDGE + offset
            total += self._words.table[lexical[begin : begin + length], place]
            total += self._evidence.table[told_rows[begin : begin + length], place]
        pair_scores = self._pairs.table[pair_rows, 0]
        scores = []
        done = 0
        for start, sentence in zip(starts, sentences, strict=True):
            score = total[start - _EDGE : start - _EDGE + len(sentence)]
            score += pair_scores[done : done + len(sentence)]
            done += len(sentence)
            scores.append(score)
        return scores

    def _viterbi(self, scores: list[Scores]) -> list[list[int]]:
        """Decode a batch sorted by length, longest first, one step for all at once."""
        lengths = [len(score) for score in scores]
        batch, longest, labels = len(scores), lengths[0], len(self.labels)
        padded = np.zeros((longest, batch, labels), dtype=np.float32)
        for column, score in enumerate(scores):
            padded[: len(score), column] = score
        back = np.zeros((longest, batch, labels), dtype=np.int8)
        best = padded[0].copy()
        final = np.zeros((batch, labels), dtype=np.float32)
        alive = batch
        for step in range(1, longest):
            while alive and lengths[alive - 1] <= step:
                alive -= 1
                final[alive] = best[alive]
            candidates = best[:alive, :, None] + self._transitions[None]
            back[step, :alive] = candidates.argmax(axis=1)
            best[:alive] = candidates.max(axis=1) + padded[step, :alive]
        final[:alive] = best[:alive]
        return [_trace(back, column, length, final) for column, length in enumerate(lengths)]


_BATCH = 64


def _trace(back: npt.NDArray[np.int8], column: int, length: int, final: Scores) -> list[int]:
    label = int(final[column].argmax())
    path = [label]
    for step in range(length - 1, 0, -1):
        label = int(back[step, column, label])
        path.append(label)
    return path[::-1]


@functools.cache
def default_decoder() -> Decoder:
    """Return a decoder with the package's own weights, loaded once."""
    return Decoder(load_weights())
