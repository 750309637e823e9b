"""The only overlap rule: which of two mentions on the same text stands.

A name beats a date or a quantity inside it (雲栖大会2025).  A parameter count stands beside
the name that holds it.  Of two numbers or dates the longer one stands, then the one of the
kind that says more.  A name that lies within a number's span falls.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from jijitsu.model import Mention

# From the kind that says most to the one that says least.
_RANK = ("money", "parameter_count", "percent", "date", "duration", "quantity")
_HELD_BY_NAMES = frozenset({"date", "duration", "quantity", "percent"})


def resolve(mentions: list[Mention]) -> list[Mention]:
    """Return the mentions that stand, sorted by start, then end."""
    names = [mention for mention in mentions if mention.kind == "entity"]
    others = [mention for mention in mentions if mention.kind != "entity"]
    others = _longest(others)
    others = [other for other in others if not _is_held(other, names)]
    names = [name for name in names if not _is_overlaid(name, others)]
    return sorted(names + others, key=lambda mention: (mention.start, mention.end, mention.kind))


def _longest(mentions: list[Mention]) -> list[Mention]:
    """Keep the longest of overlapping mentions, ties by rank; runs in one sweep."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end, _RANK.index(m.kind))):
        while kept and _beats(mention, kept[-1]):
            kept.pop()
        if not kept or kept[-1].end <= mention.start:
            kept.append(mention)
    return kept


def _beats(challenger: Mention, holder: Mention) -> bool:
    if holder.end <= challenger.start:
        return False
    return _weight(challenger) > _weight(holder)


def _weight(mention: Mention) -> tuple[int, int]:
    return mention.end - mention.start, -_RANK.index(mention.kind)


def _is_held(mention: Mention, names: list[Mention]) -> bool:
    if mention.kind not in _HELD_BY_NAMES:
        return False
    return any(
        name.start <= mention.start and mention.end <= name.end for name in _around(names, mention)
    )


def _is_overlaid(name: Mention, others: list[Mention]) -> bool:
    return any(
        other.kind != "parameter_count" or not _contains(name, other)
        for other in _around(others, name)
    )


def _contains(outer: Mention, inner: Mention) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _around(mentions: list[Mention], span: Mention) -> list[Mention]:
    """Return those of sorted, disjoint mentions that overlap the span."""
    first = bisect_right(mentions, span.start, key=lambda mention: mention.end)
    last = bisect_left(mentions, span.end, lo=first, key=lambda mention: mention.start)
    return mentions[first:last]
