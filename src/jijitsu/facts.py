"""From mentions to facts: spans checked against the article, values validated."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from jijitsu.article import Article
from jijitsu.attribution import Attribution
from jijitsu.kinds import FACTS, AnyFact, Conversion
from jijitsu.model import Mention, Text
from jijitsu.rates import RateTable, convert
from jijitsu.restatements import Restatement

_NONE: dict[str, Any] = {}
_BATCH = 1_000


class SpanError(AssertionError):
    """A fact whose text is not what stands at its span; never the input's fault."""


class Links(NamedTuple):
    """What ties mentions together: restatements, and attributions by the mention's identity."""

    restatements: Sequence[Restatement]
    attributions: Mapping[int, Attribution]


def build_facts(
    article: Article, text: Text, mentions: Sequence[Mention], links: Links, rates: RateTable
) -> list[AnyFact]:
    """Return the validated facts of the mentions, in the article's own offsets.

    Links to mentions that are not among these are left out.

    Raises:
        SpanError: a fact's text differs from the article's at its span.
    """
    spans = {id(mention): text.raw_span(mention.start, mention.end) for mention in mentions}
    ordered = sorted(mentions, key=lambda m: (*spans[id(m)], m.kind))
    ids = {id(mention): str(number) for number, mention in enumerate(ordered)}
    restated = _restated(links.restatements, ids)

    def fields(mention: Mention) -> dict[str, Any]:
        start, end = spans[id(mention)]
        money = mention.kind == "money"
        return {
            "id": ids[id(mention)],
            "kind": mention.kind,
            "text": article.text[start:end],
            "start": start,
            "end": end,
            **_plain_ends(mention.values),
            **(_conversion(mention, article.published, rates) if money else _NONE),
            **restated.get(id(mention), _NONE),
            **_attributed(mention, links.attributions, ids),
        }

    facts: list[AnyFact] = []
    # Many at once: a call of the validator costs as much as a fact.
    for first in range(0, len(ordered), _BATCH):
        facts += FACTS.validate_python(list(map(fields, ordered[first : first + _BATCH])))
    for fact in facts:
        if fact.text != article.text[fact.start : fact.end]:
            raise SpanError(f"{article.source}: {fact!r}")
    return facts


def _restated(
    restatements: Sequence[Restatement], ids: Mapping[int, str]
) -> dict[int, dict[str, Any]]:
    """Return the fields that restatements give, by the mention's identity."""
    fields: dict[int, dict[str, Any]] = {}
    for first, second, ratio in restatements:
        if id(first) in ids and id(second) in ids:
            for one, other in ((first, second), (second, first)):
                named = fields.setdefault(id(one), {}).setdefault("equivalent_to", [])
                named.append(ids[id(other)])
            if ratio is not None:
                fields[id(second)]["deviation"] = _plain(round((ratio - 1) * 100, 1))
    return fields


def _attributed(
    mention: Mention, attributions: Mapping[int, Attribution], ids: Mapping[int, str]
) -> dict[str, Any]:
    """Return the fields that attribution gives; a fact that it could be asked of has them all."""
    found = attributions.get(id(mention))
    if found is None:
        return _NONE
    fields: dict[str, Any] = {"subject": ids.get(id(found.subject)), "confidence": found.confidence}
    if mention.kind == "money":
        shared = [ids[id(one)] for one in found.participants if id(one) in ids]
        fields |= {
            "predicate": found.predicate,
            "participants": shared or None,
            "when": ids.get(id(found.when)),
        }
    return fields


def _conversion(amount: Mention, day: datetime.date | None, rates: RateTable) -> dict[str, Any]:
    values = amount.values
    converted: dict[str, Conversion] | None
    converted, reason = convert(values["low"], values["high"], values["currency"], day, rates)
    return {"converted": converted, "unconverted": reason}


def _plain_ends(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values with the two ends of a number, if it is one, in plain notation."""
    if "low" not in values:
        return values
    return values | {end: _plain(values[end]) for end in ("low", "high")}


def _plain(value: Decimal | None) -> str | None:
    """Return a number in plain notation, as the text gave it."""
    if value is None:
        return None
    if value == value.to_integral_value():
        value = value.to_integral_value()
    return format(value, "f")
