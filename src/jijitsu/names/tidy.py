"""What the tagger's spans need before they are names: trimmed, split, and some refused.

These are the mistakes that every tagger trained on little text makes with words it has never
seen: generic words glued to a name (Qwenファミリー), whole phrases of another language,
headings in English.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence

from jijitsu.names.consistency import Name
from jijitsu.names.dictionary import Candidate
from jijitsu.names.tagger.terms import is_english, is_term

_LATIN_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ][A-Za-zÀ-ÖØ-öø-ÿ0-9.+&'-]*")
_LOWER_WORD = re.compile(r"(?<![A-Za-z0-9À-ÿ.-])[a-zß-öø-ÿ][a-zß-öø-ÿ'-]*(?![A-Za-z0-9])")
# Lower-case words that stand within names, or end those of a version (GPT-4o mini).
_WITHIN = frozenset("of the and for de la von van der on in to at mini nano pro max lite turbo".split())
_JAPANESE = re.compile(r"[ぁ-んァ-ヺ一-龥]")
_TAIL = re.compile(r"[ァ-ヺー]+$|[一-龥々]+$| ?[A-Z]{2,4}$")
_PHRASE = 4
_ENGLISH_SHARE = 0.4


def tidied(
    norm: str, names: Sequence[Name], candidates: Sequence[Candidate], sure: Collection[str]
) -> list[Name]:
    """Return the names in their order, mended.

    ``candidates`` are what the entity table knows here; ``sure`` are the surfaces that it
    knows without doubt.
    """
    known = {(candidate.start, candidate.end) for candidate in candidates}
    kept: list[Name] = []
    for name in names:
        for part in _parts(norm, name, known):
            mended = _without_tail(norm, part, known, sure)
            if _is_credible(norm, mended, known):
                kept.append(mended)
    return kept


def _parts(norm: str, name: Name, known: Collection[tuple[int, int]]) -> Iterator[Name]:
    """Split a Latin phrase at its plain words (``Qwen3 unseats DeepSeek``)."""
    if (name.start, name.end) in known or " " not in norm[name.start : name.end]:
        yield name
        return
    begin = name.start
    for plain in _LOWER_WORD.finditer(norm, name.start, name.end):
        if plain[0] in _WITHIN:
            continue
        yield from _stripped(norm, name._replace(start=begin, end=plain.start()))
        begin = plain.end()
    yield from _stripped(norm, name._replace(start=begin))


def _stripped(norm: str, name: Name) -> Iterator[Name]:
    surface = norm[name.start : name.end]
    start = name.start + len(surface) - len(surface.lstrip(" -:,;"))
    end = name.end - (len(surface) - len(surface.rstrip(" -:,;")))
    if start < end:
        yield name._replace(start=start, end=end)


def _without_tail(
    norm: str, name: Name, known: Collection[tuple[int, int]], sure: Collection[str]
) -> Name:
    """Cut a generic word off a name that is known without it."""
    if (name.start, name.end) in known:
        return name
    tail = _TAIL.search(norm, name.start, name.end)
    if tail is None or tail.start() == name.start:
        return name
    if norm[name.start : tail.start()] in sure and is_term(tail[0].strip()):
        return name._replace(end=tail.start())
    return name


def _is_credible(norm: str, name: Name, known: Collection[tuple[int, int]]) -> bool:
    """Refuse plain words, and in lines of other languages what no table knows."""
    if (name.start, name.end) in known:
        return True
    surface = norm[name.start : name.end]
    words = _LATIN_WORD.findall(surface)
    if is_term(surface) or (words and all(is_english(word) for word in words)):
        return False
    return not (words and _is_foreign(norm, name))


def _is_foreign(norm: str, name: Name) -> bool:
    """Whether the line is a phrase of neither Japanese nor English."""
    start = norm.rfind("\n", 0, name.start) + 1
    end = norm.find("\n", name.end)
    line = norm[start : end if end >= 0 else len(norm)]
    if _JAPANESE.search(line):
        return False
    words = _LATIN_WORD.findall(line)
    if len(words) < _PHRASE:
        return False
    return sum(map(is_english, words)) < _ENGLISH_SHARE * len(words)


def with_certain(
    norm: str, names: Sequence[Name], candidates: Sequence[Candidate]
) -> list[Name]:
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
