"""Tokens: fugashi with unidic-lite over the normalized text.

Tokenizing is the floor of the running time, so it is done line by line and only where
somebody asks.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from typing import NamedTuple

import fugashi

# MeCab builds one lattice per call; a longer line is cut, behind a sentence end if it has one.
MAX_CHUNK = 2_000
NUMERAL_POS = "名詞-数詞"
UNKNOWN = "?"
"""Ends the part of speech of a word that unidic does not know."""

# One line a token: the blanks before it, its surface, its part of speech to the third level.
# MeCab writes these faster than Python reads them off the nodes one by one.
_POS = "%f[0]-%f[1]-%f[2]"
_FORMAT = rf'-O "" -F "%pS\t%m\t{_POS}\n" -U "%pS\t%m\t{_POS}{UNKNOWN}\n" -E ""'
# unidic-lite holds numeral and counter together in one token for these (一人, 二日, 五月).
_FUSED_COUNTER = re.compile("(?:[人日月年割](?:間|目)?|つ|割引き?)")
# unidic-lite makes one token of a counter and the 数 behind it (月数十万円).
_RATE_AND_VAGUE = re.compile("[月年日台回社人]数")
_SENTENCE_END = re.compile("[。！？!?]")


class _Names(dict[str, str]):
    """Parts of speech as MeCab writes them here → unidic's own, with * for a level left out."""

    def __missing__(self, written: str) -> str:
        mark = UNKNOWN * written.endswith(UNKNOWN)
        levels = written.removesuffix(UNKNOWN).split("-")
        self[written] = "-".join(level or "*" for level in levels) + mark
        return self[written]


_NAMES = _Names()


class Token(NamedTuple):
    """A token: its span in the normalized text, its surface and its part of speech."""

    start: int
    end: int
    surface: str
    pos: str

    @property
    def is_numeral(self) -> bool:
        """Whether unidic tags it 名詞-数詞."""
        return self.pos.startswith(NUMERAL_POS)


@functools.cache
def _tagger() -> fugashi.Tagger:
    return fugashi.Tagger(_FORMAT)


class Tokens:
    """The tokens of one normalized text, made chunk by chunk on demand."""

    def __init__(self, norm: str) -> None:
        """Cut ``norm`` into chunks; nothing is tokenized yet."""
        self._norm = norm
        self._chunk_starts = _chunk_starts(norm)
        self._chunks: dict[int, list[Token]] = {}

    def __len__(self) -> int:
        """Return the number of chunks."""
        return len(self._chunk_starts)

    def chunk(self, index: int) -> list[Token]:
        """Return the tokens of the chunk with this index."""
        if index not in self._chunks:
            start = self._chunk_starts[index]
            following = index + 1
            end = self._chunk_starts[following] if following < len(self) else len(self._norm)
            self._chunks[index] = _tokenize(self._norm[start:end], start)
        return self._chunks[index]

    def overlapping(self, start: int, end: int) -> list[Token]:
        """Return the tokens that overlap ``[start, end)`` of one line."""
        chunk = self.chunk(bisect_right(self._chunk_starts, start) - 1)
        first = bisect_right(chunk, start, key=_token_end)
        found = []
        for token in chunk[first:]:
            if token.start >= end:
                break
            found.append(token)
        return found

    def is_number(self, start: int, end: int) -> bool:
        """Whether the kanji numeral ``[start, end)`` is one, and not part of another word.

        A numeral is made of numeral tokens; the last may hold a counter too (一人).  In
        六本木, 一方, 三菱, 十分 it is part of a token of another kind.
        """
        tokens = self.overlapping(start, end)
        if not tokens:
            return False
        if tokens[0].start < start:
            return bool(_RATE_AND_VAGUE.fullmatch(tokens[0].surface)) and len(tokens) > 1
        *inner, last = tokens
        if not all(token.is_numeral or token.surface == "・" for token in inner):
            return False
        if last.end <= end:
            return last.is_numeral
        return bool(_FUSED_COUNTER.fullmatch(last.surface, end - last.start))

    def starts_at(self, position: int) -> bool:
        """Whether a token starts at this position."""
        found = self.overlapping(position, position + 1)
        return bool(found) and found[0].start == position

    def ends_at(self, position: int) -> bool:
        """Whether a token ends at this position."""
        found = self.overlapping(position - 1, position)
        return bool(found) and found[-1].end == position


def _token_end(token: Token) -> int:
    return token.end


def _chunk_starts(norm: str) -> list[int]:
    starts = [0]
    length = len(norm)
    position = 0
    while position < length:
        newline = norm.find("\n", position, position + MAX_CHUNK)
        if newline >= 0:
            position = newline + 1
        elif length - position <= MAX_CHUNK:
            break
        else:
            window = norm[position : position + MAX_CHUNK]
            ends = [found.end() for found in _SENTENCE_END.finditer(window)]
            position += ends[-1] if ends else MAX_CHUNK
        if position < length:
            starts.append(position)
    return starts


def _tokenize(chunk: str, offset: int) -> list[Token]:
    tokens = []
    position = offset
    for line in filter(None, _tagger().parse(chunk).split("\n")):
        blank, surface, pos = line.split("\t")
        start = position + len(blank)
        position = start + len(surface)
        tokens.append(Token(start, position, surface, _NAMES[pos]))
    return tokens
