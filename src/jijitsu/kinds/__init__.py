"""The kinds of fact: one model per file, and their union.

To add a kind, write its model in a file of its own and name it in :data:`Fact`; sinks, the
schema and the command line take their columns and choices from here.
"""

from __future__ import annotations

import datetime
import functools
import json
from typing import Annotated, Any, get_args

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from jijitsu.kinds.base import BaseFact, Mod, NumberFact
from jijitsu.kinds.date import DateFact
from jijitsu.kinds.duration import DurationFact
from jijitsu.kinds.entity import EntityFact, EntityType
from jijitsu.kinds.money import Conversion, MoneyFact, Predicate
from jijitsu.kinds.parameter_count import ParameterCountFact
from jijitsu.kinds.percent import PercentFact
from jijitsu.kinds.quantity import QuantityFact

AnyFact = (
    MoneyFact
    | ParameterCountFact
    | DateFact
    | DurationFact
    | PercentFact
    | QuantityFact
    | EntityFact
)
Fact = Annotated[AnyFact, Field(discriminator="kind")]

KINDS: dict[str, type[BaseFact]] = {
    model.model_fields["kind"].default: model for model in get_args(AnyFact)
}
"""Every kind's name and its model."""

FACT: TypeAdapter[AnyFact] = TypeAdapter(Fact)
FACTS: TypeAdapter[list[AnyFact]] = TypeAdapter(list[Fact])


class Document(BaseModel):
    """Which article the facts are of; ``sha256`` is of its decoded text in UTF-8."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    source: str
    sha256: str
    published: datetime.date | None
    title: str | None = None


class ArticleFacts(BaseModel):
    """One line of output: an article and its facts, sorted by start, then end."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    document: Document
    facts: list[Fact]

    def to_json(self) -> str:
        """Return the line of JSON, without a line break; optional fields only where set."""
        line: dict[str, Any] = {
            "document": self.document.model_dump(mode="json"),
            "facts": [dump_fact(fact) for fact in self.facts],
        }
        if self.document.title is None:
            del line["document"]["title"]
        return dump_json(line)

    def _repr_html_(self) -> str:
        """Return what a notebook shows: the table of the facts, for the text is not here."""
        from jijitsu.report import View, embed  # noqa: PLC0415 - only notebooks need it

        return embed(View(self))


def dump_json(value: Any) -> str:
    """Return compact JSON in UTF-8 characters."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def dump_fact(fact: BaseFact) -> dict[str, Any]:
    """Return a fact's JSON object: required fields always, optional ones where they are set."""
    dumped = fact.model_dump(mode="json", by_alias=True)
    required = _required(type(fact))
    kept = {key: value for key, value in dumped.items() if value is not None or key in required}
    for conversion in kept.get("converted", {}).values():
        if conversion["note"] is None:
            del conversion["note"]
    return {"id": kept.pop("id"), "kind": kept.pop("kind"), **kept}


@functools.cache
def _required(model: type[BaseFact]) -> frozenset[str]:
    return frozenset(
        field.alias or name
        for name, field in model.model_fields.items()
        if field.is_required() or name == "kind"
    )


__all__ = [
    "FACT",
    "FACTS",
    "KINDS",
    "AnyFact",
    "ArticleFacts",
    "BaseFact",
    "Conversion",
    "DateFact",
    "Document",
    "DurationFact",
    "EntityFact",
    "EntityType",
    "Fact",
    "Mod",
    "MoneyFact",
    "NumberFact",
    "ParameterCountFact",
    "PercentFact",
    "Predicate",
    "QuantityFact",
    "dump_fact",
    "dump_json",
]
