"""The tagger's words: unidic tokens, with Latin names rejoined (``Qwen3-Max``)."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from jijitsu.tokens import Token, Tokens

# A run of Latin letters and digits with what joins them: a hyphen before or behind a part
# with a digit (GPT-4o, Qwen3-Max) or behind one letter (T-Head), a point within (4.1, Fig.AI).
_RUN = re.compile(
    r"[A-Za-zÀ-ÖØ-öø-ÿ0-9]+"
    r"(?:(?:[.&](?=[A-Za-z0-9])|'(?!s(?![A-Za-z]))(?=[A-Za-z0-9])|-(?=[A-Za-z]{0,2}[0-9])|(?<=[0-9])-(?=[A-Za-z0-9])"
    r"|(?<=[^A-Za-z][A-Z])-(?=[A-Za-z])|(?<=^[A-Z])-(?=[A-Za-z]))[A-Za-zÀ-ÖØ-öø-ÿ0-9]+)*\+?"
)
_LATIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
_SENTENCE_END = frozenset("。!?")
# Batches are padded to their longest sentence; a longer one is cut.
MAX_SENTENCE = 120
_UNKNOWN = "?"
_JOINED = "名詞-joined"
_UNKNOWN_FIELDS, _KNOWN_FIELDS = 6, 8


class Word(NamedTuple):
    """A word: its span in the normalized text, its surface, its part of speech."""

    start: int
    end: int
    surface: str
    pos: str


def sentences(norm: str, tokens: Tokens) -> Iterator[list[Word]]:
    """Yield the words of the text sentence by sentence; a line end ends one too."""
    for index in range(len(tokens)):
        sentence: list[Word] = []
        for word in _rejoined(norm, tokens.chunk(index)):
            sentence.append(word)
            if word.surface in _SENTENCE_END or len(sentence) == MAX_SENTENCE:
                yield sentence
                sentence = []
        if sentence:
            yield sentence


def _rejoined(norm: str, tokens: list[Token]) -> Iterator[Word]:
    position, count = 0, len(tokens)
    while position < count:
        start, end, surface, feature = tokens[position]
        position += 1
        if surface[0] in _LATIN and (run := _RUN.match(norm, start)) and run.end() > end:
            first = position
            while position < count and tokens[position].end <= run.end():
                end = tokens[position].end
                position += 1
            if position > first:
                yield Word(start, end, norm[start:end], _JOINED)
                continue
        yield Word(start, end, surface, part_of_speech(feature))


@functools.lru_cache(maxsize=20_000)
def part_of_speech(feature: str) -> str:
    """Return unidic's part of speech down to its third level (名詞-固有名詞-人名).

    A word that unidic does not know has six fields only, and gets a mark: it is a name far
    more often than a word of the language is.
    """
    fields = feature.split(",", _KNOWN_FIELDS)
    return "-".join(fields[:3]) + _UNKNOWN * (len(fields) <= _UNKNOWN_FIELDS)


@functools.lru_cache(maxsize=20_000)
def is_common_noun(feature: str) -> bool:
    """Whether unidic knows the word, and as no name."""
    pos = part_of_speech(feature)
    return pos.startswith(("名詞-普通名詞", "形状詞", "接尾辞", "接頭辞")) and not pos.endswith(
        _UNKNOWN
    )
