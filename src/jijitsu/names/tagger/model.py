"""The tagger's weights, and the best label of each word by them.

The file is a NumPy archive without pickle: feature names (one UTF-8 blob, sorted), one row
of weights per feature and one column per label, and the label transitions.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from itertools import zip_longest
from pathlib import Path

import numpy as np

from jijitsu.names.tagger.features import (
    EVIDENCE_PAIR,
    OFFSETS,
    POS_PAIR,
    split_pair,
    window_features,
)
from jijitsu.names.tagger.scores import Key, NeighbourScores, Scorer, Scores
from jijitsu.names.tagger.viterbi import Lattice
from jijitsu.names.tagger.words import Words

MODEL_FILE = "tagger.npz"


@dataclass(frozen=True, slots=True)
class Weights:
    """The trained weights.

    ``windows[row, place, label]`` are those of a feature of the word at each of
    :data:`OFFSETS`, and in the last row zeros; ``pairs[row, label]`` are those of a word and
    the one before it together.
    """

    labels: tuple[str, ...]
    window_rows: dict[str, int]
    windows: Scores
    pair_rows: dict[str, int]
    pairs: Scores
    transitions: Scores

    def of_words(self, words: Sequence[Key]) -> Scores:
        """Return what words add to the scores of the words around, ``[word, place, label]``."""
        get, unknown = self.window_rows.get, len(self.windows) - 1
        rows = ([get(one, unknown) for one in window_features(*word)] for word in words)
        first, *others = zip_longest(*rows, fillvalue=unknown)
        total: Scores = self.windows.take(first, axis=0)
        for row in others:
            total += self.windows.take(row, axis=0)
        return total

    def of_neighbours(self, family: str) -> NeighbourScores:
        """Return the scores of two neighbours by a family of :func:`pair_features`."""
        found = {}
        for feature, row in self.pair_rows.items():
            name, first, second = split_pair(feature)
            if name == family:
                found[first, second] = self.pairs[row]
        return NeighbourScores(found, len(self.labels))


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
    places = {f"{offset}": place for place, offset in enumerate(OFFSETS)}
    window_rows: dict[str, int] = {}
    pair_rows: dict[str, int] = {}
    windows = np.zeros((len(names) + 1, len(OFFSETS), len(labels)), dtype=np.float32)
    for row, name in enumerate(names):
        offset, _, feature = name.partition(":")
        if offset in places:
            own = window_rows.setdefault(feature, len(window_rows))
            windows[own, places[offset]] = matrix[row]
        else:
            pair_rows[name] = row
    return Weights(
        labels, window_rows, windows[: len(window_rows) + 1].copy(), pair_rows, matrix, transitions
    )


class Decoder:
    """Finds the best labels; scores of words seen before are looked up, not computed."""

    def __init__(self, weights: Weights) -> None:
        """Start with nothing scored yet."""
        self.labels = weights.labels
        self._scorer = Scorer(
            weights.of_words, weights.of_neighbours(POS_PAIR), weights.of_neighbours(EVIDENCE_PAIR)
        )
        self._lattice = Lattice(weights.labels, weights.transitions)

    def decode(self, words: Words, evidence: Sequence[str]) -> list[int]:
        """Return the number of each word's label, of the best labels for each sentence."""
        return self._lattice.best(self._scorer.of(words, evidence), words.borders)


@functools.cache
def default_decoder() -> Decoder:
    """Return a decoder with the package's own weights, loaded once."""
    return Decoder(load_weights())
