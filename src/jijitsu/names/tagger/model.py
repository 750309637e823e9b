"""The tagger's weights, and the best label of each word by them.

The file is a NumPy archive without pickle: feature names (one UTF-8 blob, sorted), one row
of weights per feature and one column per label, and the label transitions.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import numpy as np
import numpy.typing as npt

from jijitsu.names.tagger.features import OFFSETS, pair_features, window_features
from jijitsu.names.tagger.scores import Scorer
from jijitsu.names.tagger.viterbi import Lattice
from jijitsu.names.tagger.words import Words

MODEL_FILE = "tagger.npz"

Scores = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """The trained weights.

    ``windows[row, place, label]`` are those of a feature of the word at each of
    :data:`OFFSETS`, ``pairs[row, label]`` those of a word and the one before it together.
    """

    labels: tuple[str, ...]
    window_rows: dict[str, int]
    windows: Scores
    pair_rows: dict[str, int]
    pairs: Scores
    transitions: Scores

    def of_word(self, surface: str, pos: str, evidence: str) -> Scores:
        """Return what a word adds to the scores of the words around it, ``[place, label]``."""
        rows = _known(self.window_rows, window_features(surface, pos, evidence))
        total: Scores = np.add.reduce(self.windows[rows])
        return total

    def of_pair(self, first: tuple[str, str], second: tuple[str, str]) -> Scores:
        """Return what two neighbours, each a part of speech and evidence, add to the second."""
        rows = _known(self.pair_rows, pair_features(*first, *second))
        total: Scores = np.add.reduce(self.pairs[rows])
        return total


def _known(rows: dict[str, int], features: Sequence[str]) -> list[int]:
    return [rows[feature] for feature in features if feature in rows]


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
    cells: list[int] = []
    for row, name in enumerate(names):
        offset, _, feature = name.partition(":")
        if offset in places:
            own = window_rows.setdefault(feature, len(window_rows))
            cells.append(own * len(OFFSETS) + places[offset])
        else:
            pair_rows[name] = row
    # All rows at once: to copy each by itself takes longer than all else here.
    flat = np.zeros((len(window_rows) * len(OFFSETS), len(labels)), dtype=np.float32)
    flat[cells] = np.delete(matrix, list(pair_rows.values()), axis=0)
    windows = flat.reshape(len(window_rows), len(OFFSETS), len(labels))
    return Weights(labels, window_rows, windows, pair_rows, matrix, transitions)


class Decoder:
    """Finds the best labels; scores of words seen before are looked up, not computed."""

    def __init__(self, weights: Weights) -> None:
        """Start with nothing scored yet."""
        self.labels = weights.labels
        self._scorer = Scorer(weights.of_word, weights.of_pair)
        self._lattice = Lattice(weights.labels, weights.transitions)

    def decode(self, words: Words, evidence: Sequence[str]) -> list[int]:
        """Return the number of each word's label, of the best labels for each sentence."""
        return self._lattice.best(self._scorer.of(words, evidence), words.borders)


@functools.cache
def default_decoder() -> Decoder:
    """Return a decoder with the package's own weights, loaded once."""
    return Decoder(load_weights())
