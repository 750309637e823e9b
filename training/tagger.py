"""Train the tagger: a linear-chain CRF (crfsuite's L-BFGS, L1 and L2), written for NumPy."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pycrfsuite

from training.examples import Example, GoldArticle, examples, struck_half
from training.swap import forms_by_kind, swapped

# Which names are struck and swapped is drawn at random; the weights of several draws are
# averaged, so that none of them decides what the tagger knows.
SEEDS = (20, 21, 22)
_L1, _L2 = 0.1, 0.5
_ITERATIONS = 200
_MIN_WEIGHT = 0.02
# Trainings that run beside each other; each holds some gigabytes.
_AT_ONCE = 2

Weights = dict[tuple[str, str], float]


class Fit(NamedTuple):
    """What one training gave: state weights by feature and label, transitions by labels."""

    states: Weights
    transitions: Weights


def training_examples(articles: Sequence[GoldArticle], *, seed: int) -> list[Example]:
    """Return each article as it is, with half its names struck, and with names swapped."""
    rng = random.Random(seed)  # noqa: S311  nothing secret
    groups = forms_by_kind()
    found: list[Example] = []
    for article in articles:
        found += examples(article)
        found += examples(article, struck_half(article, rng))
        found += examples(swapped(article, groups, rng))
    return found


class Draw(NamedTuple):
    """The articles that one training learns from, and the seed of what is drawn at random."""

    articles: Sequence[GoldArticle]
    seed: int


def fit_draws(draws: Sequence[Draw]) -> list[Fit]:
    """Train once per draw, two at a time."""
    with ProcessPoolExecutor(_AT_ONCE) as pool:
        return list(pool.map(_fit_draw, draws))


def _fit_draw(draw: Draw) -> Fit:
    return fit(training_examples(draw.articles, seed=draw.seed))


def fit(data: Iterable[Example]) -> Fit:
    """Train a CRF on the examples."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    for example in data:
        trainer.append(example.features, example.labels)
    trainer.set_params(
        {
            "c1": _L1,
            "c2": _L2,
            "max_iterations": _ITERATIONS,
            "feature.minfreq": 2,
            "feature.possible_transitions": True,
        }
    )
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model.crfsuite")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
        return Fit(dict(info.state_features), dict(info.transitions))


def _average(weights: Sequence[Weights]) -> Weights:
    """Return the mean of each weight; one that a training does not have is 0 there."""
    keys = sorted({key for one in weights for key in one})
    return {key: sum(one.get(key, 0.0) for one in weights) / len(weights) for key in keys}


def write_model(fits: Sequence[Fit], target: Path) -> None:
    """Write the mean of the weights as the decoder reads them, in a fixed order."""
    states = _average([one.states for one in fits])
    transitions = _average([one.transitions for one in fits])
    labels = sorted({label for pair in transitions for label in pair})
    column = {label: index for index, label in enumerate(labels)}
    kept = {key: weight for key, weight in states.items() if abs(weight) >= _MIN_WEIGHT}
    names = sorted({feature for feature, _ in kept})
    row = {name: index for index, name in enumerate(names)}
    matrix = np.zeros((len(names), len(labels)), dtype=np.float16)
    for (feature, label), weight in kept.items():
        matrix[row[feature], column[label]] = weight
    table = np.full((len(labels), len(labels)), -8.0, dtype=np.float32)
    for (first, second), weight in transitions.items():
        table[column[first], column[second]] = weight
    for index, label in enumerate(labels):
        if label.startswith("I-"):
            kind = label[2:]
            for before, other in enumerate(labels):
                if other not in {f"B-{kind}", f"I-{kind}"}:
                    # A name's inside follows its own beginning only.
                    table[before, index] = -100.0
    np.savez_compressed(
        target,
        names=np.frombuffer("\n".join(names).encode("utf-8"), dtype=np.uint8),
        labels=np.frombuffer("\n".join(labels).encode("utf-8"), dtype=np.uint8),
        matrix=matrix,
        transitions=table,
    )
