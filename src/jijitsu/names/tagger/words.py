"""The tagger's words: unidic tokens, with Latin names rejoined (``Qwen3-Max``)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from jijitsu.tokens import UNKNOWN, Token, Tokens

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
_JOINED = "名詞-joined"
_COMMON = ("名詞-普通名詞", "形状詞", "接尾辞", "接頭辞")


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
        start, end, surface, pos = tokens[position]
        position += 1
        if surface[0] in _LATIN and (run := _RUN.match(norm, start)) and run.end() > end:
            first = position
            while position < count and tokens[position].end <= run.end():
                end = tokens[position].end
                position += 1
            if position > first:
                yield Word(start, end, norm[start:end], _JOINED)
                continue
        yield Word(start, end, surface, pos)


def is_common_noun(pos: str) -> bool:
    """Whether unidic knows the word, and as no name."""
    return pos.startswith(_COMMON) and not pos.endswith(UNKNOWN)
