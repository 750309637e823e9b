"""What an article states: an owner, a predicate, a period and the amounts that restate it."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from jijitsu.tables import TableError, load_csv

_TABLE = "groups.csv"


class Statement(NamedTuple):
    """Amounts of one article that say one thing, ready to be stored and sorted.

    ``group`` is what the owners belong to: only statements of one group can be one claim.
    """

    group: str
    predicate: str
    owners: tuple[tuple[str, str | None], ...]
    period: tuple[str, str] | str | None
    facts: tuple[dict[str, Any], ...]
    document: dict[str, Any]


def read_statements(
    document: dict[str, Any], facts: Iterable[dict[str, Any]], *, confidence: float = 0.0
) -> Iterator[Statement]:
    """Yield the statements of an article's facts, as they stand in a file of facts.

    An amount of which nobody is the owner states nothing that could be merged.  Facts of
    whose predicate or subject the extractor is less sure than ``confidence`` are passed
    over; gold, which has no confidence, is not.
    """
    by_id = {fact["id"]: fact for fact in facts}
    seen: set[str] = set()
    for fact in by_id.values():
        if fact["kind"] != "money" or fact["id"] in seen:
            continue
        restated = _restated(fact, by_id)
        seen.update(one["id"] for one in restated)
        owners = _owners(fact, by_id)
        sure = min((fact.get("confidence") or {"": 1.0}).values())
        if owners and fact.get("predicate") and sure >= confidence:
            yield Statement(
                group=json.dumps(sorted({_group(name) for name, _ in owners}), ensure_ascii=False),
                predicate=fact["predicate"],
                owners=owners,
                period=_period(by_id.get(fact.get("when") or "")),
                facts=restated,
                document=document,
            )


def _restated(fact: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> tuple[dict[str, Any], ...]:
    """Return the fact and all that restate it, in the order of the text."""
    found = {fact["id"]: fact}
    waiting = [fact]
    while waiting:
        for other in waiting.pop().get("equivalent_to") or ():
            if other in by_id and other not in found:
                found[other] = by_id[other]
                waiting.append(by_id[other])
    return tuple(sorted(found.values(), key=lambda one: (one["start"], one["end"])))


def _owners(
    fact: dict[str, Any], by_id: dict[str, dict[str, Any]]
) -> tuple[tuple[str, str | None], ...]:
    """Return names and entity ids of the subject or of those who share the sum, sorted."""
    subject = fact.get("subject")
    ids = [subject] if subject is not None else fact.get("participants") or []
    owners = [by_id[one] for one in ids if one in by_id and by_id[one]["kind"] == "entity"]
    return tuple(sorted({owner["name"]: owner.get("entity_id") for owner in owners}.items()))


def _period(when: dict[str, Any] | None) -> tuple[str, str] | str | None:
    if when is None or when["kind"] not in {"date", "duration"}:
        return None
    return when["value"] if when["kind"] == "duration" else (when["from"], when["to"])


def _group(name: str) -> str:
    groups = _groups()
    while name in groups:
        name = groups[name]
    return name


@functools.cache
def _groups() -> dict[str, str]:
    """Return the group of each member.

    Raises:
        TableError: a member stands twice, or is part of itself.
    """
    groups: dict[str, str] = {}
    for number, row in enumerate(load_csv(_TABLE, ("member", "group")), 2):
        if row["member"] in groups:
            raise TableError(_TABLE, number, f"{row['member']!r} stands twice")
        above = row["group"]
        while above in groups:
            above = groups[above]
        if above == row["member"]:
            raise TableError(_TABLE, number, f"{row['member']!r} is part of itself")
        groups[row["member"]] = row["group"]
    return groups
