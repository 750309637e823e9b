"""From facts to rows of the tables that :mod:`jijitsu.store.schema` describes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from jijitsu.article import Article
from jijitsu.kinds import AnyFact, ArticleFacts, EntityFact, MoneyFact, ParameterCountFact
from jijitsu.kinds.base import BaseFact
from jijitsu.store.schema import FACTS
from jijitsu.store.sentences import sentence_span

Row = dict[str, Any]
Rows = dict[str, list[Row]]
"""The rows of one article, by the name of their table."""

_OWN_NAMES = {"start": "span_start", "end": "span_end", "first": "from_date", "last": "to_date"}
_ELSEWHERE = frozenset({"converted", "equivalent_to", "subject", "participants", "when", "name"})
_NUMBERS = frozenset({"low", "high", "deviation"})
_BLANK: Row = dict.fromkeys(FACTS.columns.keys())


def make_rows(article: Article, result: ArticleFacts) -> Rows:
    """Return an article and its facts as rows; numbers are decimals, days are dates."""
    document = result.document
    kept = {fact.id for fact in result.facts}
    row = {
        "id": document.id,
        "source": _storable(document.source),
        "sha256": document.sha256,
        "published": document.published,
        "title": _storable(document.title),
        "characters": len(article.text),
    }
    rows: Rows = {"articles": [row], "entities": _entities(result)}
    rows["facts"] = [_fact(article, fact) for fact in result.facts]
    rows["conversions"] = [
        row for fact in result.facts if isinstance(fact, MoneyFact) for row in _conversions(fact)
    ]
    rows["links"] = [
        {"fact_id": fact.id, "kind": kind, "target_id": target}
        for fact in result.facts
        for kind, target in _links(fact)
        if target in kept
    ]
    for table in ("facts", "conversions", "links"):
        for one in rows[table]:
            one["article_id"] = document.id
    return rows


def entity_key(fact: EntityFact) -> str:
    """Return the key of an entity: the id that the entity table gives, else type and name.

    The two can't be taken for each other: ``organization/alibaba``, ``organization:新会社``.
    """
    return fact.entity_id or f"{fact.type}:{_storable(fact.name)}"


def _entities(result: ArticleFacts) -> list[Row]:
    found = {
        entity_key(fact): {
            "id": entity_key(fact),
            "type": fact.type,
            "name": _storable(fact.name),
        }
        for fact in result.facts
        if isinstance(fact, EntityFact)
    }
    return [found[key] for key in sorted(found)]


def _fact(article: Article, fact: BaseFact) -> Row:
    first, last = sentence_span(article.text, fact.start, fact.end)
    row = _BLANK | {"sentence": _storable(article.text[first:last]), "sentence_start": first}
    for name in type(fact).model_fields:
        value = getattr(fact, name)
        if name in _ELSEWHERE:
            continue
        if name == "confidence":
            row |= {f"{field}_confidence": sure for field, sure in (value or {}).items()}
        elif name in _NUMBERS:
            row[name] = None if value is None else Decimal(value)
        else:
            row[_OWN_NAMES.get(name, name)] = _storable(value)
    if isinstance(fact, EntityFact):
        row["entity_id"] = entity_key(fact)
    return row


def _conversions(fact: MoneyFact) -> Iterator[Row]:
    for currency, conversion in (fact.converted or {}).items():
        row = conversion.model_dump()
        for name in ("low", "high", "rate"):
            row[name] = None if row[name] is None else Decimal(row[name])
        yield {"fact_id": fact.id, "currency": currency, **row}


def _links(fact: AnyFact) -> Iterator[tuple[str, str]]:
    """Yield what a fact says of others of its article: the kind of link, and the other's id."""
    if isinstance(fact, MoneyFact | ParameterCountFact) and fact.subject is not None:
        yield "subject", fact.subject
    if isinstance(fact, MoneyFact):
        for target in dict.fromkeys(fact.equivalent_to or ()):
            yield "equivalent", target
        for target in dict.fromkeys(fact.participants or ()):
            yield "participant", target
        if fact.when is not None:
            yield "when", fact.when


def _storable(value: Any) -> Any:
    """Return a text without U+0000, which PostgreSQL can't hold; anything else as it is."""
    return value.replace("\0", "\ufffd") if isinstance(value, str) else value
