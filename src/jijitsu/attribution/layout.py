"""Where in an article a mention stands: its sentence, the heading above, its table cell."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise
from typing import Literal, NamedTuple

SentenceKind = Literal["heading", "item", "row", "prose"]

_ROW = re.compile(r"\s*\|.*\||[^|\n]*\|[^|\n]*\|")
_RULE = re.compile(r"[\s|:=+-]+")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s|\s{0,3}[■◆●▼【]")
_ITEM = re.compile(r"\s*(?:[-*+・●■◆▼○◇✓※→>]\s*|[0-9]{1,2}[.)]\s|[①-⑳])")
# A set of characters to begin with lets the search skip all others at once.
_SENTENCE_END = re.compile(
    r"[。!?.「『」』](?:(?<=[。!?])[。!?]*[」』)\"]*|(?<=\.)(?=\s+[A-Z\"])|(?<=[「『」』]))"
)
# A line that ends so goes on in the next one.
_UNFINISHED = re.compile(
    r"(?:[、,はがをにでとのもへばて]|から|まで|より|けど|など|たり|[しり](?<=[一-龥].))\s*$"
)
# A line without a full stop that stands alone is a heading up to this length.
_LONGEST_TITLE = 60
# What is longer is no sentence, heading or row that anybody wrote, and is cut: the work for
# an amount grows with its sentence.
_LONGEST = 1000


class Sentence(NamedTuple):
    """A sentence, or a line that is none (a heading, a row of a table), in ``norm``."""

    start: int
    end: int
    kind: SentenceKind


class Cell(NamedTuple):
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

    @cached_property
    def _runs(self) -> list[int]:
        """The first sentence of the run of one kind that each sentence is in."""
        return _firsts(one.kind == other.kind for one, other in pairwise(self.sentences))

    @cached_property
    def _tables(self) -> list[int]:
        """The first row of the table that each sentence is in, if it is a row."""
        return _firsts(self._follows(index) for index in range(1, len(self.sentences)))

    def at(self, position: int) -> int:
        """Return the index of the sentence that holds this position, which is no blank."""
        return max(0, bisect_right(self._starts, position) - 1)

    def heading(self, index: int) -> int | None:
        """Return the index of the heading above this sentence."""
        place = bisect_right(self._headings, index - 1) - 1
        return self._headings[place] if place >= 0 else None

    def intro(self, index: int) -> int | None:
        """Return the index of what stands above the list or table that holds this sentence."""
        if self.sentences[index].kind not in {"item", "row"}:
            return None
        first = self._runs[index]
        return first - 1 if first else None

    def cell(self, index: int, position: int) -> Cell | None:
        """Return the cell at this position, if its sentence is a row of a table."""
        if self.sentences[index].kind != "row":
            return None
        row = self._cells(index)
        column = max((i for i, (start, _) in enumerate(row) if start <= position), default=0)
        first = self._tables[index]
        head = self._cells(first)
        above = head[column] if first < index and column < len(head) else None
        return Cell(row[0] if column else None, above)

    def _follows(self, index: int) -> bool:
        """Whether the sentence is a row right below another one."""
        before, this = self.sentences[index - 1], self.sentences[index]
        gap = self._norm[before.end : this.start]
        return before.kind == this.kind == "row" and (not gap.strip() or bool(_RULE.fullmatch(gap)))

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


def _firsts(continues: Iterable[bool]) -> list[int]:
    """Return for each sentence the first of its run; each but the first may continue one."""
    firsts = [0]
    for index, goes_on in enumerate(continues, 1):
        firsts.append(firsts[-1] if goes_on else index)
    return firsts


def _sentences(norm: str) -> Iterator[Sentence]:
    blank_before = True
    lines = [line for line in re.finditer(r"[^\n]+", norm) if line[0].strip()]
    kind: SentenceKind = "prose"
    start: int | None = None
    for number, line in enumerate(lines):
        text = line[0]
        behind = lines[number + 1].start() if number + 1 < len(lines) else len(norm)
        blank_after = number + 1 == len(lines) or _is_apart(norm, line.end(), behind)
        found = _kind(text, alone=blank_before and blank_after, first=not number)
        if start is None or found != "prose":
            if start is not None:
                yield from _split(norm, start, lines[number - 1].end(), kind)
            kind, start = found, line.start()
        if kind in {"row", "heading"}:
            if kind == "heading" or not _RULE.fullmatch(text):
                yield Sentence(line.start(), line.end(), kind)
            start = None
        elif blank_after or line.end() - start > _LONGEST or not _UNFINISHED.search(text):
            yield from _split(norm, start, line.end(), kind)
            start = None
        blank_before = blank_after


def _is_apart(norm: str, end: int, start: int) -> bool:
    """Whether an empty line stands between a line's end and the next one's start."""
    return norm.count("\n", end, start) > 1


def _kind(text: str, *, alone: bool, first: bool) -> SentenceKind:
    if len(text) <= _LONGEST and _ROW.match(text):
        return "row"
    if len(text) <= _LONGEST and _HEADING.match(text):
        return "heading"
    if _ITEM.match(text):
        return "item"
    stripped = text.strip()
    if (alone or first) and len(stripped) <= _LONGEST_TITLE and not stripped.endswith(("。", ".")):
        return "heading"
    return "prose"


def _cut(norm: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the pieces of a sentence that is too long, cut behind commas where there are any."""
    while end - start > _LONGEST:
        comma = norm.rfind("、", start, start + _LONGEST)
        at = comma + 1 if comma >= 0 else start + _LONGEST
        if norm[start:at].strip():
            yield start, at
        start = at
    if norm[start:end].strip():
        yield start, end


def _split(norm: str, start: int, end: int, kind: SentenceKind) -> Iterator[Sentence]:
    """Yield the sentences of a line, or of lines that go on; what is quoted stays in its own."""
    opened = norm.count("「", start, end) + norm.count("『", start, end)
    closed = opened == norm.count("」", start, end) + norm.count("』", start, end)
    depth, borders = 0, [start]
    for found in _SENTENCE_END.finditer(norm, start, end):
        sign = found[0]
        if sign in "「『":
            depth += closed
        elif sign in "」』":
            depth = max(0, depth - 1)
        else:
            inside = depth - sum(sign.count(close) for close in "」』")
            if closed:
                depth = max(0, inside)
            if depth == 0:
                borders.append(found.end())
    for first, last in pairwise([*borders, end]):
        if last - first > _LONGEST:
            yield from (Sentence(*span, kind) for span in _cut(norm, first, last))
        elif norm[first:last].strip():
            yield Sentence(first, last, kind)
