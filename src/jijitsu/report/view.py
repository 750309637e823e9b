"""Articles and facts as the page's data: plain JSON, texts already cut at the facts."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Any

from jijitsu.article import ArticleError
from jijitsu.front_matter import find_front_matter
from jijitsu.kinds import AnyFact, ArticleFacts, MoneyFact, dump_fact
from jijitsu.markup import find_regions
from jijitsu.rates import RateTable, convert
from jijitsu.rejected import Rejected
from jijitsu.report.claims import find_claims
from jijitsu.report.totals import Totals, add_up
from jijitsu.terminal import make_harmless

Node = str | dict[str, Any]
"""A piece of text, ``{"m": text}`` for markup, or ``{"f": place of the fact, "c": its nodes}``."""

# A leaf, and the facts around it, the outermost first.
_Piece = tuple[Node, tuple[int, ...]]


@dataclasses.dataclass(frozen=True, slots=True)
class View:
    """An article to show; ``text`` and ``rejected`` are None where they are not known."""

    result: ArticleFacts
    text: str | None = None
    rejected: Sequence[Rejected] | None = None


def to_data(views: Sequence[View], failed: Iterable[ArticleError] = ()) -> dict[str, Any]:
    """Return everything that the page shows."""
    claims = find_claims(view.result for view in views)
    return {
        "articles": [_article(view, claims) for view in views],
        "failed": [{"source": each.source, "reason": each.reason} for each in failed],
        "totals": _totals(add_up(view.result.facts for view in views)),
    }


def complete(result: ArticleFacts, rates: RateTable) -> ArticleFacts:
    """Return facts with conversions where they say nothing of any, as gold does not."""
    day = result.document.published

    def converted(fact: AnyFact) -> AnyFact:
        if not isinstance(fact, MoneyFact) or fact.converted or fact.unconverted:
            return fact
        low, high = (None if end is None else Decimal(end) for end in (fact.low, fact.high))
        amounts, reason = convert(low, high, fact.currency, day, rates)
        return fact.model_copy(update={"converted": amounts, "unconverted": reason})

    return result.model_copy(update={"facts": [converted(fact) for fact in result.facts]})


def cut(text: str, facts: Sequence[AnyFact]) -> list[Node]:
    """Cut a text at its facts; facts that cross each other come out in pieces.

    Front matter, which holds no facts, is left away; the page gives title and day itself.

    >>> from jijitsu.kinds import DurationFact
    >>> fact = DurationFact(id="0", text="3年間", start=5, end=8, value="P3Y", mod=None)
    >>> cut("<b>今後3年間で", [fact])
    [{'m': '<b>'}, '今後', {'f': 0, 'c': ['3年間']}, 'で']
    """
    order = sorted(range(len(facts)), key=lambda place: (facts[place].start, -facts[place].end))
    regions = find_regions(text)
    bounds = {place for span in (*facts, *regions) for place in (span.start, span.end)}
    first = _body_start(text)
    waiting, masked = list(reversed(order)), list(reversed(regions))
    pieces: list[_Piece] = []
    around: list[int] = []
    for start, end in pairwise(sorted({first, len(text), *(b for b in bounds if b > first)})):
        around = [place for place in around if facts[place].end > start]
        while waiting and facts[waiting[-1]].start == start:
            around.append(waiting.pop())
        while masked and masked[-1].end <= start:
            masked.pop()
        shown = make_harmless(text[start:end])
        is_markup = masked and masked[-1].start <= start
        pieces.append(({"m": shown} if is_markup else shown, tuple(around)))
    return _nest(pieces, 0)


def _body_start(text: str) -> int:
    front_matter = find_front_matter(text)
    body = text[front_matter.end :] if front_matter else text
    return len(text) - len(body.lstrip("\r\n"))


def _nest(pieces: Iterable[_Piece], depth: int) -> list[Node]:
    nodes: list[Node] = []
    for place, group in groupby(pieces, key=lambda piece: dict(enumerate(piece[1])).get(depth)):
        if place is None:
            nodes += [leaf for leaf, _ in group]
        else:
            nodes.append({"f": place, "c": _nest(group, depth + 1)})
    return nodes


def _article(view: View, claims: Mapping[tuple[str, str], dict[str, Any]]) -> dict[str, Any]:
    document, facts = view.result.document, view.result.facts
    return {
        "id": document.id,
        "source": make_harmless(document.source),
        "title": make_harmless(document.title) if document.title else None,
        "published": document.published.isoformat() if document.published else None,
        "nodes": None if view.text is None else cut(view.text, facts),
        "facts": [_fact(fact, claims.get((document.id, fact.id))) for fact in facts],
        "rejected": None if view.rejected is None else [_rejected(each) for each in view.rejected],
    }


def _fact(fact: AnyFact, claim: dict[str, Any] | None) -> dict[str, Any]:
    shown = {
        key: make_harmless(value) if isinstance(value, str) else value
        for key, value in dump_fact(fact).items()
    }
    return shown if claim is None else shown | {"claim": claim}


def _rejected(rejected: Rejected) -> dict[str, Any]:
    return {
        "kind": rejected.kind,
        "text": make_harmless(rejected.text),
        "reason": rejected.reason,
        "winner": make_harmless(rejected.winner or ""),
    }


def _totals(totals: Totals) -> dict[str, Any]:
    rows = [
        {
            "company": make_harmless(total.company),
            "predicate": total.predicate,
            "dollars": float(total.dollars),
            "amounts": total.amounts,
        }
        for total in totals.totals
    ]
    return {"rows": rows, "left_out": totals.left_out}
