"""The rows of ``attribution/*.tsv``: whose an amount is, what it is, and when it holds.

A row is three columns between tabs, the third optional::

    {アルファ|org}は[100億円]を投じる    investment アルファ    @2025-09-25 a remark

``{…|TYPE}`` is a name, ``{…|TYPE:NAME}`` one with another shared name; TYPE is ``org``,
``person``, ``loc``, ``prod`` or ``event``.  ``[…]`` is an amount or a parameter count that is
judged; each amount of a restatement has its own.  All names are given by the row, so that
the tagger is not in play; numbers, dates and restatements are read by the pipeline's own
stages.  In the text ``\\n`` is a line break, and ``\\# \\[ \\] \\{ \\} \\\\`` are themselves.  Lines that
begin with ``#`` are comments.  The third column is that of :mod:`case_rows`.

One expectation for each bracket, ``;`` between them::

    PREDICATE OWNER [@WHEN]     an amount: investment アルファ @2025年
    count MODEL                 a parameter count

OWNER is a shared name, ``A + B`` where several share the sum, ``-`` for nobody.  WHEN is the
text of the date or duration in which the amount holds; without it none does.

``python tests/attribution_rows.py --sort`` moves the rows that fail to
``known_failures.tsv``, under the name of their table, and those that hold again back to it:
for those who have trained new weights and have looked at what changed.
"""

from __future__ import annotations

import datetime
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from case_rows import PUBLISHED, RowError, read_published
from jijitsu.attribution import Attribution, attribute
from jijitsu.dates.read import read_dates
from jijitsu.gold.marked import ENTITY_TYPES
from jijitsu.kinds import Predicate
from jijitsu.model import Mention, Text
from jijitsu.numbers.read import read_numbers
from jijitsu.rates import RateTable
from jijitsu.resolve import resolve
from jijitsu.restatements import find_restatements
from jijitsu.text import normalize
from jijitsu.tokens import Tokens

TABLES = Path(__file__).parent / "attribution"
KNOWN_FAILURES = TABLES / "known_failures.tsv"

_ESCAPES = {"n": "\n", "#": "#", "[": "[", "]": "]", "{": "{", "}": "}", "\\": "\\"}
_PART = re.compile(r"\\.|\|[a-z]+(?::[^{}|]+)?\}|[\[\]{}]|[^\\\[\]{}|]+|\|")
_EXPECTATION = re.compile(r"(?P<what>\S+) (?P<owner>[^@]+?)(?: @(?P<when>\S+))?")
_WHATS = frozenset({*get_args(Predicate), "count"})


@dataclass(frozen=True)
class Name:
    """A name of a row's text, in offsets of the text."""

    start: int
    end: int
    type: str
    shared: str


@dataclass(frozen=True)
class Row:
    """One row: the article's text, its names, and what is expected of each amount."""

    place: str
    text: str
    published: datetime.date | None
    names: tuple[Name, ...]
    amounts: tuple[tuple[int, int], ...]
    expected: tuple[str, ...]
    """For each amount its text and the expectation."""


def read_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a table.

    Raises:
        RowError: a row can't be read.
    """
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            yield read_row(f"{path.name}:{number}", line)


def read_row(place: str, line: str) -> Row:
    """Return the row that a line holds.

    Raises:
        RowError: the line can't be read.
    """
    try:
        marked, expectations, *notes = line.split("\t")
        text, names, amounts = _read_text(marked)
        said = [_canonical(one) for one in expectations.split(" ; ")]
        pairs = zip(amounts, said, strict=True)
        expected = tuple(f"{text[start:end]} {one}" for (start, end), one in pairs)
        published = read_published(notes[0]) if notes else PUBLISHED
    except (ValueError, LookupError) as error:
        raise RowError(f"{place}: {error}") from error
    return Row(place, text, published, tuple(names), tuple(amounts), expected)


def _read_text(marked: str) -> tuple[str, list[Name], list[tuple[int, int]]]:
    """Return the text without its marks, the names and the spans of the amounts."""
    text = ""
    names: list[Name] = []
    amounts: list[tuple[int, int]] = []
    opened: dict[str, int] = {}
    for part in _PART.findall(marked):
        if part.startswith("\\"):
            text += _ESCAPES[part[1]]
        elif part in {"[", "{"}:
            if part in opened:
                raise ValueError(f"a {part} in a {part}")
            opened[part] = len(text)
        elif part == "]":
            amounts.append((opened.pop("["), len(text)))
        elif part.endswith("}"):
            if "{" not in opened:
                raise ValueError(f"{part} closes no name")
            start = opened.pop("{")
            kind, _, shared = part[1:-1].partition(":")
            names.append(Name(start, len(text), ENTITY_TYPES[kind], shared or text[start:]))
        else:
            text += part
    if opened:
        raise ValueError(f"{' '.join(opened)} stays open")
    return text, names, amounts


def _canonical(expectation: str) -> str:
    found = _EXPECTATION.fullmatch(expectation)
    if found is None or found["what"] not in _WHATS:
        raise ValueError(f"{expectation!r} can't be read")
    owners = " + ".join(sorted(found["owner"].split(" + ")))
    return f"{found['what']} {owners} @{found['when'] or '-'}"


@dataclass(frozen=True)
class Reading:
    """A row's text as attribution gets it."""

    text: Text
    tokens: Tokens
    mentions: list[Mention]
    restatements: list[tuple[Mention, Mention]]


