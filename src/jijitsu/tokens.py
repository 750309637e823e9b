"""Tokens: fugashi with unidic-lite over the normalized text.

Tokenizing is the floor of the running time, so it is done line by line and only where
somebody asks.
"""

from __future__ import annotations

import functools
import re
from array import array
from bisect import bisect_left, bisect_right
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

import fugashi
import unidic_lite

# MeCab builds one lattice per call; a longer line is cut, behind a sentence end if it has one.
MAX_CHUNK = 2_000
NUMERAL_POS = "名詞-数詞"
UNKNOWN = "?"
"""Ends the part of speech of a word that unidic does not know."""

# Three fields a token: the blanks before it, its surface, and the number of its left context,
# which stands for its part of speech (left-id.def of the dictionary) and costs MeCab less to
# write.  Unknown words of several parts of speech share one number, so theirs is written out.
_FORMAT = rf'-O "" -F "%pS\t%m\t%phl\t" -U "%pS\t%m\t%f[0]-%f[1]-%f[2]{UNKNOWN}\t" -E ""'
_FIELDS = 3
# unidic-lite holds numeral and counter together in one token for these (一人, 二日, 五月).
_FUSED_COUNTER = re.compile("(?:[人日月年割](?:間|目)?|つ|割引き?)")
# unidic-lite makes one token of a counter and the 数 behind it (月数十万円).
_RATE_AND_VAGUE = re.compile("[月年日台回社人]数")
_SENTENCE_END = re.compile("[。！？!?]")
# Empty lines belong to the chunk before.
_NEWLINES = re.compile("\n+")


class _PartsOfSpeech(dict[str, str]):
    """What MeCab writes → unidic's part of speech to the third level, ``*`` for one left out."""

    def __init__(self) -> None:
        super().__init__()
        definitions = Path(unidic_lite.DICDIR, "left-id.def").read_text(encoding="utf-8")
        for line in definitions.splitlines():
            number, _, features = line.partition(" ")
            self[number] = "-".join(features.split(",", 3)[:3])

    def __missing__(self, written: str) -> str:
        levels = written.removesuffix(UNKNOWN).split("-")
        self[written] = "-".join(level or "*" for level in levels) + UNKNOWN
        return self[written]


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


class Columns(NamedTuple):
    """The tokens of a chunk, field by field.

    An object per token would cost more time than MeCab, and its surface more memory than the
    article: it is ``norm[start:end]``.
    """

    starts: array[int]
    ends: array[int]
    pos: list[str]


@functools.cache
def _tagger() -> fugashi.GenericTagger:
    folder = unidic_lite.DICDIR
    return fugashi.GenericTagger(rf'-r "{folder}/mecabrc" -d "{folder}" {_FORMAT}')


@functools.cache
def _parts_of_speech() -> _PartsOfSpeech:
    return _PartsOfSpeech()


class Tokens:
    """The tokens of one normalized text, made chunk by chunk on demand."""

    def __init__(self, norm: str) -> None:
        """Cut ``norm`` into chunks; nothing is tokenized yet."""
        self._norm = norm
        self._chunk_starts = _chunk_starts(norm)
        self._chunks: dict[int, Columns] = {}

    def __len__(self) -> int:
        """Return the number of chunks."""
        return len(self._chunk_starts)

    def columns(self, index: int) -> Columns:
        """Return the tokens of the chunk with this index, field by field."""
        columns = self._chunks.get(index)
        if columns is None:
            start, *behind = self._chunk_starts[index : index + 2]
            end = behind[0] if behind else len(self._norm)
            columns = self._chunks[index] = _tokenize(self._norm[start:end], start)
        return columns

    def chunk(self, index: int) -> list[Token]:
        """Return the tokens of the chunk with this index."""
        return list(map(self._token, *self.columns(index)))

    def overlapping(self, start: int, end: int) -> list[Token]:
        """Return the tokens that overlap ``[start, end)`` of one line."""
        columns = self._around(start)
        first = bisect_right(columns.ends, start)
        last = bisect_left(columns.starts, end, first)
        return list(map(self._token, *(column[first:last] for column in columns)))

    def _token(self, start: int, end: int, pos: str) -> Token:
        return Token(start, end, self._norm[start:end], pos)

    def within(self, start: int, end: int) -> Columns:
        """Return the tokens that lie whole in ``[start, end)``, field by field."""
        found = Columns(array("L"), array("L"), [])
        index = self._index(start)
        while index < len(self) and self._chunk_starts[index] < end:
            columns = self.columns(index)
            first = bisect_left(columns.starts, start)
            last = bisect_right(columns.ends, end, first)
            found.starts.extend(columns.starts[first:last])
            found.ends.extend(columns.ends[first:last])
            found.pos.extend(columns.pos[first:last])
            index += 1
        return found

    def _around(self, position: int) -> Columns:
        return self.columns(self._index(position))

    def _index(self, position: int) -> int:
        return bisect_right(self._chunk_starts, position) - 1

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
        starts = self._around(position).starts
        index = bisect_left(starts, position)
        return index < len(starts) and starts[index] == position

    def ends_at(self, position: int) -> bool:
        """Whether a token ends at this position."""
        ends = self._around(position - 1).ends
        index = bisect_left(ends, position)
        return index < len(ends) and ends[index] == position


def _chunk_starts(norm: str) -> list[int]:
    starts = [0]
    length = len(norm)
    position = 0
    while position < length:
        newlines = _NEWLINES.search(norm, position, position + MAX_CHUNK)
        if newlines:
            position = newlines.end()
        elif length - position <= MAX_CHUNK:
            break
        else:
            window = norm[position : position + MAX_CHUNK]
            ends = [found.end() for found in _SENTENCE_END.finditer(window)]
            position += ends[-1] if ends else MAX_CHUNK
        if position < length:
            starts.append(position)
    return starts


def _tokenize(chunk: str, offset: int) -> Columns:
    written = _tagger().parse(chunk)
    fields = written.split("\t") if written else []
    pos = list(map(_parts_of_speech().__getitem__, fields[2::_FIELDS]))
    # Blanks and surfaces alternate now, and cover the chunk.
    del fields[2::_FIELDS]
    borders = array("L", accumulate(map(len, fields), initial=offset))
    return Columns(borders[1::2], borders[2::2], pos)
