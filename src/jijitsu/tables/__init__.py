"""The rule tables: data that a linguist edits, checked when it is loaded.

Each table is a file beside this module.  A row that can't be read raises
:class:`TableError` with the file, the row and the reason.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from importlib import resources
from typing import Any


class TableError(ValueError):
    """A rule table that can't be used; the message names file, row and reason."""

    def __init__(self, table: str, row: object, reason: str) -> None:
        """Name the table's file and its row (a number or the row itself)."""
        super().__init__(f"{table}: {row}: {reason}")


def load_toml(table: str, key: str, allowed: frozenset[str]) -> list[dict[str, Any]]:
    """Return the rows ``[[key]]`` of a TOML table; a key that is not allowed raises."""
    text = resources.files(__name__).joinpath(table).read_text(encoding="utf-8")
    document = tomllib.loads(text)
    if set(document) != {key}:
        raise TableError(table, sorted(document), f"only [[{key}]] belongs here")
    rows: list[dict[str, Any]] = document[key]
    for row in rows:
        unknown = set(row) - allowed
        if unknown:
            raise TableError(table, row, f"unknown keys {sorted(unknown)}")
    return rows


def load_csv(table: str, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV table with just these columns, by column."""
    for values in load_rows(table, columns):
        yield dict(zip(columns, values, strict=True))


def load_rows(table: str, columns: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a CSV table with just these columns; lines with ``#`` are comments."""
    reader = csv.reader(_lines(table), strict=True)
    if tuple(next(reader)) != columns:
        raise TableError(table, 1, f"the header must be {','.join(columns)}")
    for number, values in enumerate(reader, 2):
        if len(values) != len(columns):
            raise TableError(table, number, f"{len(values)} fields, not {len(columns)}")
        yield tuple(values)


def _lines(table: str) -> list[str]:
    text = resources.files(__name__).joinpath(table).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def load_words(table: str, column: str) -> list[str]:
    """Return the rows of a table with this column alone; a word has no comma and no quote."""
    header, *words = _lines(table)
    if header != column:
        raise TableError(table, 1, f"the header must be {column}")
    for word in words:
        if "," in word or '"' in word:
            raise TableError(table, word, "a comma or a quote in a word")
    return words
