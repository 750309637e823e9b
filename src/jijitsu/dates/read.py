"""From the dates of a text to its mentions of dates."""

from __future__ import annotations

import datetime
import re

from jijitsu.dates.grammar import find_parts
from jijitsu.dates.resolve import Resolver
from jijitsu.model import Mention
from jijitsu.tokens import Tokens

_APPROX_BEFORE = re.compile("(?:約|およそ|ほぼ)$")
_APPROX_BEHIND = re.compile("ごろ|ころ|頃")


def read_dates(
    norm: str, tokens: Tokens, published: datetime.date | None
) -> tuple[list[Mention], list[tuple[int, int]]]:
    """Return the dates that can be placed, and the spans of all, in order.

    The second list holds dates too that nothing places (9月 in an article with no date of
    publication): they are no facts, and their numbers are none either.
    """
    resolver = Resolver(norm, published)
    mentions = []
    spans = []
    for parts in find_parts(norm, tokens, published.year if published else None):
        spans.append((parts.start, parts.end))
        place = resolver.place(parts)
        if place is None:
            continue
        approximate = None
        if _APPROX_BEHIND.match(norm, parts.end) or _APPROX_BEFORE.search(
            norm, max(0, parts.start - 4), parts.start
        ):
            approximate = "APPROX"
        mentions.append(
            Mention(
                "date",
                parts.start,
                parts.end,
                {
                    "value": place.value,
                    "from": place.first,
                    "to": place.last,
                    "mod": place.mod or approximate,
                },
            )
        )
    return mentions, spans
