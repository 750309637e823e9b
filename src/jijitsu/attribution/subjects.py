"""Whose an amount is: the features of each candidate, and of nobody."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from jijitsu.attribution.candidates import Candidate
from jijitsu.attribution.context import Place
from jijitsu.attribution.history import History
from jijitsu.attribution.words import START, Item
from jijitsu.tables import load_words
from jijitsu.text import fold

# Words between a name and the particle that tells its part in the sentence.
_TITLES = frozenset(
    "氏 さん CEO ceo 社長 会長 最高 経営 責任 者 兼 CFO CTO COO 創業 取締役 代表 執行 役員 ) 」 』 "
    "社 側 グループ 日本 法人 首相 大統領 長官 相 教授 アナリスト".split()
)
_SUBJECTS = frozenset("は が も".split())
_SOURCE = re.compile(
    r".{0,10}(?:によると|によれば|の調べ|の調査|の推計|の試算|の集計|の予測"
    r"|は[^。]{0,20}(?:報じ|伝え|予測|試算|推計)|が[^。]{0,20}(?:報じ|伝え))"
)
# What the words behind a name make of it, whatever else the sentence says.
_ROLES = {
    "agent": re.compile("(?:氏|社|側)?(?:によって|により|による|の手で|が主導|などが|らが)"),
    "goal": re.compile("(?:氏|社|側)?(?:へ|に対|に向け|向け|あて|宛)"),
    "origin": re.compile("(?:氏|社|側|など|ら)?から"),
    "share": re.compile("の?株"),
    "made": re.compile("製の?|が開発|が手が?け|が運営|が展開|が提供"),
    "part": re.compile("の(?:事業|部門|子会社|傘下)"),
    "with": re.compile("(?:社|側|など)?との?(?!い|し|な)"),
}
_INFLECTED = ("動詞", "助動詞")
_PASSIVE = re.compile("され|られ|れる|れた")
_RECEIVING = re.compile("を受け|を得|から調達")
_LEAD_REACH = 12
_BEFORE, _BEHIND = "-before", "-behind"
# How far back the begin of the line is sought.
_LINE = 2_000


class _Told(NamedTuple):
    """What the words around a candidate tell: the first two past its titles, and the one before.

    Before a name that a clause describes (100億ドルを投じるAlpha) stands ``<verb>``.
    ``roles`` are those of :data:`_ROLES`; a ``source`` is said to report or reckon here, a
    ``reporter`` does so by its name.
    """

    words: tuple[str, str]
    before: str
    roles: tuple[str, ...]
    source: bool
    reporter: bool


class _Seen(NamedTuple):
    """A candidate, what is told of it, and on which side of the amount it stands."""

    one: Candidate
    told: _Told
    side: str

    @property
    def where(self) -> str:
        """Return where it stands, seen from the amount."""
        return self.one.relation + self.side


@dataclass(frozen=True, slots=True)
class _Scene:
    """What all candidates of one amount are measured against."""

    place: Place
    relation: str
    head: str
    voice: str
    topic: _Seen | None
    zero: _Seen | None
    lead: _Seen | None
    history: History
    link: str


class SubjectFeatures:
    """The features of the candidates for the amounts of one article."""

    def __init__(self) -> None:
        """Keep what is asked of a candidate by several amounts."""
        self._told_of: dict[tuple[int, int], _Told] = {}

    def of(
        self, place: Place, candidates: Sequence[Candidate], history: History
    ) -> list[list[str]]:
        """Return the features of nobody, then those of each candidate."""
        tail = place.context.norm[place.amount.end : place.sentence.end]
        voice = "receiving" if _RECEIVING.search(tail) else "active"
        seen = [_Seen(one, self._told(place, one), _side(place, one)) for one in candidates]
        topic = _topic(seen)
        scene = _Scene(
            place=place,
            relation=place.governor.relation if place.governor else "-",
            head=place.governor.head if place.governor else "-",
            voice="passive" if _PASSIVE.search(tail) else voice,
            topic=topic,
            zero=None if topic is not None else _zero(place, seen),
            lead=_lead(place, seen),
            history=history,
            link=history.link(place),
        )
        near = sum(1 for candidate in candidates if candidate.relation == "same")
        return [_nobody(scene, near), *(_one(scene, candidate) for candidate in seen)]

    def _told(self, place: Place, one: Candidate) -> _Told:
        """Return what the words behind a candidate tell; several amounts ask for it."""
        key = one.start, one.end
        found = self._told_of.get(key)
        if found is None:
            found = self._told_of[key] = _read_told(place, one)
        return found


def _nobody(scene: _Scene, near: int) -> list[str]:
    """Return the features of nobody, where so many candidates stand in the amount's sentence."""
    place, before = scene.place, bool(scene.history.owners)
    around = place.items[max(0, place.first - 6) : place.first + 4]
    return [
        "nobody",
        f"nobody-near={min(near, 2)}",
        f"nobody-gov={scene.relation}|{scene.head}",
        f"nobody-before={before}",
        f"nobody-before={before}|{scene.link}",
        f"nobody-before={scene.history.ownerless}|{before}",
        *{f"nobody-word={item.word}" for item in around if item.mention is None},
    ]


