"""How good extracted facts are, measured against gold.

A **span** is right where gold has a fact of the same kind with the same start and end, a
**value** where in addition what the fact says is equal (:data:`VALUE_FIELDS`).  All figures
are micro-averages over the articles of gold.  Gold facts marked ``optional`` count neither
way.  Quantities, which gold leaves out, are not looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from jijitsu.gold.load import Annotated, JsonFact

VALUE_FIELDS: Mapping[str, tuple[str, ...]] = {
    "money": ("low", "high", "currency"),
    "parameter_count": ("low", "high", "role"),
    "date": ("from", "to"),
    "duration": ("value",),
    "percent": ("low", "high"),
    "entity": ("type",),
}
"""The fields that a fact's value consists of, by kind; other kinds are not scored."""

NUMERIC_KINDS = tuple(kind for kind in VALUE_FIELDS if kind != "entity")
_KINDS_WITH_MOD = frozenset({"money", "parameter_count", "percent"})
_KINDS_WITH_SUBJECT = frozenset({"money", "parameter_count"})

_Key = tuple[str, int, int]


@dataclass(slots=True)
class Tally:
    """Facts of gold, facts found, and how many of these are right."""

    gold: int = 0
    found: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        """The share of the found facts that are right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The share of the gold facts that were found."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        precision, recall = self.precision, self.recall
        return 2 * precision * recall / (precision + recall) if self.right else 0.0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.gold + other.gold, self.found + other.found, self.right + other.right)


@dataclass(slots=True)
class Accuracy:
    """How often something was asked of a fact, and how often the answer was right."""

    asked: int = 0
    right: int = 0

    @property
    def share(self) -> float | None:
        """The share of right answers, where anything was asked."""
        return self.right / self.asked if self.asked else None

    def add(self, *, is_right: bool) -> None:
        """Count one answer."""
        self.asked += 1
        self.right += is_right


@dataclass(frozen=True, slots=True)
class Mistake:
    """A gold fact that was missed, a fact that gold lacks, or a wrong value of a right span."""

    document: str
    problem: Literal["MISS", "EXTRA", "VALUE"]
    fact: JsonFact
    expected: str
    found: str


@dataclass(slots=True)
class Evaluation:
    """The counts of an evaluation; ``types`` are entities by type."""

    spans: dict[str, Tally] = field(default_factory=lambda: {k: Tally() for k in VALUE_FIELDS})
    values: dict[str, Tally] = field(default_factory=lambda: {k: Tally() for k in VALUE_FIELDS})
    types: dict[str, Tally] = field(default_factory=dict)
    overlap: Tally = field(default_factory=Tally)
    equivalents: Tally = field(default_factory=Tally)
    accuracies: dict[str, Accuracy] = field(
        default_factory=lambda: {name: Accuracy() for name in ("mod", "predicate", "subject")}
    )
    mistakes: list[Mistake] = field(default_factory=list)
    only_gold: list[str] = field(default_factory=list)
    only_found: list[str] = field(default_factory=list)
    other_text: list[str] = field(default_factory=list)

    @property
    def numeric_micro(self) -> Tally:
        """The values of all kinds but entities."""
        return sum((self.values[kind] for kind in NUMERIC_KINDS), Tally())

    @property
    def all_micro(self) -> Tally:
        """The values of all kinds."""
        return sum(self.values.values(), Tally())

    def figures(self) -> dict[str, Any]:
        """Return all figures as JSON, rounded to four digits."""
        figures: dict[str, Any] = {}
        for kind, values in self.values.items():
            figures[kind] = {"gold": values.gold, "pred": values.found}
            figures[kind] |= _rounded("span", self.spans[kind]) | _rounded("value", values)
        figures["entity"]["overlap_f1"] = round(self.overlap.f1, 4)
        for name, tally in self.types.items():
            figures[f"entity.{name}"] = {"gold": tally.gold, "pred": tally.found}
            figures[f"entity.{name}"] |= _rounded("value", tally)
        figures["numeric_micro"] = _rounded("value", self.numeric_micro)
        figures["all_micro"] = _rounded("value", self.all_micro)
        for name, accuracy in self.accuracies.items():
            if accuracy.share is not None:
                figures[f"{name}_accuracy"] = round(accuracy.share, 4)
        figures["equivalent_f1"] = round(self.equivalents.f1, 4)
        return figures


def evaluate(gold: Mapping[str, Annotated], found: Mapping[str, Annotated]) -> Evaluation:
    """Compare extracted facts with gold, article by article (by document id)."""
    result = Evaluation(only_found=[name for name in found if name not in gold])
    for name, annotated in gold.items():
        extracted = found.get(name)
        if extracted is None:
            result.only_gold.append(name)
        elif extracted.document.get("sha256") != annotated.document.get("sha256"):
            result.other_text.append(name)
        _ArticleComparison(annotated, extracted.facts if extracted else []).count(name, result)
    result.types = dict(sorted(result.types.items()))
    return result


class _ArticleComparison:
    """The facts of one article, gold's and those found, by their spans."""

    def __init__(self, gold: Annotated, found: Iterable[JsonFact]) -> None:
        scored = [fact for fact in found if fact["kind"] in VALUE_FIELDS]
        optional = {_key(fact) for fact in gold.facts if fact.get("optional")}
        self.gold_facts = gold.facts
        self.gold = {
            _key(fact): fact
            for fact in gold.facts
            if fact["kind"] in VALUE_FIELDS and not fact.get("optional")
        }
        self.found = {
            _key(fact): fact
            for fact in scored
            if _key(fact) in self.gold or _key(fact) not in optional
        }
        self.gold_by_id = {fact.get("id"): fact for fact in gold.facts}
        self.found_by_id = {fact.get("id"): fact for fact in scored}

    def count(self, name: str, result: Evaluation) -> None:
        for key, fact in self.gold.items():
            self._count_gold(fact, self.found.get(key), name, result)
        for key, fact in self.found.items():
            for tally in _tallies(fact, result):
                tally.found += 1
            if key not in self.gold:
                result.mistakes.append(Mistake(name, "EXTRA", fact, "", _written(fact)))
        result.overlap += self._overlap()

    def _count_gold(
        self, gold: JsonFact, found: JsonFact | None, name: str, result: Evaluation
    ) -> None:
        tallies = _tallies(gold, result)
        for tally in tallies:
            tally.gold += 1
        if found is None:
            result.mistakes.append(Mistake(name, "MISS", gold, _written(gold), ""))
            return
        span, *values = tallies
        span.right += 1
        if _value(gold) == _value(found):
            for tally in values:
                tally.right += 1
        else:
            result.mistakes.append(Mistake(name, "VALUE", gold, _written(gold), _written(found)))
        self._count_details(gold, found, result)

    def _count_details(self, gold: JsonFact, found: JsonFact, result: Evaluation) -> None:
        """Count what is asked only of facts whose span was found."""
        kind = gold["kind"]
        if kind in _KINDS_WITH_MOD:
            same = (gold.get("mod") or None) == (found.get("mod") or None)
            result.accuracies["mod"].add(is_right=same)
        if kind in _KINDS_WITH_SUBJECT and "subject" in gold:
            result.accuracies["subject"].add(is_right=self._same_subject(gold, found))
        if kind == "money":
            if gold.get("predicate"):
                same = gold["predicate"] == found.get("predicate")
                result.accuracies["predicate"].add(is_right=same)
            expected = _equivalents(gold, self.gold_by_id)
            given = _equivalents(found, self.found_by_id)
            result.equivalents += Tally(len(expected), len(given), len(expected & given))

    def _same_subject(self, gold: JsonFact, found: JsonFact) -> bool:
        """Tell whether two facts name the same thing, by whichever of its mentions."""
        expected = self.gold_by_id.get(gold.get("subject"))
        given = self.found_by_id.get(found.get("subject"))
        if expected is None or given is None:
            return expected is given
        names = {given.get("name"), given["text"]}
        names |= {fact.get("name") for fact in self.gold_facts if _is_overlapping_name(fact, given)}
        return given["text"] == expected["text"] or expected.get("name") in names

    def _overlap(self) -> Tally:
        """Count entities of the right type whose span at least overlaps gold's."""
        gold = [fact for fact in self.gold.values() if fact["kind"] == "entity"]
        found = [fact for fact in self.found.values() if fact["kind"] == "entity"]
        free = list(found)
        for fact in gold:
            for other in free:
                if fact.get("type") == other.get("type") and _overlaps(fact, other):
                    free.remove(other)
                    break
        return Tally(len(gold), len(found), len(found) - len(free))


