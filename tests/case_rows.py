"""The rows of ``cases/*.tsv``: bracketed texts and what is to be found in the brackets.

A row is three columns between tabs, the third optional::

    text with [brackets]    expectation ; expectation    @2025-09-25 a remark

One expectation for each bracket, in their order.  Lines that begin with ``#`` are comments.
In the text ``\\n`` is a line break, ``\\t`` a tab, ``\\[`` and ``\\]`` brackets, ``\\\\`` a
backslash.  ``@DATE`` is the day of publication (2025-09-25 where none is given), ``@none``
says that it is unknown.

==================  ====================================================================
money               ``money CUR VALUE [MOD] [=N]``: ``=2`` restates the second bracket
parameter_count     ``parameter_count VALUE [MOD] total|active``
percent             ``percent VALUE [MOD]``
quantity            ``quantity VALUE [MOD] UNIT`` (``-`` for none)
duration            ``duration TIMEX [MOD]``
date                ``date TIMEX [MOD] [FROM..TO]`` (FROM..TO only where TIMEX says other)
number              ``number VALUE``: what the scanner alone makes of the text
nothing             no bracket, and no fact; ``nothing quantity``: no quantity either
==================  ====================================================================

VALUE is ``A``, ``A..B``, ``A..`` or ``..B``; a number may have an exponent (``3.5e12``).
MOD is one of TIMEX3's words (``EQUAL_OR_MORE``).  A row fails on any fact outside its
brackets too; quantities count only where the row expects some.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import get_args

from jijitsu.kinds import AnyFact, Mod
from jijitsu.kinds.base import NumberFact
from jijitsu.kinds.date import DateFact
from jijitsu.kinds.duration import DurationFact
from jijitsu.kinds.money import MoneyFact
from jijitsu.kinds.parameter_count import ParameterCountFact
from jijitsu.kinds.quantity import QuantityFact
from jijitsu.numbers.scan import scan
from jijitsu.text import normalize
from jijitsu.timex import timex_bounds

CASES = Path(__file__).parent / "cases"
PUBLISHED = datetime.date(2025, 9, 25)
MODS = frozenset(get_args(Mod))

_ESCAPE = re.compile(r"\\(.)")
_ESCAPES = {"n": "\n", "t": "\t", "[": "[", "]": "]", "\\": "\\"}
_TEXT_PART = re.compile(r"\\.|[\[\]]|[^\\\[\]]+", re.DOTALL)
_NUMBER = r"-?[0-9]+(?:\.[0-9]+)?(?:e[0-9]+)?"
_VALUE = re.compile(rf"(?P<low>{_NUMBER})?(?P<range>\.\.)?(?P<high>(?<=\.\.){_NUMBER})?")
_BOUNDS = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\.\.[0-9]{4}-[0-9]{2}-[0-9]{2}")


class RowError(ValueError):
    """A row that can't be read; the message names its place and says why."""


@dataclass(frozen=True)
class Case:
    """One row: the article's text, when it was published, and what is to be found."""

    place: str
    text: str
    published: datetime.date | None
    expected: tuple[str, ...]
    """Each bracket as ``SPAN «TEXT» EXPECTATION``, the numbers in plain notation."""
    kinds: frozenset[str]


def read_cases(path: Path) -> Iterator[Case]:
    """Yield the rows of a table.

    Raises:
        RowError: a row can't be read.
    """
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            place = f"{path.name}:{number}"
            try:
                yield _read_case(place, line)
            except (ValueError, LookupError) as error:
                raise RowError(f"{place}: {error}") from error


def _read_case(place: str, line: str) -> Case:
    text_column, expectation_column, *notes = line.split("\t")
    text, spans = _read_text(text_column)
    published = read_published(notes[0]) if notes else PUBLISHED
    first, *rest = expectation_column.split()
    if first == "nothing":
        if spans or set(rest) - {"quantity"}:
            raise ValueError("nothing goes with no bracket")
        return Case(place, text, published, (), frozenset(rest))
    expectations = [canonical(words) for words in expectation_column.split(" ; ")]
    if len(spans) != len(expectations):
        raise ValueError(f"{len(spans)} brackets, {len(expectations)} expectations")
    expected = tuple(
        show(text, start, end, words)
        for (start, end), words in zip(spans, expectations, strict=True)
    )
    return Case(place, text, published, expected, frozenset(e.split()[0] for e in expectations))


def read_published(note: str) -> datetime.date | None:
    """Return the day of publication that a row's third column gives."""
    first = note.partition(" ")[0]
    if first == "@none":
        return None
    return datetime.date.fromisoformat(first[1:]) if first.startswith("@") else PUBLISHED