def _one(scene: _Scene, seen: _Seen) -> list[str]:
    one, told, where = seen.one, seen.told, seen.where
    word, word2 = told.words
    kind = one.mentions[0].values["type"]
    form = "several" if len(one.mentions) > 1 else "anaphor" if one.anaphor else "name"
    found = [
        f"type={kind}",
        f"type={kind}|{where}",
        f"form={form}",
        f"form={form}|{where}",
        f"form={form}|{word}",
        f"word={where}|{word}",
        f"word-before={where}|{told.before}",
        f"word2={word}|{word2}",
    ]
    found += _parts(scene, seen, where, kind)
    if told.source:
        found += ["source", f"source={where}"]
    if told.reporter:
        found += ["reporter", f"reporter={where}"]
    for role in told.roles:
        found += [f"role={role}", f"role={role}|{where}", f"role={role}|{scene.voice}"]
    found += _distance(scene, seen, kind)
    return found


def _parts(scene: _Scene, seen: _Seen, where: str, kind: str) -> list[str]:
    """Return whether it owned the amount before, is the topic, the last one spoken of, the lead."""
    found = []
    if scene.history.owners:
        same = frozenset(seen.one.names) == scene.history.owners
        found += [f"before={same}|{scene.link}", f"before={same}|{where}"]
    if seen is scene.topic:
        found += ["topic", f"topic={scene.relation}", f"topic={scene.voice}"]
    elif scene.topic is not None:
        found.append(f"other-topic={where}")
    if seen is scene.zero:
        found += ["zero", f"zero={where}", f"zero={kind}"]
    if seen is scene.lead:
        found += ["lead", f"lead={seen.told.words[0]}", f"lead={where}", f"lead={kind}"]
        found.append(f"lead={scene.place.sentence.kind}")
    elif scene.lead is not None:
        found.append(f"other-lead={where}")
    return found


def _topic(candidates: Sequence[_Seen]) -> _Seen | None:
    """Return the topic of the amount's sentence before the amount.

    That is the last candidate with は or も, and else the last with が: a が behind は is
    mostly that of a relative clause (AlphaはBetaが開発したモデルを…).
    """
    marked: dict[bool, _Seen] = {}
    for seen in candidates:
        word = seen.told.words[0]
        if seen.side == _BEFORE and word in _SUBJECTS:
            best = marked.get(word == "が")
            if best is None or _span(seen) > _span(best):
                marked[word == "が"] = seen
    return marked.get(False) or marked.get(True)


def _zero(place: Place, candidates: Sequence[_Seen]) -> _Seen | None:
    """Return the last topic of the sentences before, which one without a topic goes on with."""
    marked = [
        seen
        for seen in candidates
        if seen.one.relation != "same"
        and seen.one.end <= place.amount.start
        and seen.told.words[0] in _SUBJECTS
        and not seen.told.source
    ]
    return max(marked, key=_span, default=None)


def _span(seen: _Seen) -> tuple[int, int]:
    return seen.one.start, seen.one.end


def _read_told(place: Place, one: Candidate) -> _Told:
    norm, items = place.context.norm, place.context.items(one.sentence)
    start = bisect_left(items, one.end, key=START)
    while start < len(items) and items[start].word in _TITLES:
        start += 1
    first, second, *_ = *(item.word for item in items[start : start + 2]), "</s>", "</s>"
    return _Told(
        words=(first, second),
        before=_word_before(items, one.start),
        roles=tuple(role for role, at in _ROLES.items() if at.match(norm, one.end)),
        source=_SOURCE.match(norm, one.end) is not None,
        reporter=_reports(one.mentions[0].values["name"]),
    )


def _word_before(items: Sequence[Item], position: int) -> str:
    at = bisect_left(items, position, key=START)
    if at == 0:
        return "<s>"
    before = items[at - 1]
    return "<verb>" if before.pos.startswith(_INFLECTED) else before.word


def _lead(place: Place, candidates: Sequence[_Seen]) -> _Seen | None:
    """Return the name that the amount's line begins with (``- Acme: …``, ``■Acme``)."""
    earliest = max(0, place.amount.start - _LINE)
    line = place.context.norm.rfind("\n", earliest, place.amount.start) + 1 or earliest
    inside = [seen for seen in candidates if line <= seen.one.start < place.amount.start]
    first = min(inside, key=lambda seen: (seen.one.start, -seen.one.end), default=None)
    return first if first is not None and first.one.start - line <= _LEAD_REACH else None


def _side(place: Place, one: Candidate) -> str:
    if one.relation != "same":
        return ""
    if one.end <= place.amount.start:
        return _BEFORE
    return _BEHIND if one.start >= place.amount.end else "-around"


def _distance(scene: _Scene, seen: _Seen, kind: str) -> list[str]:
    """Return what lies between the amount and a candidate of its sentence."""
    place, side, word = scene.place, seen.side, seen.told.words[0]
    if side not in {_BEFORE, _BEHIND}:
        return []
    at = bisect_left(place.items, seen.one.start, key=START)
    low, high = (at + 1, place.first) if side == _BEFORE else (place.behind, at)
    between = place.items[low:high]
    amounts = min(sum(1 for item in between if item.word == "<money>"), 2)
    commas = min(sum(1 for item in between if item.word == "、"), 3)
    return [
        f"amounts={side}|{amounts}",
        f"amounts={side}|{amounts}|{word}",
        f"commas={side}|{commas}",
        f"length={side}|{len(between).bit_length()}",
        f"gov-head={scene.head}|{side}|{word}",
        f"gov-head={scene.head}|{kind}",
    ]


@functools.cache
def _reporter() -> re.Pattern[str]:
    words = [re.escape(fold(word)) for word in load_words("sources.csv", "word")]
    return re.compile("|".join(words))


@functools.lru_cache(maxsize=4096)
def _reports(name: str) -> bool:
    """Whether a name is that of a medium, an analyst or another one who reports."""
    return _reporter().search(name) is not None
