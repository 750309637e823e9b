"""Which of the tagger's names are none: plain words, addresses, phrases of other languages."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterable

from jijitsu.names.consistency import Name
from jijitsu.names.tagger.terms import is_english, is_plain_latin, is_term
from jijitsu.names.tagger.words import is_common_noun
from jijitsu.names.words import DOMAIN
from jijitsu.tables import load_words
from jijitsu.text import fold
from jijitsu.tokens import Tokens

_LATIN_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ][A-Za-zÀ-ÖØ-öø-ÿ0-9.+&'-]*")
_JAPANESE = re.compile(r"[ぁ-んァ-ヺ一-龥]")
_LETTERS = re.compile(r"[A-Za-z]{2}|[A-Za-z][0-9]|[0-9][A-Za-z]|[ぁ-んァ-ヺ一-龥À-ÿ]|[A-Z]&")
_KATAKANA_NAME = re.compile(r"[ァ-ヺー・]+")
# Names of two characters are often those of plain words (朝日, 必殺).
_LONG = 3
_KANJI = re.compile("[一-龥]")
_ABBREVIATION = re.compile(r"[A-Z][A-Za-z]*[A-Z]")
# What an abbreviation stands for, in brackets behind it.
_GLOSS = re.compile(r"\s?\(([ぁ-んァ-ヺー一-龥々・の]{3,20})\)")
# An address of the web, or its end; one that is a name as well stands in the entity table.
_ADDRESS = re.compile(rf"[a-z0-9.-]*{DOMAIN}")
# Around a word that the language has too, these say that it is a name.
_NAMED_BEHIND = re.compile(r"[」』]?\s?(?:社|氏|さん|製|側[はが]|[((][A-Z])")
# This says it even of a plain Latin word, and once in an article is enough.
_PARTY = re.compile(
    r"(?<![A-Za-z0-9.-])([A-Za-z][A-Za-z0-9.+&'-]*+(?: [A-Z][A-Za-z0-9.+&'-]*+)*+)"
    r"(?=社(?![会員内外債])|氏|さん|側[はが]|の(?:社長|会長|CEO|創業者|株価)[はがも])"
)
_NAMED_BEFORE = re.compile(r"(?:株式会社|合同会社|[米英独仏]|[「『])$")
# How much of a line is looked at, before a name and behind it.
_LINE = 300
_PHRASE = 4
_ENGLISH_SHARE = 0.4


def is_credible(
    norm: str,
    tokens: Tokens,
    name: Name,
    known: Collection[tuple[int, int]],
    parties: Collection[str],
) -> bool:
    """Refuse plain words, addresses, and in lines of other languages what no table knows.

    ``parties`` are plain words that are a name in this article (:func:`named_parties`).
    """
    if (name.start, name.end) in known:
        return True
    surface = norm[name.start : name.end]
    if not _LETTERS.search(surface) or _is_common(norm, tokens, name):
        return False
    if _ADDRESS.fullmatch(surface):
        return False
    words = _LATIN_WORD.findall(surface)
    if is_term(surface) or (words and all(map(is_plain_latin, words))):
        return surface in parties
    return not (words and _is_foreign(norm, name))


def named_parties(norm: str) -> set[str]:
    """Return the Latin words that are spoken of as a party: Quantum側は, Quantum社."""
    return {found[1] for found in _PARTY.finditer(norm)}


@functools.cache
def _name_end() -> re.Pattern[str]:
    words = map(re.escape, map(fold, load_words("name_ends.csv", "word")))
    return re.compile(f"(?:{'|'.join(words)})$")


def _is_common(norm: str, tokens: Tokens, name: Name) -> bool:
    """Whether a name is made of words that unidic knows, with nothing to say it is one.

    That can be told of katakana, of words that ・ joins (安全・安心), and of others that
    do not end as the name of a body does (発電戦略).
    """
    surface = norm[name.start : name.end]
    if not (
        "・" in surface
        or _KATAKANA_NAME.fullmatch(surface)
        or (len(surface) >= _LONG and _KANJI.search(surface) and not _name_end().search(surface))
    ):
        return False
    if name.type == "person" or _NAMED_BEHIND.match(norm, name.end):
        return False
    if _NAMED_BEFORE.search(norm, max(0, name.start - 4), name.start):
        return False
    return are_common(tokens, name.start, name.end)


def are_common(tokens: Tokens, start: int, end: int) -> bool:
    """Whether unidic knows all words there, and none as a name."""
    return all(
        is_common_noun(token.pos) or token.surface in {"・", "の"}
        for token in tokens.overlapping(start, end)
    )


def abbreviated_terms(norm: str, tokens: Tokens, names: Iterable[Name]) -> set[str]:
    """Return those surfaces of which brackets say that they are no names: CBT(認知行動療法)."""
    found = set()
    for name in names:
        if _ABBREVIATION.fullmatch(norm, name.start, name.end):
            gloss = _GLOSS.match(norm, name.end)
            if gloss and not _name_end().search(gloss[1]) and are_common(tokens, *gloss.span(1)):
                found.add(norm[name.start : name.end])
    return found


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