def read_mentions(row: Row) -> Reading:
    """Return the mentions of a row: its own names, and the numbers and dates read from it."""
    text = normalize(row.text)
    tokens = Tokens(text.norm)
    dates, taken = read_dates(text.norm, tokens, row.published)
    mentions = resolve([*dates, *read_numbers(text.norm, tokens, taken), *_names(row, text)])
    money = [mention for mention in mentions if mention.kind == "money"]
    restated = find_restatements(text.norm, money, RateTable.default(), row.published)
    return Reading(text, tokens, mentions, [(pair.first, pair.second) for pair in restated])


def judge(row: Row) -> tuple[str, ...]:
    """Return what attribution says of the row's amounts, in the notation of the tables.

    Raises:
        RowError: a bracket holds no amount.
    """
    reading = read_mentions(row)
    text, mentions = reading.text, reading.mentions
    found = attribute(text.norm, reading.tokens, mentions, reading.restatements)
    by_span = {text.raw_span(m.start, m.end): m for m in mentions if id(m) in found}
    missing = [row.text[start:end] for start, end in row.amounts if (start, end) not in by_span]
    if missing:
        raise RowError(f"{row.place}: no amount: {', '.join(missing)}")
    return tuple(
        f"{row.text[slice(*span)]} {_describe(found[id(by_span[span])], row, text)}"
        for span in row.amounts
    )


def _names(row: Row, text: Text) -> list[Mention]:
    starts = {text.raw_span(i, i + 1)[0]: i for i in reversed(range(len(text.norm)))}
    ends = {text.raw_span(i, i + 1)[1]: i + 1 for i in range(len(text.norm))}
    return [
        Mention(
            "entity",
            starts[name.start],
            ends[name.end],
            {"type": name.type, "name": name.shared, "entity_id": None},
        )
        for name in row.names
    ]


def _describe(found: Attribution, row: Row, text: Text) -> str:
    owners = " + ".join(sorted({owner.values["name"] for owner in found.owners})) or "-"
    when = "-"
    if found.when is not None:
        start, end = text.raw_span(found.when.start, found.when.end)
        when = row.text[start:end]
    return f"{found.predicate or 'count'} {owners} @{when}"


def tables() -> list[Path]:
    """Return the tables, without that of the known failures."""
    return [path for path in sorted(TABLES.glob("*.tsv")) if path != KNOWN_FAILURES]


def sort_rows() -> None:
    """Move rows that fail to the known failures, and those that hold back to their tables."""
    failing = {path.name: list(_split(path)) for path in tables()}
    for home, line in _known_failures():
        row = read_row(KNOWN_FAILURES.name, line)
        if judge(row) == row.expected:
            table = TABLES / home
            table.write_text(f"{table.read_text(encoding='utf-8')}{line}\n", encoding="utf-8")
        else:
            failing[home].append(line)
    sections = [f"# {home}\n" + "\n".join(rows) for home, rows in failing.items() if rows]
    KNOWN_FAILURES.write_text("\n\n".join(sections) + "\n", encoding="utf-8")


def _split(table: Path) -> Iterator[str]:
    """Take the rows that fail out of a table, and yield them."""
    kept = []
    for line in table.read_text(encoding="utf-8").splitlines():
        row = read_row(table.name, line) if line and not line.startswith("#") else None
        if row is None or judge(row) == row.expected:
            kept.append(line)
        else:
            yield line
    table.write_text("\n".join(kept) + "\n", encoding="utf-8")


def _known_failures() -> Iterator[tuple[str, str]]:
    """Yield the known failures with the tables that they belong to."""
    home = ""
    for line in KNOWN_FAILURES.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            home = line.removeprefix("# ")
        elif line:
            yield home, line


if __name__ == "__main__":
    if sys.argv[1:] != ["--sort"]:
        sys.exit(__doc__)
    sort_rows()
