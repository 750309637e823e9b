"""How sure a name is: how often names like it are right, by the corpus's dev articles.

``confidence.csv`` is written by the training.  Names are alike that the entity table knows as
clear, knows as ambiguous or does not know, of one type, in one script, and that the article
writes once or more often.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib import resources
from typing import Any, NamedTuple

from jijitsu.model import Mention
from jijitsu.names.scripts import script
from jijitsu.names.table import entity_table

CONFIDENCE_FILE = "confidence.csv"
HEADER = "known,type,script,repeated,confidence"


class Likeness(NamedTuple):
    """What a name has in common with others; a row of the file."""

    known: str
    type: str
    script: str
    repeated: str


def likenesses(norm: str, names: Sequence[Mention]) -> Iterator[Likeness]:
    """Yield the likeness of each name of an article."""
    table = entity_table()
    surfaces = [norm[name.start : name.end] for name in names]
    counts = Counter(surfaces)
    for name, surface in zip(names, surfaces, strict=True):
        form = table.form(surface) or table.form(surface.lower())
        known = "no" if form is None else "ambiguous" if form.ambiguous else "clear"
        repeated = "yes" if counts[surface] > 1 else "no"
        yield Likeness(known, name.values["type"], script(surface), repeated)


def with_confidence(norm: str, names: Sequence[Mention]) -> list[Mention]:
    """Return the names, each with the confidence of those like it.

    Those that shared their values still do.
    """
    table = _table()
    found: dict[int, dict[str, Any]] = {}
    for name, likeness in zip(names, likenesses(norm, names), strict=True):
        if id(name.values) not in found:
            found[id(name.values)] = name.values | {"confidence": {"type": table[likeness]}}
    return [Mention(name.kind, name.start, name.end, found[id(name.values)]) for name in names]


@functools.cache
def _table() -> dict[Likeness, float]:
    """Return the confidence of every likeness.

    Raises:
        ValueError: a row can't be read.
    """
    text = resources.files(__package__).joinpath(CONFIDENCE_FILE).read_text(encoding="utf-8")
    header, *rows = text.splitlines()
    if header != HEADER:
        raise ValueError(f"{CONFIDENCE_FILE}: the header must be {HEADER}")
    table = {}
    for row in rows:
        *likeness, confidence = row.split(",")
        table[Likeness(*likeness)] = float(confidence)
    return table