def _rounded(prefix: str, tally: Tally) -> dict[str, float]:
    return {
        f"{prefix}_p": round(tally.precision, 4),
        f"{prefix}_r": round(tally.recall, 4),
        f"{prefix}_f1": round(tally.f1, 4),
    }


def _key(fact: JsonFact) -> _Key:
    return fact["kind"], fact["start"], fact["end"]


def _tallies(fact: JsonFact, result: Evaluation) -> Sequence[Tally]:
    """Return the tallies that a fact counts in: of spans, of values, of entity types."""
    kind = fact["kind"]
    tallies = [result.spans[kind], result.values[kind]]
    if kind == "entity":
        tallies.append(result.types.setdefault(str(fact.get("type")), Tally()))
    return tallies


def _value(fact: JsonFact) -> tuple[Any, ...]:
    return tuple(_comparable(name, fact.get(name)) for name in VALUE_FIELDS[fact["kind"]])


def _comparable(name: str, value: Any) -> Any:
    """Make numbers of numbers: 5.0 is 5."""
    if name not in {"low", "high"} or value is None:
        return value
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return value


def _written(fact: JsonFact) -> str:
    return " ".join(str(fact.get(name)) for name in VALUE_FIELDS[fact["kind"]])


def _equivalents(fact: JsonFact, by_id: Mapping[Any, JsonFact]) -> set[str]:
    return {by_id[other]["text"] for other in fact.get("equivalent_to") or () if other in by_id}


def _is_overlapping_name(fact: JsonFact, other: JsonFact) -> bool:
    return fact["kind"] == "entity" and bool(fact.get("name")) and _overlaps(fact, other)


def _overlaps(fact: JsonFact, other: JsonFact) -> bool:
    return bool(fact["start"] < other["end"] and other["start"] < fact["end"])
