"""Words that are no names: terms of technology news, and common words of other languages."""

from __future__ import annotations

import functools
from bisect import bisect_right

from jijitsu.names.tagger.words import Words
from jijitsu.tables import load_words
from jijitsu.text import fold

_LONGEST = 4
# What sorts behind this is no word of a Latin script.
_BEHIND_LATIN = "\u0250"
NOTHING, TERM, LATIN = "-", "term", "latin"


@functools.cache
def _terms() -> frozenset[str]:
    return frozenset(fold(term).lower() for term in load_words("terms.csv", "term"))


@functools.cache
def _beginnings() -> frozenset[str]:
    return frozenset(term[:2] for term in _terms())


@functools.cache
def _english() -> frozenset[str]:
    return frozenset(load_words("english_words.csv", "term"))


@functools.cache
def _foreign() -> frozenset[str]:
    return frozenset(load_words("foreign_words.csv", "term"))


@functools.cache
def _latin() -> frozenset[str]:
    return _english() | _foreign()


def term_tags(lowered: str, words: Words) -> list[str]:
    """Return ``B-term`` or ``I-term`` for each word of a known term, ``latin`` for a plain one.

    Other words have :data:`NOTHING`.  ``lowered`` is the normalized text in lower case.
    """
    terms, beginnings, latin = _terms(), _beginnings(), _latin()
    tags = [
        LATIN if word < _BEHIND_LATIN and word.lower() in latin else NOTHING
        for word in words.surfaces
    ]
    starts = enumerate(words.starts)
    position = 0
    for index in [i for i, start in starts if lowered[start : start + 2] in beginnings]:
        if index < position:
            continue
        length = _term_length(lowered, words, index, terms)
        for step in range(length):
            tags[index + step] = f"{'I' if step else 'B'}-{TERM}"
        position = index + length
    return tags


def _term_length(lowered: str, words: Words, first: int, terms: frozenset[str]) -> int:
    """Return of how many words the longest term that begins here is; 0 if none does."""
    start = words.starts[first]
    ends = words.ends[first : first + _LONGEST]
    for length in range(len(ends), 0, -1):
        if lowered[start : ends[length - 1]] in terms:
            sentence_end = words.borders[bisect_right(words.borders, first)]
            if first + length <= sentence_end:
                return length
    return 0


def is_term(surface: str) -> bool:
    """Whether the words are a term that is no name."""
    return surface.lower() in _terms()


def is_english(word: str) -> bool:
    """Whether a Latin word is a common English one."""
    return word.lower().removesuffix("'s") in _english()


def is_plain_latin(word: str) -> bool:
    """Whether a Latin word is a common one of English or another European language."""
    return is_english(word) or word.lower() in _foreign()
