"""The three choices, amount by amount: what it is, whose it is, when it holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from jijitsu.attribution.amounts import Amount, find_amounts
from jijitsu.attribution.candidates import Candidate, Owners
from jijitsu.attribution.context import Context, Place
from jijitsu.attribution.history import History
from jijitsu.attribution.model import (
    CONTEXTS,
    COUNT,
    PREDICATES,
    Weights,
    default_weights,
    softmax,
)
from jijitsu.attribution.periods import Periods, period_features
from jijitsu.attribution.predicates import predicate_features
from jijitsu.attribution.subjects import SubjectFeatures
from jijitsu.attribution.words import START
from jijitsu.kinds import Predicate
from jijitsu.model import Mention
from jijitsu.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Attribution:
    """What context says of an amount; ``confidence`` is by field, 0 to 1."""

    predicate: Predicate | None
    subject: Mention | None
    participants: tuple[Mention, ...]
    when: Mention | None
    confidence: dict[str, float]

    @property
    def owners(self) -> tuple[Mention, ...]:
        """Return the subject, or those that share the sum."""
        return self.participants if self.subject is None else (self.subject,)


def attribute(
    norm: str,
    tokens: Tokens,
    mentions: Sequence[Mention],
    restatements: Iterable[tuple[Mention, Mention]],
    weights: Mapping[str, Weights] | None = None,
) -> dict[int, Attribution]:
    """Return what context says of each amount and parameter count, by the mention's identity.

    ``mentions`` are sorted by start; amounts that restate each other are attributed as one.
    """
    amounts = find_amounts(mentions, restatements)
    if not amounts:
        return {}
    attributor = Attributor(norm, tokens, mentions, weights or default_weights())
    found = attributor.attribute(amounts)
    return {
        id(mention): attribution
        for amount, attribution in zip(amounts, found, strict=True)
        for mention in amount.mentions
    }


class Attributor:
    """Attributes the amounts of one article, from its first to its last."""

    def __init__(
        self,
        norm: str,
        tokens: Tokens,
        mentions: Sequence[Mention],
        weights: Mapping[str, Weights],
    ) -> None:
        """Take the mentions, sorted by start, and the weights by task."""
        self._context = Context(norm, tokens, mentions)
        self._owners = Owners(self._context)
        self._features = SubjectFeatures()
        self._periods = Periods(self._context)
        self._weights = weights

    def attribute(self, amounts: Sequence[Amount]) -> list[Attribution]:
        """Return what context says of each amount; they are sorted by start."""
        found = []
        history = History()
        for amount in amounts:
            place = self._context.place(amount)
            found.append(self._one(place, history))
            history.add(place, found[-1].owners, found[-1].when)
        return found

    def _one(self, place: Place, history: History) -> Attribution:
        confidence = {}
        predicate: Predicate | None = None
        if place.amount.is_money:
            predicate, confidence["predicate"] = self._predicate(place)
        column = CONTEXTS.index(predicate or COUNT)
        owners, confidence["subject"] = self._subject(place, column, history)
        return Attribution(
            predicate,
            owners[0] if len(owners) == 1 else None,
            owners if len(owners) > 1 else (),
            self._when(place, column, history) if place.amount.is_money else None,
            confidence,
        )

    def _predicate(self, place: Place) -> tuple[Predicate, float]:
        weights = self._weights["predicate"]
        chances = softmax(weights.totals(predicate_features(place)))
        best = max(range(len(chances)), key=chances.__getitem__)
        return PREDICATES[best], weights.calibration.of(chances[best])

    def _subject(
        self, place: Place, column: int, history: History
    ) -> tuple[tuple[Mention, ...], float]:
        weights = self._weights["subject"]
        candidates = self._owners.of(place, history.owners)
        if not candidates:
            return (), weights.calibration.of(1.0)
        features = self._features.of(place, candidates, history)
        chances = softmax(weights.scores(column, features))
        names, chance = choose_owner(candidates, chances)
        owners = [self._owners.nearest(name, place.amount.start) for name in names]
        ordered = sorted(owners, key=START)
        return tuple(ordered), weights.calibration.of(chance)

    def _when(self, place: Place, column: int, history: History) -> Mention | None:
        periods = self._periods.of(place, history.when)
        if not periods:
            return None
        features = period_features(place, periods, history.when, history.link(place))
        scores = self._weights["when"].scores(column, features)
        best = max(range(len(scores)), key=scores.__getitem__)
        return periods[best - 1].mention if best else None


def choose_owner(
    candidates: Sequence[Candidate], chances: Sequence[float]
) -> tuple[tuple[str, ...], float]:
    """Return the names of those who own it most likely, and how likely that is.

    The first chance is that of nobody, who has no name.  Mentions of one name stand for one
    owner: their chances are added up.
    """
    sums: dict[tuple[str, ...], float] = {(): chances[0]}
    for candidate, chance in zip(candidates, chances[1:], strict=True):
        names = candidate.names
        sums[names] = sums.get(names, 0.0) + chance
    best = max(sums, key=sums.__getitem__)
    return best, sums[best]
