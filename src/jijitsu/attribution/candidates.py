"""Who may own an amount: the names around it, and the words that point back to one."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from jijitsu.attribution.context import Context, Place
from jijitsu.attribution.words import START
from jijitsu.model import Mention

# How many sentences back an owner is sought, and how many candidates an amount may have.
_BACK = 3
_MOST = 24
# How many of the article's most frequent names stand by for every amount.
_MAIN = 4
# How far back, in names, the antecedent of 同社 is sought.
_MEMORY = 12

_SINGLE = {
    "organization": "同社 同行 同グループ 同局 同省 同庁 同大 同ファンド 自社 当社 弊社".split(),
    "person": ["同氏"],
    "product": "同モデル 同サービス 同製品 同機 同アプリ 同シリーズ".split(),
}
_NUMERALS = {2: "両2二", 3: "3三", 4: "4四", 5: "5五", 6: "6六"}
_SEVERAL = {
    numeral + noun: count
    for count, numerals in _NUMERALS.items()
    for numeral in numerals
    for noun in ("社", "行")
} | {"両者": 2}
_ANTECEDENTS = {word: (kind, 1) for kind, words in _SINGLE.items() for word in words} | {
    word: ("organization", count) for word, count in _SEVERAL.items()
}
# No part of another number (12社).
_ANAPHOR = re.compile(rf"(?<![0-9])(?:{'|'.join(sorted(_ANTECEDENTS, key=len, reverse=True))})")
_TOPIC = re.compile("[)」』]?(?:氏|社|側|グループ)?[はがも]")
_JOINT = re.compile(
    r"\s?(?:、|・|,|/|&|と|や|および|及び|ならびに|並びに|、?そして|,? and)\s?"
    r"(?:米|英|独|仏|[中国韓台日]{1,2}の|米国の)?\s?"
)


class Candidate(NamedTuple):
    """One owner, or several that share, and the words ``[start, end)`` that tell so.

    ``names`` are the different shared names of the mentions, sorted.  ``relation`` says where
    the words stand, seen from the amount; an ``anaphor`` is one such as 同社 that stands for
    the mention.
    """

    mentions: tuple[Mention, ...]
    names: tuple[str, ...]
    start: int
    end: int
    sentence: int
    relation: str = ""
    anaphor: str = ""


def _candidate(
    mentions: Sequence[Mention], start: int, end: int, sentence: int, anaphor: str = ""
) -> Candidate:
    found = {mention.values["name"] for mention in mentions}
    names = tuple(sorted(found) if len(found) > 1 else found)
    return Candidate(tuple(mentions), names, start, end, sentence, anaphor=anaphor)


class Owners:
    """The possible owners of one article, and whom of them it speaks of most."""

    def __init__(self, context: Context) -> None:
        """Collect the article's names."""
        self._context = context
        self._mentions = [m for m in context.mentions if m.kind == "entity"]
        self._starts = [mention.start for mention in self._mentions]
        self._named: dict[str, list[Mention]] = {}
        self._of_type: dict[str, list[Mention]] = {}
        for mention in self._mentions:
            self._named.setdefault(mention.values["name"], []).append(mention)
            self._of_type.setdefault(mention.values["type"], []).append(mention)
        counts = Counter(
            m.values["name"]
            for m in self._mentions
            if m.values["type"] in {"organization", "product"}
        )
        self._main = [name for name, _ in counts.most_common(_MAIN)]
        self._by_sentence: dict[int, list[Candidate]] = {}

    def of(self, place: Place, previous: Iterable[str]) -> list[Candidate]:
        """Return the candidates for an amount; ``previous`` names who owned the one before."""
        found: dict[tuple[int, int], Candidate] = {}
        for relation, candidates in self._around(place, previous):
            for one in candidates:
                span = one.start, one.end
                if span not in found:
                    found[span] = Candidate(
                        one.mentions, one.names, *span, one.sentence, relation, one.anaphor
                    )
            if len(found) >= _MOST:
                break
        return list(islice(found.values(), _MOST))

    def _around(
        self, place: Place, previous: Iterable[str]
    ) -> Iterator[tuple[str, Iterable[Candidate]]]:
        """Yield candidates from near to far, with their relation to the amount."""
        context, index, start = place.context, place.index, place.amount.start
        yield "same", sorted(self.in_sentence(index), key=lambda one: abs(one.start - start))
        if place.cell is not None and place.cell.column_heading is not None:
            first, last = place.cell.column_heading
            headings = self.in_sentence(context.layout.at(first))
            yield "column", [one for one in headings if first <= one.start < last]
        for back in range(1, min(_BACK, index) + 1):
            yield f"back{back}", self.in_sentence(index - back)
        if place.intro is not None:
            yield "intro", self.in_sentence(place.intro)
        if place.heading is not None:
            yield "heading", self.in_sentence(place.heading)
        yield "title", self.in_sentence(0)
        yield "main", [self._standing(self.nearest(name, start)) for name in self._main]
        yield "previous", [self._standing(self.nearest(name, start)) for name in sorted(previous)]

    def in_sentence(self, index: int) -> list[Candidate]:
        """Return the candidates that stand in a sentence."""
        if index not in self._by_sentence:
            sentence = self._context.sentence(index)
            first = bisect_left(self._starts, sentence.start)
            names = self._mentions[first : bisect_left(self._starts, sentence.end)]
            found = [_candidate([m], m.start, m.end, index) for m in names]
            found += self._groups(names, index)
            for word in _ANAPHOR.finditer(self._context.norm, sentence.start, sentence.end):
                owners = self._antecedent(word[0], word.start(), index)
                if owners:
                    found.append(_candidate(owners, *word.span(), index, word[0]))
            self._by_sentence[index] = found
        return self._by_sentence[index]

    def nearest(self, name: str, position: int) -> Mention:
        """Return the last mention of a name before the position, else its first."""
        named = self._named[name]
        before = bisect_left(named, position, key=START)
        return named[max(0, before - 1)]

    def _standing(self, mention: Mention) -> Candidate:
        """Return a mention as a candidate, wherever it stands."""
        sentence = self._context.layout.at(mention.start)
        return _candidate([mention], mention.start, mention.end, sentence)

    def _groups(self, names: Sequence[Mention], index: int) -> Iterator[Candidate]:
        """Yield runs of names of one type that a comma or と joins."""
        groups: list[list[Mention]] = []
        for name in names:
            before = groups[-1][-1] if groups else None
            if (
                before is not None
                and name.values["type"] == before.values["type"]
                and _JOINT.fullmatch(self._context.norm, before.end, name.start)
            ):
                groups[-1].append(name)
            else:
                groups.append([name])
        for group in groups:
            if len(group) > 1:
                found = _candidate(group, group[0].start, group[-1].end, index)
                if len(found.names) > 1:
                    yield found

    def _antecedent(self, word: str, position: int, index: int) -> tuple[Mention, ...]:
        """Return what a word such as 同社 or 両社 stands for: whom the text spoke of last."""
        kind, wanted = _ANTECEDENTS[word]
        of_type = self._of_type.get(kind, [])
        last = bisect_right(of_type, position, key=START)
        recent = of_type[max(0, last - _MEMORY) : last]
        if wanted == 1:
            return self._last_topic(recent, index)
        chosen: dict[str, Mention] = {}
        for mention in reversed(recent):
            chosen.setdefault(mention.values["name"], mention)
            if len(chosen) == wanted:
                return tuple(sorted(chosen.values(), key=START))
        return ()

    def _last_topic(self, mentions: Sequence[Mention], index: int) -> tuple[Mention, ...]:
        """Return the last of them that was a topic or subject close before, else the last."""
        layout, norm = self._context.layout, self._context.norm
        for mention in reversed(mentions):
            if index - layout.at(mention.start) > _BACK:
                break
            if _TOPIC.match(norm, mention.end):
                return (mention,)
        return tuple(mentions[-1:])
