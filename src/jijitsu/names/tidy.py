"""What the tagger's spans need before they are names: trimmed, split, and some refused.

These are the mistakes that every tagger trained on little text makes with words it has never
seen: generic words glued to a name (Qwenファミリー), whole phrases of another language,
headings in English.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import get_args

from jijitsu.kinds import EntityType
from jijitsu.names.consistency import Name
from jijitsu.names.dictionary import Candidate
from jijitsu.names.refusals import abbreviated_terms, are_common, is_credible, named_parties
from jijitsu.names.tagger.terms import is_term
from jijitsu.tables import TableError, load_csv
from jijitsu.text import fold
from jijitsu.tokens import Tokens

_LOWER_WORD = re.compile(r"(?<![A-Za-z0-9À-ÿ.-])[a-zß-öø-ÿ][a-zß-öø-ÿ'-]*(?![A-Za-z0-9])")
# Lower-case words that stand within names, or end those of a version (GPT-4o mini).
_WITHIN = frozenset(
    "of the and for de la von van der on in to at mini nano pro max lite turbo".split()
)
# The last run of one script, of three that change within a phrase.
_TAIL = re.compile(r" ?(?:[ァ-ヺー]+|[一-龥々]+|(?<![A-Za-z0-9.-])[A-Z]{2,4})$")
_LATIN = re.compile("[A-Za-z]{2}")
# Ministries and the like are told apart from their country.
_MINISTRY = re.compile("[省庁局院会]")
_TAIL_BEHIND = re.compile("[ァ-ヺー]+|[一-龥々]+")
_COMPANY = re.compile("(?:株式|合同|有限)会社")
_UNIVERSITY = re.compile("(?<=[ァ-ヺー])大学(?!生|入試|受験)")
# A name that a generic word is cut off from is as long as this, and no such word is longer.
_SHORTEST, _LONGEST = 2, 12
_MARKUP = re.compile(r"[*|]+|: | [-–—] ")
# What joins two names, each of which the table knows.
_JOINTS = ("・", "-", "/", "&")
# One of these is in every mark and every joint.
_SEPARATOR = re.compile("[*|: ・/&-]")
_EDGES = " -:,;'\"・/|#*①②③④⑤⑥⑦⑧⑨⑩"


def tidied(
    norm: str,
    tokens: Tokens,
    names: Sequence[Name],
    candidates: Sequence[Candidate],
) -> list[Name]:
    """Return the names in their order, mended; ``candidates`` are what the entity table knows."""
    known = {(candidate.start, candidate.end) for candidate in candidates}
    # The surfaces that it knows without doubt, with their types.
    sure = {norm[c.start : c.end]: c.form.entity.type for c in candidates if not c.form.ambiguous}
    inside = _Inside(candidates)
    terms, parties = abbreviated_terms(norm, tokens, names), named_parties(norm)
    kept: list[Name] = []
    for name in names:
        for part in _parts(norm, name, known, sure):
            mended = _with_rest(norm, _without_tail(norm, part, known, sure))
            if norm[mended.start : mended.end] in terms:
                continue
            if not is_credible(norm, tokens, mended, known, parties):
                continue
            if part != name and (told := sure.get(norm[mended.start : mended.end])):
                kept.append(mended._replace(type=told))
            else:
                kept.append(_of_told_type(norm, mended, sure, inside))
    return _merged(norm, tokens, kept, sure)


def _merged(
    norm: str, tokens: Tokens, names: Sequence[Name], sure: Mapping[str, str]
) -> list[Name]:
    """Join names side by side that are one: a company and its product, a place and what it begins.

    OpenAI ChatGPT is one product, ドイツ電池新聞 one medium; 中国アリババ stays two names.
    """
    merged: list[Name] = []
    for name in names:
        before = merged[-1] if merged else None
        if before is not None and (kind := _joint_type(norm, tokens, before, name, sure)):
            merged[-1] = Name(before.start, name.end, kind)
        else:
            merged.append(name)
    return merged


def _joint_type(
    norm: str, tokens: Tokens, first: Name, second: Name, sure: Mapping[str, str]
) -> str | None:
    """Return the type of the one name that two make, or None where they are two."""
    gap, kinds = norm[first.end : second.start], (first.type, second.type)
    if gap == " " and kinds == ("organization", "product"):
        known = {norm[name.start : name.end] for name in (first, second)} <= sure.keys()
        return "product" if known else None
    if first.end == second.start and kinds == ("location", "organization"):
        if norm[second.start : second.end] in sure or _MINISTRY.match(norm, second.end - 1):
            return None
        return "organization" if are_common(tokens, second.start, second.end) else None
    return None


def _parts(
    norm: str, name: Name, known: Collection[tuple[int, int]], sure: Mapping[str, str]
) -> Iterator[Name]:
    """Split names that marks or ・ join, and a Latin phrase at its plain words (``Qwen3 unseats DeepSeek``)."""
    if (name.start, name.end) in known:
        yield name
        return
    pieces = _pieces(norm, name, sure)
    if len(pieces) > 1:
        for piece in pieces:
            yield from _parts(norm, piece, known, sure)
        return
    border = _place_before(norm, name, sure)
    if border is not None:
        yield Name(name.start, border, "location")
        name = name._replace(start=border)
    if " " not in norm[name.start : name.end]:
        yield from _stripped(norm, name)
        return
    begin = name.start
    for plain in _LOWER_WORD.finditer(norm, name.start, name.end):
        if plain[0] in _WITHIN:
            continue
        yield from _stripped(norm, name._replace(start=begin, end=plain.start()))
        begin = plain.end()
    yield from _stripped(norm, name._replace(start=begin))


def _pieces(norm: str, name: Name, sure: Mapping[str, str]) -> list[Name]:
    """Cut a name at marks of the page, else between names that the table knows for sure."""
    surface = norm[name.start : name.end]
    if not _SEPARATOR.search(surface):
        return [name]
    cuts = [mark.span() for mark in _MARKUP.finditer(surface)]
    for joint in () if cuts else _JOINTS:
        joined = surface.split(joint)
        if len(joined) > 1 and all(one in sure for one in joined):
            cuts = [mark.span() for mark in re.finditer(re.escape(joint), surface)]
            break
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(surface)]
    return [
        name._replace(start=name.start + start, end=name.start + end)
        for start, end in zip(starts, ends, strict=True)
    ]


def _place_before(norm: str, name: Name, sure: Mapping[str, str]) -> int | None:
    """Return where a known place ends that an unknown Latin name is glued to (英国ZRV7)."""
    latin = _LATIN.search(norm, name.start, name.end)
    if latin is None or latin.start() == name.start:
        return None
    return latin.start() if sure.get(norm[name.start : latin.start()]) == "location" else None


def _stripped(norm: str, name: Name) -> Iterator[Name]:
    surface = norm[name.start : name.end]
    start = name.start + len(surface) - len(surface.lstrip(_EDGES))
    end = name.end - (len(surface) - len(surface.rstrip(_EDGES)))
    if start < end:
        yield name._replace(start=start, end=end)


def _without_tail(
    norm: str, name: Name, known: Collection[tuple[int, int]], sure: Mapping[str, str]
) -> Name:
    """Cut off generic words that stand behind a name in another script."""
    while (name.start, name.end) not in known:
        tail = _TAIL.search(norm, name.start, name.end)
        if tail is None or tail.start() - name.start < _SHORTEST:
            break
        word = tail[0].strip()
        after_known = word.isascii() and norm[name.start : tail.start()] in sure
        if not (_is_tail(word) or (after_known and is_term(word))):
            break
        name = name._replace(end=tail.start())
    return name


def _with_rest(norm: str, name: Name) -> Name:
    """Take in what belongs to a company's or a university's name and stands right beside it."""
    if name.type == "person":
        return name
    behind = _COMPANY.match(norm, name.end) or _UNIVERSITY.match(norm, name.end)
    if behind and _COMPANY.search(norm, name.start, name.end) is None:
        return Name(name.start, behind.end(), "organization")
    return name


def _of_told_type(norm: str, name: Name, sure: Mapping[str, str], inside: _Inside) -> Name:
    """Give a name not known for sure the type that the word behind it tells, or its last part.

    T-Headチップ is of the product T-Head; Google Gemini is a product, not a company.
    """
    if norm[name.start : name.end] in sure:
        return name
    behind = _TAIL_BEHIND.match(norm, name.end)
    told = _told_type(behind[0]) if behind else ""
    if not told and inside.is_product_of_company(name):
        told = "product"
    return name._replace(type=told) if told else name


def _is_tail(word: str) -> bool:
    """Whether a word belongs to no name; titles take other words along (道路委員)."""
    return word in _tails() or _told_type(word) == "person"


def _told_type(word: str) -> str:
    """Return the type that the longest tail at the end of a word tells, if it tells any."""
    ends = (word[-length:] for length in range(min(len(word), _LONGEST), 0, -1))
    return next((_tails()[end] for end in ends if end in _tails()), "")


class _Inside:
    """The table's forms of an article, to be asked for those inside a name."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self._candidates = candidates
        self._starts = [candidate.start for candidate in candidates]

    def is_product_of_company(self, name: Name) -> bool:
        """Whether a name is made of a company's and of its product's (Google Gemini)."""
        first = bisect_left(self._starts, name.start)
        inside = self._candidates[first : bisect_left(self._starts, name.end)]
        return (
            len(inside) > 1
            and inside[0].start == name.start
            and inside[0].form.entity.type == "organization"
            and inside[-1].end == name.end
            and inside[-1].form.entity.type == "product"
        )


@functools.cache
def _tails() -> dict[str, str]:
    """Return the words behind names, and the type of name that each tells, if any.

    Raises:
        TableError: a word is too long, or its type is none.
    """
    table = "name_tails.csv"
    tails = {fold(row["word"]): row["type"] for row in load_csv(table, ("word", "type"))}
    for word, kind in tails.items():
        if len(word) > _LONGEST:
            raise TableError(table, word, f"longer than {_LONGEST} characters")
        if kind not in {"", *get_args(EntityType)}:
            raise TableError(table, word, f"unknown type {kind!r}")
    return tails


def with_certain(names: Sequence[Name], candidates: Sequence[Candidate]) -> list[Name]:
    """Add what the entity table knows without doubt where the tagger saw nothing."""
    taken = [(name.start, name.end) for name in sorted(names)]
    added = list(names)
    for candidate in candidates:
        if candidate.form.ambiguous or candidate.grown:
            continue
        index = bisect_right(taken, (candidate.start, candidate.end))
        before = index == 0 or taken[index - 1][1] <= candidate.start
        if before and (index == len(taken) or taken[index][0] >= candidate.end):
            added.append(Name(candidate.start, candidate.end, candidate.form.entity.type))
    return sorted(added)
