"""From what was exported and what came back to gold, and what changed.

Only what differs from the export is applied: a fact that nobody touched keeps its fields,
their order and its id, so that an export that comes back as it was gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from jijitsu.gold.lint import find_errors
from jijitsu.gold.load import JsonFact
from jijitsu.imports.base import Corrected
from jijitsu.regions import (
    DERIVED,
    LISTS,
    NOT_SAID,
    REFERENCES,
    Markup,
    Region,
    fields_of,
    kind_and_type,
    label_of,
)

Draft = Callable[[Corrected, Region], Mapping[str, Any]]
"""Gives what a fact says whose value nobody wrote; raises CorrectionError if it can't."""

_SYMMETRIC = REFERENCES["equivalent"]


class CorrectionError(ValueError):
    """Corrections that make no valid facts; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Change:
    """A fact that was added, removed or changed; ``details`` say what of it."""

    sign: Literal["+", "-", "~"]
    fact: JsonFact
    details: tuple[str, ...] = ()

    def __str__(self) -> str:
        fact = self.fact
        line = f"{self.sign} {label_of(fact)} {fact['text']!r} {fact['start']}-{fact['end']}"
        return f"{line}: {'; '.join(self.details)}" if self.details else line


def apply(corrected: Corrected, draft: Draft) -> tuple[list[JsonFact], list[Change]]:
    """Return the corrected facts and the changes, both in the order of the article.

    Raises:
        CorrectionError: an unknown label or relation, two subjects of one amount, a value that
            is none, spans of one kind that overlap, and what else no gold may hold.
    """
    facts = _Matching(corrected, draft).facts()
    ids = {name: fact["id"] for name, fact in facts.items()}
    _refer(list(facts.values()), _references(corrected.markup, ids))
    before = {fact["id"]: fact for fact in corrected.facts}
    changes = list(_changes(before, {fact["id"]: fact for fact in facts.values()}))
    result = _in_order(corrected.facts, list(facts.values()))
    problem = next(find_errors(result, corrected.text), None)
    if problem:
        raise CorrectionError(problem)
    return result, changes


class _Matching:
    """Finds for each region the fact that it was exported as."""

    def __init__(self, corrected: Corrected, draft: Draft) -> None:
        self._corrected = corrected
        self._draft = draft
        self._exported = {_key(fact): fact for fact in corrected.facts}
        kept = {(region.start, region.end, region.label) for region in corrected.markup.regions}
        self._retyped = {
            (fact["start"], fact["end"]): fact
            for fact in corrected.facts
            if fact["kind"] == "entity" and _key(fact) not in kept
        }

    def facts(self) -> dict[str, JsonFact]:
        """Return the facts by the ids of their regions."""
        regions = self._corrected.markup.regions
        found = {region.id: self._fact(region) for region in regions}
        if len(found) < len(regions):
            raise CorrectionError("two regions have one id")
        return found

    def _fact(self, region: Region) -> JsonFact:
        try:
            label = kind_and_type(region.label)
        except ValueError as error:
            raise CorrectionError(str(error)) from error
        foreign = NOT_SAID & (region.fields or {}).keys()
        if foreign:
            raise CorrectionError(f"fields of a {region.label} can't hold {min(foreign)!r}")
        old = self._exported.get((region.start, region.end, region.label))
        if old is None and label["kind"] == "entity":
            old = self._retyped.pop((region.start, region.end), None)
        if old is None:
            return self._new(region, label)
        fields = fields_of(old) if region.fields is None else region.fields
        if old.get("type") == label.get("type") and fields == fields_of(old):
            return dict(old)
        stale = DERIVED | fields_of(old).keys() - fields.keys()
        return {
            key: value for key, value in (old | label | dict(fields)).items() if key not in stale
        }

    def _new(self, region: Region, label: Mapping[str, str]) -> JsonFact:
        # What was written for another label says nothing of this one.
        others = (f for f in self._corrected.facts if f["start"] == region.start)
        stale = any(fields_of(other) == region.fields for other in others)
        said = self._draft(self._corrected, region) if stale or not region.fields else region.fields
        return {
            "id": f"new {region.id}",
            "kind": label["kind"],
            "text": self._corrected.text[region.start : region.end],
            "start": region.start,
            "end": region.end,
            **label,
            **said,
        }


def _key(fact: JsonFact) -> tuple[int, int, str]:
    return fact["start"], fact["end"], label_of(fact)


def _references(markup: Markup, ids: Mapping[str, str]) -> dict[tuple[str, str], set[str]]:
    """Return the ids that each field of each fact refers to."""
    found: dict[tuple[str, str], set[str]] = {}
    for relation in markup.relations:
        if relation.name not in REFERENCES:
            known = ", ".join(REFERENCES)
            raise CorrectionError(f"no relation {relation.name!r} (there are {known})")
        if relation.source not in ids or relation.target not in ids:
            raise CorrectionError(f"a relation {relation.name!r} of a region that is not there")
        field = REFERENCES[relation.name]
        source, target = ids[relation.source], ids[relation.target]
        found.setdefault((source, field), set()).add(target)
        if field == _SYMMETRIC:
            found.setdefault((target, field), set()).add(source)
    return found


def _refer(facts: Sequence[JsonFact], references: Mapping[tuple[str, str], set[str]]) -> None:
    """Set the references of facts, where they are others than before."""
    places = {fact["id"]: (fact["start"], fact["end"]) for fact in facts}
    for fact in facts:
        for field in REFERENCES.values():
            targets = references.get((fact["id"], field), set())
            if targets != set(_targets(fact, field)):
                _set(fact, field, sorted(targets, key=places.__getitem__))
        if fact["kind"] in {"money", "parameter_count"}:
            fact.setdefault("subject", None)


def _set(fact: JsonFact, field: str, targets: Sequence[str]) -> None:
    if field in LISTS:
        fact[field] = list(targets)
    elif len(targets) > 1:
        raise CorrectionError(f"{fact['text']!r} at {fact['start']} has more than one {field}")
    else:
        fact[field] = targets[0] if targets else None
    if not targets and field != "subject":
        del fact[field]


def _targets(fact: JsonFact, field: str) -> list[str]:
    value = fact.get(field)
    if value is None:
        return []
    return list(value) if field in LISTS else [value]


def _changes(before: Mapping[str, JsonFact], after: Mapping[str, JsonFact]) -> Iterator[Change]:
    def details(old: JsonFact, new: JsonFact) -> Iterator[str]:
        for key in dict.fromkeys((*old, *new)):
            if key not in DERIVED and old.get(key) != new.get(key):
                was, now = _shown(old, key, before), _shown(new, key, after)
                yield f"{key} {was} → {now}"

    changes = [Change("-", fact) for name, fact in before.items() if name not in after]
    for name, fact in after.items():
        if name not in before:
            changes.append(Change("+", fact))
        elif fact != before[name]:
            changes.append(Change("~", fact, tuple(details(before[name], fact))))
    yield from sorted(changes, key=lambda change: (change.fact["start"], change.fact["end"]))


def _shown(fact: JsonFact, field: str, facts: Mapping[str, JsonFact]) -> str:
    if field in REFERENCES.values():
        names = [facts[name]["text"] for name in _targets(fact, field)]
        return ", ".join(names) or "none"
    value = fact.get(field)
    return "none" if value is None else repr(value)


def _in_order(before: Iterable[JsonFact], after: list[JsonFact]) -> list[JsonFact]:
    """Return the facts in order; where some came or went, all are numbered anew."""
    order = {fact["id"]: place for place, fact in enumerate(before)}
    if order.keys() == {fact["id"] for fact in after}:
        return sorted(after, key=lambda fact: order[fact["id"]])
    after = sorted(after, key=lambda fact: (fact["start"], fact["end"], fact["kind"]))
    ids = {fact["id"]: str(number) for number, fact in enumerate(after)}
    for fact in after:
        fact["id"] = ids[fact["id"]]
        for field in REFERENCES.values():
            if fact.get(field) is not None:
                named = [ids[name] for name in _targets(fact, field)]
                fact[field] = named if field in LISTS else named[0]
    return after
