"""Train the three choices of attribution from the corpus's gold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from jijitsu.attribution.amounts import Amount, find_amounts
from jijitsu.attribution.attribute import Attributor
from jijitsu.attribution.candidates import Candidate, Owners
from jijitsu.attribution.context import Context, Place
from jijitsu.attribution.history import History
from jijitsu.attribution.model import CONTEXTS, COUNT, PREDICATES, TASKS, Weights
from jijitsu.attribution.periods import Periods, period_features
from jijitsu.attribution.predicates import predicate_features
from jijitsu.attribution.subjects import SubjectFeatures
from jijitsu.model import Mention
from jijitsu.text import normalize
from jijitsu.tokens import Tokens
from training.choice import Choice, fit
from training.network import fit_network
from training.spans import normalized_positions

# Weights that move no choice are left out of the file.
_MIN_WEIGHT = 0.01
_FOLDS = 4
_REFERRED = frozenset({"entity", "date", "duration"})
_PENALTIES = {"predicate": 6.0, "subject": 8.0, "when": 4.0}


class Annotated(NamedTuple):
    """An article's text and the facts of its gold."""

    text: str
    facts: list[dict[str, Any]]


Key = tuple[int, int]
"""A mention's span; mentions themselves are made anew with every reading."""


class Belief(NamedTuple):
    """What is held of one amount, by gold or by a model."""

    predicate: str
    owners: tuple[Key, ...]
    when: Key | None


class Reading:
    """A gold article in normalized offsets, with its amounts."""

    def __init__(self, article: Annotated) -> None:
        """Make the mentions of its facts."""
        text = normalize(article.text)
        self.norm = text.norm
        self.tokens = Tokens(text.norm)
        self._by_id = _mentions(article, *normalized_positions(text))
        self.mentions = sorted(self._by_id.values(), key=lambda m: (m.start, m.end))
        self._by_key = {(m.start, m.end): m for m in self.mentions if m.kind in _REFERRED}
        self.amounts = find_amounts(self.mentions, self._restatements())

    def gold(self, amount: Amount) -> Belief:
        """Return what gold says of an amount."""
        values = amount.mentions[0].values
        subject = values.get("subject")
        ids = [subject] if subject is not None else values.get("participants") or []
        owners = [self._by_id[one] for one in ids if one in self._by_id]
        when = self._by_id.get(values.get("when") or "")
        return Belief(values.get("predicate", COUNT), _keys(owners), _key(when))

    def mention(self, key: Key) -> Mention:
        """Return the name, date or duration at a span."""
        return self._by_key[key]

    def _restatements(self) -> Iterator[tuple[Mention, Mention]]:
        for mention in self.mentions:
            for other in mention.values.get("equivalent_to") or ():
                if other in self._by_id:
                    yield mention, self._by_id[other]


def train(articles: Sequence[Annotated]) -> dict[str, Weights]:
    """Return the weights of the three tasks, not calibrated yet.

    An amount leans on the predicate found for it and on the owner found for the one before.
    These are wrong now and then: the model learns beside what models that have not seen the
    article make of it, and not beside gold.
    """
    beliefs: list[list[Belief]] = [[] for _ in articles]
    for fold in range(_FOLDS):
        others = [one for number, one in enumerate(articles) if number % _FOLDS != fold]
        weights = _train(others, [None] * len(others))
        for number in range(fold, len(articles), _FOLDS):
            beliefs[number] = _believe(articles[number], weights)
    return _train(articles, beliefs)


def _train(
    articles: Sequence[Annotated], beliefs: Sequence[list[Belief] | None]
) -> dict[str, Weights]:
    examples: dict[str, list[Choice]] = {task: [] for task in TASKS}
    for article, believed in zip(articles, beliefs, strict=True):
        for task, choice in _choices(Reading(article), believed):
            examples[task].append(choice)
    weights = {task: _fit(task, examples[task]) for task in TASKS}
    weights["predicate"] = _with_network(weights["predicate"], examples["predicate"])
    return weights


def _with_network(weights: Weights, choices: Sequence[Choice]) -> Weights:
    """Add a hidden layer, which learns from the same examples."""
    features = [[name.partition("\t")[0] for name in choice.candidates[0]] for choice in choices]
    right = [number for choice in choices for number in choice.right]
    network = fit_network(features, right, len(PREDICATES))
    names = sorted({*weights.rows, *network.names})
    rows = {name: row for row, name in enumerate(names)}
    columns = weights.matrix.shape[1]
    matrix = np.zeros((len(names), columns + network.rows.shape[1]), dtype=np.float32)
    matrix[[rows[name] for name in weights.rows], :columns] = weights.matrix
    matrix[[rows[name] for name in network.names], columns:] = network.rows
    return Weights(rows, matrix, network.bias, network.out)


def _believe(article: Annotated, weights: dict[str, Weights]) -> list[Belief]:
    """Return what the model makes of each amount of an article."""
    reading = Reading(article)
    attributor = Attributor(reading.norm, reading.tokens, reading.mentions, weights)
    return [
        Belief(one.predicate or COUNT, _keys(one.owners), _key(one.when))
        for one in attributor.attribute(reading.amounts)
    ]


