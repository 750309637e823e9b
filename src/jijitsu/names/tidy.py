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
from jijitsu.names.tagger.words import is_common_noun
from jijitsu.tokens import Tokens

_LATIN_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ][A-Za-zÀ-ÖØ-öø-ÿ0-9.+&'-]*")
_LOWER_WORD = re.compile(r"(?<![A-Za-z0-9À-ÿ.-])[a-zß-öø-ÿ][a-zß-öø-ÿ'-]*(?![A-Za-z0-9])")
# Lower-case words that stand within names, or end those of a version (GPT-4o mini).
_WITHIN = frozenset(
    "of the and for de la von van der on in to at mini nano pro max lite turbo".split()
)
_JAPANESE = re.compile(r"[ぁ-んァ-ヺ一-龥]")
_TAIL = re.compile(r" ?(?:[ァ-ヺー]+|[一-龥々]+|[A-Z]{2,4})$")
_EDGES = " -:,;'\"・/|#*"
_LETTERS = re.compile(r"[A-Za-z]{2}|[A-Za-z][0-9]|[0-9][A-Za-z]|[ぁ-んァ-ヺ一-龥À-ÿ]|[A-Z]&")
_KATAKANA_NAME = re.compile(r"[ァ-ヺー・]+")
# Around a word that the language has too, these say that it is a name.
_NAMED_BEHIND = re.compile(r"[」』]?\s?(?:社|氏|さん|製|[((][A-Z])")
_NAMED_BEFORE = re.compile(r"(?:株式会社|合同会社|[米英独仏]|[「『])$")
# How much of a line is looked at, before a name and behind it.
_LINE = 300
_PHRASE = 4
_ENGLISH_SHARE = 0.4


def tidied(
    norm: str,
    tokens: Tokens,
    names: Sequence[Name],
    candidates: Sequence[Candidate],
    sure: Collection[str],
) -> list[Name]:
    """Return the names in their order, mended.

    ``candidates`` are what the entity table knows here; ``sure`` are the surfaces that it
    knows without doubt.
    """
    known = {(candidate.start, candidate.end) for candidate in candidates}
    kept: list[Name] = []
    for name in names:
        for part in _parts(norm, name, known, sure):
            mended = _without_tail(norm, part, known, sure)
            if _is_credible(norm, tokens, mended, known):
                kept.append(mended)
    return kept


def _parts(
    norm: str, name: Name, known: Collection[tuple[int, int]], sure: Collection[str]
) -> Iterator[Name]:
    """Split names that ・ joins, and a Latin phrase at its plain words (``Qwen3 unseats DeepSeek``)."""
    if (name.start, name.end) in known:
        yield name
        return
    joined = norm[name.start : name.end].split("・")
    if len(joined) > 1 and all(surface in sure for surface in joined):
        start = name.start
        for surface in joined:
            yield name._replace(start=start, end=start + len(surface))
            start += len(surface) + 1
        return
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


def _stripped(norm: str, name: Name) -> Iterator[Name]:
    surface = norm[name.start : name.end]
    start = name.start + len(surface) - len(surface.lstrip(_EDGES))
    end = name.end - (len(surface) - len(surface.rstrip(_EDGES)))
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


def _is_credible(norm: str, tokens: Tokens, name: Name, known: Collection[tuple[int, int]]) -> bool:
    """Refuse plain words, and in lines of other languages what no table knows."""
    if (name.start, name.end) in known:
        return True
    surface = norm[name.start : name.end]
    if not _LETTERS.search(surface) or _is_common_katakana(norm, tokens, name):
        return False
    words = _LATIN_WORD.findall(surface)
    if is_term(surface) or (words and all(is_english(word) for word in words)):
        return False
    return not (words and _is_foreign(norm, name))


def _is_common_katakana(norm: str, tokens: Tokens, name: Name) -> bool:
    """Whether a katakana name is made of words that unidic knows, with nothing to say it is one."""
    if name.type == "person" or not _KATAKANA_NAME.fullmatch(norm, name.start, name.end):
        return False
    if _NAMED_BEHIND.match(norm, name.end):
        return False
    if _NAMED_BEFORE.search(norm, max(0, name.start - 4), name.start):
        return False
    return all(
        is_common_noun(token.pos) or token.surface == "・"
        for token in tokens.overlapping(name.start, name.end)
    )


def _is_foreign(norm: str, name: Name) -> bool:
    """Whether the line is a phrase of neither Japanese nor English."""
    before = norm[max(0, name.start - _LINE) : name.start].rpartition("\n")[2]
    behind = norm[name.end : name.end + _LINE].partition("\n")[0]
    line = before + norm[name.start : name.end] + behind
    if _JAPANESE.search(line):
        return False
    words = _LATIN_WORD.findall(line)
    if len(words) < _PHRASE:
        return False
    return sum(map(is_english, words)) < _ENGLISH_SHARE * len(words)


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
