"""Words that are no names: terms of technology news, and common English words."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from jijitsu.names.tagger.words import Word
from jijitsu.tables import load_csv
from jijitsu.text import fold

_LONGEST = 4
TERM, ENGLISH = "term", "english"


@functools.cache
def _terms() -> frozenset[str]:
    return frozenset(fold(row["term"]).lower() for row in load_csv("terms.csv", ("term",)))


@functools.cache
def _beginnings() -> frozenset[str]:
    return frozenset(term[:2] for term in _terms())


@functools.cache
def _english() -> frozenset[str]:
    return frozenset(row["term"] for row in load_csv("english_words.csv", ("term",)))


def term_tags(norm: str, words: Sequence[Word]) -> list[str | None]:
    """Return ``B-term`` or ``I-term`` for each word of a known term, ``english`` for one alone."""
    tags: list[str | None] = [None] * len(words)
    terms, beginnings, english = _terms(), _beginnings(), _english()
    lowered = norm[words[0].start : words[-1].end].lower() if words else ""
    if words and len(lowered) != words[-1].end - words[0].start:
        return tags
    offset = words[0].start if words else 0
    position = 0
    while position < len(words):
        start = words[position].start - offset
        length = 0
        if lowered[start : start + 2] in beginnings:
            length = _term_length(lowered, offset, words, position, terms)
        for step in range(length):
            tags[position + step] = f"{'I' if step else 'B'}-{TERM}"
        if not length and words[position].surface.lower() in english:
            tags[position] = ENGLISH
        position += max(1, length)
    return tags


def _term_length(
    lowered: str, offset: int, words: Sequence[Word], position: int, terms: frozenset[str]
) -> int:
    """Return of how many words the longest term that begins here is; 0 if none does."""
    start = words[position].start - offset
    for length in range(min(_LONGEST, len(words) - position), 0, -1):
        if lowered[start : words[position + length - 1].end - offset] in terms:
            return length
    return 0


def is_term(surface: str) -> bool:
    """Whether the words are a term that is no name."""
    return surface.lower() in _terms()


def is_english(word: str) -> bool:
    """Whether a Latin word is a common English one."""
    return word.lower().removesuffix("'s") in _english()
