"""Where in an article a mention stands: its sentence, the heading above, its table cell."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal

SentenceKind = Literal["heading", "item", "row", "prose"]

_ROW = re.compile(r"\s*\|.*\||[^|\n]*\|[^|\n]*\|")
_RULE = re.compile(r"[\s|:=+-]+")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s|\s{0,3}[■◆●▼【]")
_ITEM = re.compile(r"\s*(?:[-*+・●■◆▼○◇✓※→>]\s*|[0-9]{1,2}[.)]\s|[①-⑳])")
_SENTENCE_END = re.compile(r"[。!?]+[」』)\"]*|\.(?=\s+[A-Z\"])|[「『]|[」』]")
# A line without a full stop that stands alone is a heading up to this length.
_LONGEST_TITLE = 60
# A longer sentence or row is cut, so that an amount costs the same in a text of one line.
_LONGEST = 800
_CUT = re.compile("[、,|;:\\s]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or a line that is none (a heading, a row of a table), in ``norm``."""

    start: int
    end: int
    kind: SentenceKind


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: the spans of its row's first cell and of its column's heading."""

    row_heading: tuple[int, int] | None
    column_heading: tuple[int, int] | None


class Layout:
    """The sentences of one normalized text."""

    def __init__(self, norm: str) -> None:
        """Cut ``norm`` into sentences, line by line."""
        self._norm = norm
        self.sentences: list[Sentence] = list(_sentences(norm))

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    @cached_property
    def _headings(self) -> list[int]:
        return [i for i, sentence in enumerate(self.sentences) if sentence.kind == "heading"]

    def at(self, position: int) -> int:
        """Return the index of the sentence that holds this position, which is no blank."""
        return max(0, bisect_right(self._starts, position) - 1)

    def heading(self, index: int) -> int | None:
        """Return the index of the heading above this sentence."""
        place = bisect_right(self._headings, index - 1) - 1
        return self._headings[place] if place >= 0 else None

    def intro(self, index: int) -> int | None:
        """Return the index of what stands above the list or table that holds this sentence."""
        return self._intros[index]

    @cached_property
    def _intros(self) -> list[int | None]:
        found: list[int | None] = []
        for index, sentence in enumerate(self.sentences):
            listed = sentence.kind in {"item", "row"}
            goes_on = listed and index > 0 and self.sentences[index - 1].kind == sentence.kind
            above = index - 1 if index else None
            found.append(found[-1] if goes_on else above if listed else None)
        return found

    def cell(self, index: int, position: int) -> Cell | None:
        """Return the cell at this position, if its sentence is a row of a table."""
        if self.sentences[index].kind != "row":
            return None
        row = self._cells(index)
        column = max((i for i, (start, _) in enumerate(row) if start <= position), default=0)
        first = self._first_rows[index]
        head = self._cells(first)
        above = head[column] if first < index and column < len(head) else None
        return Cell(row[0] if column else None, above)

    @cached_property
    def _first_rows(self) -> list[int]:
        """Return for each sentence the first row of its table; itself where it is no row."""
        found: list[int] = []
        for index in range(len(self.sentences)):
            found.append(found[-1] if index and self._follows(index) else index)
        return found

    def _follows(self, index: int) -> bool:
        """Whether the sentence is a row right below another one."""
        before, this = self.sentences[index - 1], self.sentences[index]
        if not before.kind == this.kind == "row":
            return False
        gap = self._norm[before.end : this.start]
        return not gap.strip() or bool(_RULE.fullmatch(gap))

    def _cells(self, index: int) -> list[tuple[int, int]]:
        """Return the spans of a row's cells."""
        row = self.sentences[index]
        text = self._norm[row.start : row.end]
        first = text.index("|") + 1 if text.lstrip().startswith("|") else 0
        borders = [
            first - 1,
            *(at.start() for at in re.finditer(r"\|", text) if at.start() >= first),
        ]
        if text[borders[-1] + 1 :].strip():
            borders.append(len(text))
        return [(row.start + a + 1, row.start + b) for a, b in pairwise(borders)]


def _sentences(norm: str) -> Iterator[Sentence]:
    blank_before = True
    lines = list(re.finditer(r"[^\n]+", norm))
    for number, line in enumerate(lines):
        text = line[0]
        if not text.strip():
            blank_before = True
            continue
        following = lines[number + 1] if number + 1 < len(lines) else None
        blank_after = (
            following is None or following.start() > line.end() + 1 or not following[0].strip()
        )
        blank_before = blank_before or norm[line.start() - 2 : line.start()] == "\n\n"
        kind = _kind(text, alone=blank_before and blank_after, first=not number)
        if kind == "row" and _RULE.fullmatch(text):
            continue
        spans = [(0, len(text))] if kind in {"row", "heading"} else _split(text)
        for first, last in spans:
            for start, end in _short(text, first, last):
                yield Sentence(line.start() + start, line.start() + end, kind)
        blank_before = False


def _kind(text: str, *, alone: bool, first: bool) -> SentenceKind:
    if _ROW.match(text):
        return "row"
    if _HEADING.match(text):
        return "heading"
    if _ITEM.match(text):
        return "item"
    stripped = text.strip()
    if (alone or first) and len(stripped) <= _LONGEST_TITLE and not stripped.endswith(("。", ".")):
        return "heading"
    return "prose"


def _split(line: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of a line's sentences; what is quoted stays in its sentence."""
    closed = line.count("「") + line.count("『") == line.count("」") + line.count("』")
    depth = start = 0
    for found in _SENTENCE_END.finditer(line):
        sign = found[0]
        if sign in "「『":
            depth += closed
        elif sign in "」』":
            depth = max(0, depth - 1)
        else:
            inside = depth - sum(sign.count(close) for close in "」』")
            if closed:
                depth = max(0, inside)
            if depth == 0 and line[start : found.end()].strip():
                yield start, found.end()
                start = found.end()
    if line[start:].strip():
        yield start, len(line)


def _short(line: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a span that is too long, behind a comma or a blank where it has one."""
    while end - start > _LONGEST:
        cuts = [found.end() for found in _CUT.finditer(line, start, start + _LONGEST)]
        cut = cuts[-1] if cuts else start + _LONGEST
        yield start, cut
        start = cut
    yield start, end
