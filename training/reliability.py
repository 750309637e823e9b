"""How sure is sure: what the extractor finds in dev articles, held against their gold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import NamedTuple, get_args

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from jijitsu.attribution.attribute import Attributor
from jijitsu.attribution.model import Calibration, Weights
from jijitsu.kinds import EntityType
from jijitsu.names.scripts import SCRIPTS
from jijitsu.names.tagger.confidence import HEADER, Likeness, likenesses
from jijitsu.names.tagger.engine import TaggerEngine
from jijitsu.text import normalize
from jijitsu.tokens import Tokens
from training.attribution import Annotated, Reading

# Names of a likeness that dev holds few of lean on those that share less with them.
_WEIGHT_OF_WIDER = 8.0
_KNOWN = ("clear", "ambiguous", "no")
_LEAST, _MOST = 0.02, 0.99


class Judged(NamedTuple):
    """How sure the extractor was of something, and whether gold says the same."""

    chance: float
    right: bool


def calibrations(
    weights: dict[str, Weights], articles: Sequence[Annotated]
) -> dict[str, Calibration]:
    """Return by task the calibration that the weights' choices on these articles ask for."""
    judged: dict[str, list[Judged]] = {"predicate": [], "subject": []}
    for article in articles:
        for task, one in _judge(Reading(article), weights):
            judged[task].append(one)
    return {task: _platt(ones) for task, ones in judged.items()}


def _judge(reading: Reading, weights: dict[str, Weights]) -> Iterator[tuple[str, Judged]]:
    attributor = Attributor(reading.norm, reading.tokens, reading.mentions, weights)
    found = attributor.attribute(reading.amounts)
    for amount, one in zip(reading.amounts, found, strict=True):
        gold = reading.gold(amount)
        if amount.is_money:
            right = one.predicate == gold.predicate
            yield "predicate", Judged(one.confidence["predicate"], right)
        owners = {reading.mention(key).values["name"] for key in gold.owners}
        named = {owner.values["name"] for owner in one.owners}
        yield "subject", Judged(one.confidence["subject"], owners == named)


def _platt(judged: Sequence[Judged]) -> Calibration:
    """Fit Platt's logistic map from chances to how often they are right."""
    chances = np.clip([one.chance for one in judged], 1e-6, 1 - 1e-6)
    logits = np.log(chances / (1 - chances))
    right = np.array([one.right for one in judged], dtype=np.float64)

    def loss(line: npt.NDArray[np.float64]) -> float:
        shifted = line[0] * logits + line[1]
        value: float = np.sum(np.logaddexp(0.0, shifted) - right * shifted)
        return value

    slope, offset = minimize(loss, np.array([1.0, 0.0])).x.tolist()
    return Calibration(slope, offset)


def write_confidence(articles: Iterable[Annotated], engine: TaggerEngine, target: Path) -> None:
    """Write how often the names of each likeness are right; optional ones count neither way."""
    counts: dict[tuple[str, ...], list[int]] = {}
    for article in articles:
        for likeness, right in _names(article, engine):
            for width in range(len(likeness) + 1):
                count = counts.setdefault(likeness[:width], [0, 0])
                count[0] += right
                count[1] += 1
    rows = [HEADER]
    rows += [
        f"{','.join(row)},{_smoothed(Likeness(*row), counts):.2f}"
        for row in product(_KNOWN, get_args(EntityType), SCRIPTS, ("yes", "no"))
    ]
    target.write_text("\n".join(rows) + "\n", encoding="utf-8")


def _names(article: Annotated, engine: TaggerEngine) -> Iterator[tuple[Likeness, bool]]:
    """Yield the likeness of each name that the engine finds, and whether gold has it."""
    text = normalize(article.text)
    found = engine.find(text, Tokens(text.norm))
    gold = {(f["start"], f["end"]): f for f in article.facts if f["kind"] == "entity"}
    for name, likeness in zip(found, likenesses(text.norm, found), strict=True):
        told = gold.get(text.raw_span(name.start, name.end), {})
        if not told.get("optional"):
            yield likeness, told.get("type") == name.values["type"]


def _smoothed(likeness: Likeness, counts: dict[tuple[str, ...], list[int]]) -> float:
    share = 0.5
    for width in range(len(likeness) + 1):
        right, all_of_it = counts.get(likeness[:width], (0, 0))
        share = (right + _WEIGHT_OF_WIDER * share) / (all_of_it + _WEIGHT_OF_WIDER)
    return min(max(share, _LEAST), _MOST)
