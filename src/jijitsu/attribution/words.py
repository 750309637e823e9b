"""A sentence as attribution reads it: its words, with each mention as one word."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from jijitsu.model import Mention
from jijitsu.tokens import NUMERAL_POS, Tokens

_VERBAL = ("動詞", "名詞-普通名詞-サ変")


class Item(NamedTuple):
    """A word, or a whole mention, whose word is its kind (``<money>``, ``<organization>``)."""

    start: int
    end: int
    word: str
    pos: str
    mention: Mention | None


def is_verbal(item: Item) -> bool:
    """Whether unidic tags a word as a verb, or as a noun that する makes one of (投資, 買収)."""
    return item.mention is None and item.pos.startswith(_VERBAL)


def read_items(
    norm: str, tokens: Tokens, mentions: Sequence[Mention], span: tuple[int, int]
) -> list[Item]:
    """Return the items of a span; ``mentions`` are sorted by start.

    A mention inside another one (a parameter count in a name) is no item of its own.
    """
    items: list[Item] = []
    start, end = span
    position = start
    first = bisect_left(mentions, start, key=lambda mention: mention.start)
    for mention in mentions[first:]:
        if mention.start >= end:
            break
        if mention.start < position:
            continue
        items += _plain(norm, tokens, position, mention.start)
        items.append(Item(mention.start, mention.end, _tag(mention), "", mention))
        position = mention.end
    return items + _plain(norm, tokens, position, end)


def _plain(norm: str, tokens: Tokens, start: int, end: int) -> list[Item]:
    if start >= end:
        return []
    return [
        Item(first, last, "0" if pos.startswith(NUMERAL_POS) else norm[first:last], pos, None)
        for first, last, pos in zip(*tokens.within(start, end), strict=True)
    ]


def _tag(mention: Mention) -> str:
    return f"<{mention.values['type'] if mention.kind == 'entity' else mention.kind}>"