def _read_text(column: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the text without its brackets, and the spans that they held."""
    text = ""
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    for part in _TEXT_PART.findall(column):
        if part == "[":
            if opened is not None:
                raise ValueError("a bracket in a bracket")
            opened = len(text)
        elif part == "]":
            if opened is None or opened == len(text):
                raise ValueError("a bracket that closes nothing")
            spans.append((opened, len(text)))
            opened = None
        else:
            text += _ESCAPE.sub(lambda found: _ESCAPES[found[1]], part)
    if opened is not None:
        raise ValueError("a bracket stays open")
    return text, spans


def show(text: str, start: int, end: int, words: str) -> str:
    """Return a span and what is found there, on one line."""
    return f"{start}-{end} «{text[start:end]}» {words}"


def canonical(expectation: str) -> str:
    """Return an expectation as :func:`describe` would write the fact.

    >>> canonical("money USD 3e8.. EQUAL_OR_MORE")
    'money USD 300000000.. EQUAL_OR_MORE'
    >>> canonical("date 2025-09")
    'date 2025-09 2025-09-01..2025-09-30'
    """
    kind, *words = expectation.split()
    if kind == "date":
        return " ".join([kind, *_canonical_date(words)])
    if kind == "duration":
        _check_mods(words[1:], expectation)
        return " ".join([kind, *words])
    position = 1 if kind == "money" else 0
    words[position] = _canonical_value(words[position])
    rest = words[position + 1 :]
    match kind, rest:
        case ("money", [*mods, last]) if re.fullmatch("=[1-9]", last):
            _check_mods(mods, expectation)
        case ("parameter_count", [*mods, "total" | "active"]) | ("quantity", [*mods, _]):
            _check_mods(mods, expectation)
        case ("money" | "percent", mods):
            _check_mods(mods, expectation)
        case ("number", []):
            pass
        case _:
            raise ValueError(f"{expectation!r} can't be read")
    return " ".join([kind, *words])


def _check_mods(words: list[str], expectation: str) -> None:
    if len(words) > 1 or not MODS.issuperset(words):
        raise ValueError(f"{expectation!r}: {words} is no modifier")


def _canonical_date(words: list[str]) -> list[str]:
    value, *rest = words
    bounds = rest.pop() if rest and _BOUNDS.fullmatch(rest[-1]) else None
    _check_mods(rest, value)
    return [value, *rest, bounds or "..".join(timex_bounds(value))]


def _canonical_value(value: str) -> str:
    found = _VALUE.fullmatch(value)
    if not found or value in {"", ".."}:
        raise ValueError(f"{value!r} is no value")
    low = Decimal(found["low"]) if found["low"] else None
    high = Decimal(found["high"]) if found["high"] else None
    return _show_value(low, high if found["range"] else low)


def _show_value(low: Decimal | None, high: Decimal | None) -> str:
    if low is not None and low == high:
        return _plain(low)
    return f"{_plain(low)}..{_plain(high)}"


def _plain(number: Decimal | None) -> str:
    return "" if number is None else format(number.normalize(), "f")


def describe(fact: AnyFact, positions: dict[str, int]) -> str:
    """Return a fact in the notation of the tables; ``positions`` are the ids' numbers."""
    words: list[str] = [fact.kind]
    if isinstance(fact, MoneyFact):
        words.append(fact.currency)
    if isinstance(fact, NumberFact):
        words.append(
            _show_value(*(None if end is None else Decimal(end) for end in (fact.low, fact.high)))
        )
    if isinstance(fact, DateFact | DurationFact):
        words.append(fact.value)
    if isinstance(fact, NumberFact | DateFact | DurationFact) and fact.mod:
        words.append(fact.mod)
    if isinstance(fact, DateFact):
        words.append(f"{fact.first}..{fact.last}")
    if isinstance(fact, ParameterCountFact):
        words.append(fact.role)
    if isinstance(fact, QuantityFact):
        words.append(fact.unit or "-")
    if isinstance(fact, MoneyFact):
        # Of the two amounts of a pair the later one restates the earlier.
        others = (positions[other] for other in fact.equivalent_to or ())
        words.extend(f"={other}" for other in others if other < positions[fact.id])
    return " ".join(words)


def describe_all(text: str, facts: Iterable[AnyFact]) -> tuple[str, ...]:
    """Return facts of one article in the notation of the tables."""
    numbered = {fact.id: number for number, fact in enumerate(facts, 1)}
    return tuple(show(text, fact.start, fact.end, describe(fact, numbered)) for fact in facts)


def describe_numbers(raw: str) -> tuple[str, ...]:
    """Return what the scanner alone finds, in the notation of the tables."""
    text = normalize(raw)
    return tuple(
        show(
            raw,
            *text.raw_span(number.start, number.end),
            f"number {_show_value(number.value.low, number.value.high)}",
        )
        for number in scan(text.norm)
    )
