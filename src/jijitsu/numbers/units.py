"""Units and modifiers: the tables around a number, compiled."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from jijitsu.currencies import money_words
from jijitsu.tables import TableError, load_toml

_KEYS = frozenset(
    "kind surfaces factor code per not_followed_by followed_by not_after minimum last_resort test".split()
)
_KINDS = frozenset({"percent", "duration", "parameter_count", "quantity", "money"})
# A pattern whose last character stands for itself, perhaps an optional one.
_PLAIN_END = re.compile(r"[^\\.\]|*+{}]\)?\??$")
_LATIN_END = re.compile("[A-Za-z]$")
# How far before a unit's end its conditions look.
_LOOKBEHIND = 8


@dataclass(frozen=True, slots=True)
class Unit:
    """A row of units.toml or a currency word: what a number before it is a number of."""

    kind: str
    code: str = ""
    """The currency's ISO 4217 code, or the designator of a duration."""
    factor: Decimal = Decimal(1)
    minimum: Decimal | None = None
    last_resort: bool = False
    test: str | None = None
    not_followed_by: re.Pattern[str] | None = None
    followed_by: re.Pattern[str] | None = None
    not_after: re.Pattern[str] | None = None

    @property
    def is_conditional(self) -> bool:
        """Whether it asks for more than its surface, so that a surface may stand twice."""
        return bool(self.followed_by or self.last_resort)

    def fits(self, norm: str, end: int) -> bool:
        """Whether the text around the unit, which ends at ``end``, allows it."""
        if self.not_followed_by and self.not_followed_by.match(norm, end):
            return False
        if self.not_after and self.not_after.search(norm, max(0, end - _LOOKBEHIND), end):
            return False
        return not self.followed_by or bool(self.followed_by.match(norm, end))


@dataclass(frozen=True, slots=True)
class UnitTable:
    """Units by surface; the longest surface that fits wins."""

    by_surface: dict[str, list[Unit]] = field(default_factory=dict)
    surfaces: dict[str, list[str]] = field(default_factory=dict)
    """First character → surfaces that begin with it, longest first."""

    def match(self, norm: str, position: int) -> Iterator[tuple[int, str, Unit]]:
        """Yield ``(end, surface, unit)`` of the units at ``position``, longest first."""
        for surface in self.surfaces.get(norm[position : position + 1], ()):
            if not norm.startswith(surface, position):
                continue
            end = position + len(surface)
            behind = norm[end : end + 1]
            if behind.isascii() and behind.isalnum() and _LATIN_END.search(surface):
                continue
            for unit in self.by_surface[surface]:
                if unit.fits(norm, end):
                    yield end, surface, unit


@functools.cache
def unit_table() -> UnitTable:
    """Return the units of units.toml and the currency words, checked and compiled.

    Raises:
        TableError: a row can't be read, or a surface stands twice without a condition.
    """
    by_surface: dict[str, list[Unit]] = {}
    for row in load_toml("units.toml", "unit", _KEYS):
        unit = _read_unit(row)
        for surface in row["surfaces"]:
            if surface in by_surface and not unit.is_conditional:
                raise TableError("units.toml", row, f"{surface!r} stands twice without a condition")
            by_surface.setdefault(surface, []).append(unit)
    for word, code in money_words().items():
        by_surface.setdefault(word, []).insert(0, Unit("money", code))
    surfaces: dict[str, list[str]] = {}
    for surface in sorted(by_surface, key=len, reverse=True):
        surfaces.setdefault(surface[0], []).append(surface)
    return UnitTable(by_surface, surfaces)


def _read_unit(row: dict[str, Any]) -> Unit:
    if row.get("kind") not in _KINDS:
        raise TableError("units.toml", row, f"kind must be one of {sorted(_KINDS)}")
    try:
        return Unit(
            kind=row["kind"],
            code=row.get("code", ""),
            factor=Decimal(row.get("factor", row.get("per", "1"))),
            minimum=Decimal(row["minimum"]) if "minimum" in row else None,
            last_resort=row.get("last_resort", False),
            test=row.get("test"),
            not_followed_by=_compile(row.get("not_followed_by")),
            followed_by=_compile(row.get("followed_by")),
            not_after=_compile(f"(?:{row['not_after']})$" if "not_after" in row else None),
        )
    except (ArithmeticError, re.error) as error:
        raise TableError("units.toml", row, str(error)) from error


def _compile(pattern: str | None) -> re.Pattern[str] | None:
    return re.compile(pattern) if pattern else None


@dataclass(frozen=True, slots=True)
class Modifier:
    """A row of modifiers.toml, compiled."""

    mod: str
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    not_after: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Modifiers:
    """The rows of modifiers.toml in their order of precedence.

    Few numbers have a modifier, so two glances come before the rows' patterns: ``endings``
    holds every character that a pattern ``before`` a number may end with, and ``behind``
    matches where any pattern ``after`` one does.
    """

    rows: tuple[Modifier, ...]
    endings: frozenset[str]
    behind: re.Pattern[str]
    rank: dict[str, int]

    def rows_before(self, norm: str, start: int) -> tuple[Modifier, ...]:
        """Return the rows, or none where no pattern can end right before ``start``."""
        return self.rows if norm[start - 1 : start] in self.endings else ()

    def rows_behind(self, norm: str, end: int) -> tuple[Modifier, ...]:
        """Return the rows, or none where no pattern begins at ``end``."""
        return self.rows if self.behind.match(norm, end) else ()


@functools.cache
def modifiers() -> Modifiers:
    """Return the rows of modifiers.toml.

    Raises:
        TableError: a row can't be read.
    """
    table = "modifiers.toml"
    written = load_toml(table, "modifier", frozenset({"mod", "before", "after", "not_after"}))
    rows, endings = [], {" "}
    for row in written:
        before, after = row.get("before", ()), row.get("after", ())
        for pattern in before:
            if not _PLAIN_END.search(pattern):
                raise TableError(table, pattern, "must end with a character as it is written")
            endings.update(pattern)
        try:
            rows.append(
                Modifier(
                    mod=row["mod"],
                    before=_alternation(before, "(?:{}) ?$"),
                    after=_alternation(after, " ?(?:{})"),
                    not_after=_compile(row["not_after"] + "$" if "not_after" in row else None),
                )
            )
        except re.error as error:
            raise TableError(table, row, str(error)) from error
    behind = "|".join(row.after.pattern for row in rows if row.after)
    rank: dict[str, int] = {}
    for compiled in rows:
        rank.setdefault(compiled.mod, len(rank))
    return Modifiers(tuple(rows), frozenset(endings), re.compile(behind), rank)


def _alternation(patterns: Iterable[str], frame: str) -> re.Pattern[str] | None:
    joined = "|".join(patterns)
    return re.compile(frame.format(joined)) if joined else None
