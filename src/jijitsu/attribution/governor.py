"""The word that an amount hangs on: its verb, the noun it describes, or its topic."""

from __future__ import annotations

from typing import NamedTuple

from jijitsu.attribution.words import Item, is_verbal

# Words of degree that stand between an amount and what it belongs to.
_DEGREES = frozenset(
    "規模 以上 以下 未満 超 強 弱 余り 程度 前後 近く 近い ほど くらい ぐらい 相当 台 分 ずつ "
    "にも も という といった とも 余 内外 見当 まで から 約 」 』 もの".split()
)
_OBJECTS = frozenset("を が は も に と で".split())
_LISTED = frozenset("、 , と や ・".split())
_TOPICS = frozenset("は が も : |".split())
_CLAUSE_ENDS = frozenset("。 ! ? 」 』 | <s>".split())
_NOUNS = ("名詞", "接尾辞", "接頭辞")
_REACH = 14
# How many amounts of a list are gone through to what governs the last one.
_LONGEST_LIST = 20


class Governor(NamedTuple):
    """How the amount hangs on it (``を``, ``の``, ``compound``, ``topic``, ``bracket``) and its span."""

    relation: str
    start: int
    end: int
    head: str


def find_governor(
    items: list[Item], first: int, behind: int, more: int = _LONGEST_LIST
) -> Governor | None:
    """Return what governs the amount that is ``items[first:behind]``, if that can be seen.

    An amount of a list hangs on what governs the list, ``more`` amounts further at most.
    """
    place = behind
    while place < len(items) and items[place].word in _DEGREES:
        place += 1
    if place == len(items):
        return None
    item = items[place]
    if item.word in _LISTED and more:
        following = _next_amount(items, place + 1)
        if following is not None:
            found = find_governor(items, following, following + 1, more - 1)
            if found is not None:
                return found._replace(relation="list")
    if item.word == "の":
        return _phrase(items, place + 1, "の")
    if item.word in _OBJECTS:
        return _verb(items, place + 1, item.word)
    if item.pos.startswith(_NOUNS):
        return _phrase(items, place, "compound")
    if item.word in {")", "]"}:
        return _before_bracket(items, first)
    return None


def _next_amount(items: list[Item], place: int) -> int | None:
    """Return where the next amount of a list stands."""
    for index in range(place, min(len(items), place + _REACH)):
        mention = items[index].mention
        if mention is not None and mention.kind == "money":
            return index
        if items[index].word in _CLAUSE_ENDS or items[index].pos.startswith("動詞"):
            return None
    return None


def find_topic(items: list[Item], first: int) -> Governor | None:
    """Return the noun phrase before the nearest は, が, も or colon before the amount."""
    for place in range(first - 1, 0, -1):
        if items[place].word in _TOPICS and (found := _phrase_ending(items, place, "topic")):
            return found
    return None


def _phrase(items: list[Item], place: int, relation: str) -> Governor | None:
    """Return the noun phrase from ``place`` on: its run of nouns, after adjectives and names."""
    end = place
    while end < len(items) and end < place + _REACH:
        if items[end].pos.startswith(_NOUNS) and items[end].mention is None:
            start = end
            while (
                end + 1 < len(items)
                and items[end + 1].pos.startswith(_NOUNS)
                and items[end + 1].mention is None
            ):
                end += 1
            return Governor(relation, items[start].start, items[end].end, items[end].word)
        if items[end].word in _CLAUSE_ENDS or items[end].word in _OBJECTS:
            return None
        end += 1
    return None


def _phrase_ending(items: list[Item], place: int, relation: str) -> Governor | None:
    """Return the run of nouns that ends right before ``place``."""
    start = place
    while start and items[start - 1].pos.startswith(_NOUNS) and items[start - 1].mention is None:
        start -= 1
    if start == place:
        return None
    return Governor(relation, items[start].start, items[place - 1].end, items[place - 1].word)


def _verb(items: list[Item], place: int, relation: str) -> Governor | None:
    """Return the first verb or verbal noun from ``place`` on in this clause."""
    for index in range(place, min(len(items), place + _REACH)):
        item = items[index]
        if item.word in _CLAUSE_ENDS:
            return None
        if is_verbal(item):
            return Governor(relation, item.start, item.end, item.word)
    return None


def _before_bracket(items: list[Item], first: int) -> Governor | None:
    for place in range(first - 1, -1, -1):
        if items[place].word in {"(", "["}:
            return _phrase_ending(items, place, "bracket")
    return None
