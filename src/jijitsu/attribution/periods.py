"""When an amount holds: the dates and durations around it, and their features."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from jijitsu.attribution.context import Context, Place
from jijitsu.attribution.words import START
from jijitsu.model import Mention

_BACK = 2
_MOST = 12
_CLOSE = 2
_TOLD = re.compile(
    "発表|明らかに|報じ|伝え|述べ|語っ|話し|公表|発表会|表明|説明し|示し|決め|合意|開示|報道|付で"
)
_QUARTER = re.compile("Q|H[12]$|-(?:SP|SU|FA|WI)")


class Period(NamedTuple):
    """A date or duration, and where it stands seen from the amount."""

    mention: Mention
    sentence: int
    relation: str


class Periods:
    """The dates and durations of one article."""

    def __init__(self, context: Context) -> None:
        """Collect them."""
        self._context = context
        self._mentions = [m for m in context.mentions if m.kind in {"date", "duration"}]
        self._starts = [mention.start for mention in self._mentions]

    def of(self, place: Place, previous: Mention | None) -> list[Period]:
        """Return the candidates for an amount; ``previous`` is when the one before it held."""
        found: dict[int, Period] = {}
        for relation, sentence, mentions in self._around(place, previous):
            for mention in mentions:
                found.setdefault(mention.start, Period(mention, sentence, relation))
        return list(islice(found.values(), _MOST))

    def _around(
        self, place: Place, previous: Mention | None
    ) -> Iterator[tuple[str, int, Sequence[Mention]]]:
        layout, index = self._context.layout, place.index
        start = place.amount.start
        same = self._in(place.sentence.start, place.sentence.end)
        yield "same", index, sorted(same, key=lambda mention: abs(mention.start - start))
        if place.cell is not None and place.cell.column_heading is not None:
            first, last = place.cell.column_heading
            yield "column", layout.at(first), self._in(first, last)
        if previous is not None:
            yield "previous", layout.at(previous.start), [previous]
        for back in range(1, min(_BACK, index) + 1):
            yield f"back{back}", index - back, self._sentence(index - back)
        if place.intro is not None:
            yield "intro", place.intro, self._sentence(place.intro)
        if place.heading is not None:
            yield "heading", place.heading, self._sentence(place.heading)
        yield "title", 0, self._sentence(0)

    def _sentence(self, index: int) -> Sequence[Mention]:
        sentence = self._context.sentence(index)
        return self._in(sentence.start, sentence.end)

    def _in(self, start: int, end: int) -> Sequence[Mention]:
        return self._mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


def period_features(
    place: Place, periods: Sequence[Period], previous: Mention | None, link: str
) -> list[list[str]]:
    """Return the features of no time at all, then those of each candidate."""
    told = _TOLD.search(place.context.norm, place.amount.end, place.sentence.end) is not None
    relation = place.governor.relation if place.governor else "-"
    head = place.governor.head if place.governor else "-"
    near = sum(1 for period in periods if period.relation == "same")
    never = [
        "never",
        f"never-near={min(near, 2)}",
        f"never-told={told}",
        f"never-kind={place.sentence.kind}",
        f"never-before={previous is not None}|{link}",
        f"never-gov={relation}|{head}",
        f"never-topic={place.topic.head if place.topic else '-'}",
    ]
    return [never, *(_one(place, one, previous, link, told=told) for one in periods)]


def _one(
    place: Place, one: Period, previous: Mention | None, link: str, *, told: bool
) -> list[str]:
    items = place.context.items(one.sentence)
    at = bisect_left(items, one.mention.start, key=START)
    behind = [item.word for item in items[at + 1 : at + 3]] + ["</s>", "</s>"]
    before = items[at - 1].word if at else "<s>"
    word, word2 = behind[0], behind[1]
    grain = _grain(one.mention)
    where = one.relation
    if where == "same":
        where += "-before" if one.mention.start < place.amount.start else "-behind"
    governor = place.governor
    found = [
        f"where={where}",
        f"grain={grain}",
        f"grain={grain}|{where}",
        f"word={where}|{word}",
        f"word2={word}|{word2}",
        f"word={grain}|{word}",
        f"before={before}|{where}",
        f"told={told}|{where}|{grain}",
        f"told={told}|{grain}|{word}",
        f"gov={governor.relation if governor else '-'}|{where}|{word}",
        f"gov-head={governor.head if governor else '-'}|{grain}",
        f"first={at <= _CLOSE}|{where}|{grain}",
    ]
    if previous is not None:
        same = one.mention is previous
        found += [f"previous={same}|{link}", f"previous={same}|{where}"]
    if one.relation == "same":
        found += _between(place, at, where, word)
    return found


def _between(place: Place, at: int, where: str, word: str) -> list[str]:
    ahead = at < place.first
    between = place.items[at + 1 : place.first] if ahead else place.items[place.behind : at]
    kinds = [item.mention.kind for item in between if item.mention is not None]
    amounts = min(kinds.count("money"), 2)
    others = min(kinds.count("date") + kinds.count("duration"), 2)
    commas = min(sum(1 for item in between if item.word == "、"), 2)
    topics = min(sum(1 for item in between if item.word in {"は", "が"}), 2)
    found = [
        f"amounts={where}|{amounts}",
        f"others={where}|{others}",
        f"commas={where}|{commas}|{word}",
        f"topics={where}|{topics}|{word}",
        f"length={where}|{len(between).bit_length()}",
    ]
    if len(between) <= _CLOSE:
        found.append(f"gap={where}|" + "|".join(item.word for item in between))
    return found


def _grain(mention: Mention) -> str:
    """Return how fine a date is: a day, a month, a quarter, a year …; or that it is a length."""
    value = mention.values["value"]
    if mention.kind == "duration":
        return "length"
    if value.startswith("FY"):
        return "fiscal year"
    if _QUARTER.search(value):
        return "quarter"
    return {3: "decade", 4: "year", 7: "month", 8: "week", 10: "day"}.get(len(value), "other")
