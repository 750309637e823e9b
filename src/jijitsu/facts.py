"""From mentions to facts: spans checked against the article, values validated."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from jijitsu.article import Article
from jijitsu.kinds import FACTS, AnyFact, Conversion
from jijitsu.link import find_equivalents
from jijitsu.model import Mention, Text
from jijitsu.rates import RateTable, convert

# Fields of the contract that nothing finds yet: they are given, as not known.
_UNKNOWN: dict[str, dict[str, None]] = {
    "money": {"predicate": None, "subject": None},
    "parameter_count": {"subject": None},
}
_NONE: dict[str, Any] = {}
_BATCH = 1_000


class SpanError(AssertionError):
    """A fact whose text is not what stands at its span; never the input's fault."""


def build_facts(
    article: Article, text: Text, mentions: Sequence[Mention], rates: RateTable
) -> list[AnyFact]:
    """Return the validated facts of the mentions, in the article's own offsets.

    Raises:
        SpanError: a fact's text differs from the article's at its span.
    """
    spans = {id(mention): text.raw_span(mention.start, mention.end) for mention in mentions}
    ordered = sorted(mentions, key=lambda m: (*spans[id(m)], m.kind))
    ids = {id(mention): str(number) for number, mention in enumerate(ordered)}
    extra = _money_fields(article, text.norm, ordered, ids, rates)

    def fields(mention: Mention) -> dict[str, Any]:
        start, end = spans[id(mention)]
        return {
            "id": ids[id(mention)],
            "kind": mention.kind,
            "text": article.text[start:end],
            "start": start,
            "end": end,
            **_UNKNOWN.get(mention.kind, _NONE),
            **_plain_ends(mention.values),
            **extra.get(id(mention), _NONE),
        }

    facts: list[AnyFact] = []
    # Many at once: a call of the validator costs as much as a fact.
    for first in range(0, len(ordered), _BATCH):
        facts += FACTS.validate_python(list(map(fields, ordered[first : first + _BATCH])))
    for fact in facts:
        if fact.text != article.text[fact.start : fact.end]:
            raise SpanError(f"{article.source}: {fact!r}")
    return facts


def _money_fields(
    article: Article,
    norm: str,
    mentions: Sequence[Mention],
    ids: dict[int, str],
    rates: RateTable,
) -> dict[int, dict[str, Any]]:
    """Return conversions and equivalents of the amounts, by the mention's identity."""
    amounts = [mention for mention in mentions if mention.kind == "money"]
    day = article.published
    fields = {id(amount): _conversion(amount, day, rates) for amount in amounts}

    def ratio(first: Mention, second: Mention) -> Decimal | None:
        rate = rates.rate(first.values["currency"], second.values["currency"], day)
        ours, theirs = _centre(first), _centre(second)
        if rate is None or not ours or theirs is None:
            return None
        return theirs / (ours * rate.value)

    for first, second in find_equivalents(norm, amounts, ratio):
        for one, other in ((first, second), (second, first)):
            fields[id(one)].setdefault("equivalent_to", []).append(ids[id(other)])
        off = ratio(first, second)
        if off is not None:
            fields[id(second)]["deviation"] = _plain(round((off - 1) * 100, 1))
    return fields


def _conversion(amount: Mention, day: datetime.date | None, rates: RateTable) -> dict[str, Any]:
    values = amount.values
    converted: dict[str, Conversion] | None
    converted, reason = convert(values["low"], values["high"], values["currency"], day, rates)
    return {"converted": converted, "unconverted": reason}


def _centre(amount: Mention) -> Decimal | None:
    """Return the amount that a bound speaks of, or the middle of a range."""
    low, high = amount.values["low"], amount.values["high"]
    if low is None or high is None:
        known: Decimal | None = high if low is None else low
        return known
    middle: Decimal = (low + high) / 2
    return middle


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
