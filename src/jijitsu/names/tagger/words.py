"""The tagger's words: unidic tokens, with Latin names rejoined (``Qwen3-Max``)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from jijitsu.tokens import UNKNOWN, Columns, Tokens

# A run of Latin letters and digits with what joins them: a hyphen before or behind a part
# with a digit (GPT-4o, Qwen3-Max) or behind one letter (T-Head), a point within (4.1, Fig.AI).
_RUN = re.compile(
    r"[A-Za-zÀ-ÖØ-öø-ÿ0-9]+"
    r"(?:(?:[.&](?=[A-Za-z0-9])|'(?!s(?![A-Za-z]))(?=[A-Za-z0-9])|-(?=[A-Za-z]{0,2}[0-9])|(?<=[0-9])-(?=[A-Za-z0-9])"
    r"|(?<=[^A-Za-z][A-Z])-(?=[A-Za-z])|(?<=^[A-Z])-(?=[A-Za-z]))[A-Za-zÀ-ÖØ-öø-ÿ0-9]+)*\+?"
)
_SENTENCE_END = frozenset("。!?")
# A longer sentence is cut: it would be no sentence, and decoding goes word by word.
MAX_SENTENCE = 120
# So many words are held at once; more of an article come in further batches.
BATCH = 8_192
# How far behind a chunk the pattern of a run may look.
_LOOKAHEAD = 8
_JOINED = "名詞-joined"
_COMMON = ("名詞-普通名詞", "形状詞", "接尾辞", "接頭辞")


@dataclass(frozen=True, slots=True)
class Words:
    """Words in their order, a list per field, and where sentences begin among them.

    ``starts`` and ``ends`` are positions in the normalized text.  ``borders`` holds the index
    of each sentence's first word, and last the number of words.
    """

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    surfaces: list[str] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    borders: list[int] = field(default_factory=lambda: [0])

    def __len__(self) -> int:
        """Return the number of words."""
        return len(self.starts)

    def append(self, norm: str, columns: Columns) -> None:
        """Take the words of a chunk; its end is the end of a sentence too."""
        first = len(self)
        surfaces = list(map(norm.__getitem__, map(slice, columns.starts, columns.ends)))
        self.starts.extend(columns.starts)
        self.ends.extend(columns.ends)
        self.surfaces.extend(surfaces)
        self.pos.extend(columns.pos)
        ends = [i for i, word in enumerate(surfaces, first + 1) if word in _SENTENCE_END]
        if len(self) > max(first, ends[-1] if ends else 0):
            ends.append(len(self))
        for start, end in pairwise([first, *ends]):
            self.borders.extend(range(start + MAX_SENTENCE, end, MAX_SENTENCE))
            self.borders.append(end)


def read_words(norm: str, tokens: Tokens) -> Iterator[Words]:
    """Yield the words of the text in batches of whole sentences; a line's end ends one too."""
    words = Words()
    for index in range(len(tokens)):
        words.append(norm, _rejoined(norm, tokens.columns(index)))
        if len(words) >= BATCH:
            yield words
            words = Words()
    if len(words):
        yield words


def _rejoined(norm: str, tokens: Columns) -> Columns:
    """Join the tokens that a run of Latin letters and digits is made of."""
    starts, ends, _ = tokens
    if not starts:
        return tokens
    joined = []
    position, stop = starts[0], ends[-1] + _LOOKAHEAD
    while run := _RUN.search(norm, position, stop):
        first = bisect_left(starts, run.start())
        if first == len(starts):
            break
        if starts[first] > run.start() or not run[0][0].isascii():
            # Only a token's own beginning begins a run.
            position = max(starts[first], run.start() + 1)
            continue
        behind = bisect_right(ends, run.end())
        if behind > first + 1:
            joined.append((first, behind))
        position = ends[max(first, behind - 1)]
    return _with_joined(tokens, joined) if joined else tokens


def _with_joined(tokens: Columns, joined: list[tuple[int, int]]) -> Columns:
    """Return the tokens with those from the first to behind the last of each pair as one."""
    starts, ends, pos = tokens.starts[:], tokens.ends[:], tokens.pos[:]
    for first, behind in reversed(joined):
        del starts[first + 1 : behind], ends[first : behind - 1], pos[first + 1 : behind]
        pos[first] = _JOINED
    return Columns(starts, ends, pos)


def is_common_noun(pos: str) -> bool:
    """Whether unidic knows the word, and as no name."""
    return pos.startswith(_COMMON) and not pos.endswith(UNKNOWN)
