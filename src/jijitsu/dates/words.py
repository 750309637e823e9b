"""The words of relative dates and eras, from their tables."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple, get_args

from jijitsu.dates.parts import Anchor, Relative, RelativeUnit
from jijitsu.tables import TableError, load_csv

_TABLE = "relative_dates.csv"


class RelativeWord(NamedTuple):
    """A row of relative_dates.csv."""

    relative: Relative
    mod: str | None
    not_followed_by: re.Pattern[str] | None


@functools.cache
def eras() -> dict[str, int]:
    """Return each era, by name and by letter, with the western year of its year 1."""
    rows = list(load_csv("eras.csv", ("era", "letter", "first_year")))
    return {row[key]: int(row["first_year"]) for row in rows for key in ("era", "letter")}


@functools.cache
def relative_words() -> dict[str, RelativeWord]:
    """Return the rows of relative_dates.csv by surface.

    Raises:
        TableError: a surface stands twice, or a unit or an anchor is unknown.
    """
    columns = ("surface", "unit", "offset", "anchor", "mod", "not_followed_by")
    words: dict[str, RelativeWord] = {}
    for row in load_csv(_TABLE, columns):
        if row["surface"] in words:
            raise TableError(_TABLE, row["surface"], "stands twice")
        if row["unit"] not in get_args(RelativeUnit) or row["anchor"] not in get_args(Anchor):
            raise TableError(_TABLE, row["surface"], "unknown unit or anchor")
        relative = Relative(row["unit"], int(row["offset"]), row["anchor"])  # type: ignore[arg-type]
        condition = row["not_followed_by"]
        words[row["surface"]] = RelativeWord(
            relative, row["mod"] or None, re.compile(condition) if condition else None
        )
    return words


@functools.cache
def relative_pattern() -> re.Pattern[str]:
    """Return a pattern that finds any of the words, the longest first."""
    return re.compile("|".join(sorted(relative_words(), key=len, reverse=True)))
