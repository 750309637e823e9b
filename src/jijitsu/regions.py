"""Facts as the tools for annotators hold them: labelled regions of the text, and relations.

Every tool has regions and relations, few have more.  What a fact says beside its label
(:attr:`Region.fields`) goes along where the tool has room for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, get_args

from jijitsu.gold.load import JsonFact
from jijitsu.kinds import KINDS, EntityType

LABELS: tuple[str, ...] = (*(kind for kind in KINDS if kind != "entity"), *get_args(EntityType))
"""The label of every region: a fact's kind, and of an entity its type."""

REFERENCES: Mapping[str, str] = MappingProxyType(
    {
        "subject": "subject",
        "participant": "participants",
        "when": "when",
        "equivalent": "equivalent_to",
    }
)
"""The fields that hold the ids of other facts, by the name of their relation."""

LISTS = frozenset({"participants", "equivalent_to"})
"""Those of them that hold several."""

DERIVED = frozenset({"converted", "unconverted", "deviation", "confidence", "entity_id"})
"""Fields that follow from the others, or from the extractor; they say nothing of their own."""

_PLACE = frozenset({"id", "kind", "text", "start", "end", "type", "optional"})

NOT_SAID = _PLACE | DERIVED | frozenset(REFERENCES.values())
"""Fields of a fact that are none of a region: those that its span, label and relations give."""


@dataclass(frozen=True, slots=True)
class Region:
    """A labelled span; ``fields`` is what the fact says, or None where the tool does not know.

    Offsets count code points, as those of facts do.
    """

    id: str
    start: int
    end: int
    label: str
    fields: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of :data:`REFERENCES` between two regions, by their ids."""

    name: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Markup:
    """The regions and relations of one article."""

    regions: list[Region]
    relations: list[Relation]


def label_of(fact: JsonFact) -> str:
    """Return a fact's label.

    >>> label_of({"kind": "entity", "type": "person"}), label_of({"kind": "money"})
    ('person', 'money')
    """
    label: str = fact["type"] if fact["kind"] == "entity" else fact["kind"]
    return label


def kind_and_type(label: str) -> dict[str, str]:
    """Return the fields that a label stands for.

    Raises:
        ValueError: there is no such label.
    """
    if label not in LABELS:
        raise ValueError(f"no label {label!r} (there are {', '.join(LABELS)})")
    return {"kind": label} if label in KINDS else {"kind": "entity", "type": label}


def mark_up(facts: Iterable[JsonFact]) -> Markup:
    """Return the regions and relations of an article's facts, in the order of the facts."""
    facts = list(facts)
    regions = [
        Region(fact["id"], fact["start"], fact["end"], label_of(fact), fields_of(fact))
        for fact in facts
    ]
    return Markup(regions, list(_relations(facts)))


def fields_of(fact: JsonFact) -> dict[str, Any]:
    """Return what a fact says, without its place, its references and what follows from these."""
    return {key: value for key, value in fact.items() if key not in NOT_SAID}


def _relations(facts: Iterable[JsonFact]) -> Iterator[Relation]:
    """Yield all relations; one that holds both ways is told once, by the fact that comes first."""
    told: set[tuple[str, str]] = set()
    for fact in facts:
        for name, field in REFERENCES.items():
            value = fact.get(field)
            targets = [] if value is None else value if field in LISTS else [value]
            for target in targets:
                if name == "equivalent":
                    if (target, fact["id"]) in told:
                        continue
                    told.add((fact["id"], target))
                yield Relation(name, fact["id"], target)
