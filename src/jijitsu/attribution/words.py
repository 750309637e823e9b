"""A sentence as attribution reads it: its words, with each mention as one word."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from jijitsu.model import Mention
from jijitsu.tokens import NUMERAL_POS, Columns, Tokens

START = attrgetter("start")
"""What words, mentions and candidates are sorted and sought by."""

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
    position, end = span
    columns = tokens.within(position, end)
    for index in range(bisect_left(mentions, position, key=START), len(mentions)):
        mention = mentions[index]
        if mention.start >= end:
            break
        if mention.start < position:
            continue
        items += _plain(norm, columns, position, mention.start)
        items.append(Item(mention.start, mention.end, _tag(mention), "", mention))
        position = mention.end
    return items + _plain(norm, columns, position, end)


def _plain(norm: str, columns: Columns, start: int, end: int) -> list[Item]:
    """Return the words that lie whole in ``[start, end)``."""
    first = bisect_left(columns.starts, start)
    last = bisect_right(columns.ends, end, first)
    return [
        Item(start, end, "0" if pos.startswith(NUMERAL_POS) else norm[start:end], pos, None)
        for start, end, pos in zip(*(column[first:last] for column in columns), strict=True)
    ]


def _tag(mention: Mention) -> str:
    return f"<{mention.values['type'] if mention.kind == 'entity' else mention.kind}>"