def _fit(task: str, choices: Sequence[Choice]) -> Weights:
    weights = fit(choices, penalty=_PENALTIES[task])
    columns: Sequence[str] = PREDICATES if task == "predicate" else CONTEXTS
    names = sorted({feature.partition("\t")[0] for feature in weights})
    rows = {name: row for row, name in enumerate(names)}
    matrix = np.zeros((len(names), len(columns)), dtype=np.float32)
    for feature, weight in weights.items():
        name, _, column = feature.partition("\t")
        if column:
            matrix[rows[name], columns.index(column)] += weight
        else:
            matrix[rows[name]] += weight
    kept = np.flatnonzero(np.abs(matrix).max(axis=1) >= _MIN_WEIGHT)
    no_units = np.zeros(0, dtype=np.float32), np.zeros((1, len(columns)), dtype=np.float32)
    return Weights({names[row]: i for i, row in enumerate(kept)}, matrix[kept], *no_units)


def _choices(reading: Reading, beliefs: Sequence[Belief] | None) -> Iterator[tuple[str, Choice]]:
    """Yield a choice per task and amount, beside what is believed (by default: gold)."""
    context = Context(reading.norm, reading.tokens, reading.mentions)
    owners, periods = Owners(context), Periods(context)
    features = SubjectFeatures()
    golds = [reading.gold(amount) for amount in reading.amounts]
    history = History()
    for amount, gold, belief in zip(reading.amounts, golds, beliefs or golds, strict=True):
        place = context.place(amount)
        if amount.is_money:
            yield "predicate", _predicate_choice(place, gold.predicate)
            dated = periods.of(place, history.when)
            right = [i for i, one in enumerate(dated, 1) if _key(one.mention) == gold.when]
            if dated and (right or gold.when is None):
                found = period_features(place, dated, history.when, history.link(place))
                yield "when", _with_context(found, right or [0], belief.predicate)
        candidates = owners.of(place, history.owners)
        right = _right(candidates, [reading.mention(key) for key in gold.owners])
        if right:
            found = features.of(place, candidates, history)
            yield "subject", _with_context(found, right, belief.predicate)
        believed = [reading.mention(key) for key in belief.owners]
        history.add(place, believed, reading.mention(belief.when) if belief.when else None)


def _predicate_choice(place: Place, predicate: str) -> Choice:
    features = predicate_features(place)
    candidates = [[f"{feature}\t{one}" for feature in features] for one in PREDICATES]
    return Choice(candidates, [list(PREDICATES).index(predicate)])  # type: ignore[arg-type]


def _with_context(features: list[list[str]], right: list[int], predicate: str) -> Choice:
    """Let each feature weigh alone and together with what the amount is."""
    candidates = [one + [f"{feature}\t{predicate}" for feature in one] for one in features]
    return Choice(candidates, right)


def _right(candidates: Sequence[Candidate], owners: Sequence[Mention]) -> list[int]:
    """Return the numbers of the candidates with the owners' names, 0 for nobody.

    Several owners that no candidate names together count as nobody.
    """
    names = tuple(sorted({owner.values["name"] for owner in owners}))
    if not names:
        return [0]
    found = [i for i, candidate in enumerate(candidates, 1) if candidate.names == names]
    return found or ([0] if len(names) > 1 else [])


def _mentions(
    article: Annotated, starts: dict[int, int], ends: dict[int, int]
) -> dict[str, Mention]:
    """Return the gold facts as mentions, by their ids."""
    by_id = {}
    for fact in article.facts:
        if fact["start"] in starts and fact["end"] in ends:
            values = {key: _number(key, value) for key, value in fact.items()}
            span = starts[fact["start"]], ends[fact["end"]]
            by_id[fact["id"]] = Mention(fact["kind"], *span, values)
    return by_id


def _key(mention: Mention | None) -> Key | None:
    return None if mention is None else (mention.start, mention.end)


def _keys(mentions: Iterable[Mention]) -> tuple[Key, ...]:
    return tuple((mention.start, mention.end) for mention in mentions)


def _number(key: str, value: Any) -> Any:
    return Decimal(value) if key in {"low", "high"} and value is not None else value


def write_model(weights: dict[str, Weights], target: Path) -> None:
    """Write the model file; the same weights give the same bytes."""
    arrays: dict[str, npt.NDArray[Any]] = {}
    for task, one in weights.items():
        names = "\n".join(one.rows).encode("utf-8")
        arrays[f"{task}.names"] = np.frombuffer(names, dtype=np.uint8)
        arrays[f"{task}.matrix"] = one.matrix.astype(np.float16)
        arrays[f"{task}.bias"] = one.bias.astype(np.float16)
        arrays[f"{task}.out"] = one.out.astype(np.float16)
        calibration = [one.calibration.slope, one.calibration.offset]
        arrays[f"{task}.calibration"] = np.array(calibration)
    np.savez_compressed(target, **arrays)  # type: ignore[arg-type]
