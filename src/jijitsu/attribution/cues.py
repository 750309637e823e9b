"""Words that tell what an amount is: the rule table ``cues.csv``, found in a text."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple, get_args

from jijitsu.kinds import Predicate
from jijitsu.tables import TableError, load_csv
from jijitsu.text import fold

_TABLE = "cues.csv"
_COLUMNS = ("word", "predicate")
_PREDICATES: dict[str, Predicate] = {name: name for name in get_args(Predicate)}


class Cue(NamedTuple):
    """A cue in the text: its span, its word and the predicate that it speaks for."""

    start: int
    end: int
    word: str
    predicate: Predicate


@functools.cache
def _cues() -> tuple[dict[str, Predicate], dict[str, tuple[int, ...]], re.Pattern[str]]:
    """Return the predicates by word, the lengths of words by how they begin, and a pattern.

    The first two characters of a word, or its only one, lead to the lengths of the words that
    may stand there; the pattern finds the first ones.

    Raises:
        TableError: a row names no predicate, or a word stands twice.
    """
    predicates: dict[str, Predicate] = {}
    lengths: dict[str, set[int]] = {}
    for number, row in enumerate(load_csv(_TABLE, _COLUMNS), 2):
        word = fold(row["word"]).lower()
        if row["predicate"] not in _PREDICATES:
            raise TableError(_TABLE, number, f"no predicate {row['predicate']!r}")
        if not word:
            raise TableError(_TABLE, number, "no word")
        if word in predicates:
            raise TableError(_TABLE, number, f"{word!r} stands twice")
        predicates[word] = _PREDICATES[row["predicate"]]
        lengths.setdefault(word[:2], set()).add(len(word))
    for beginning, found in lengths.items():
        if beginning[0] in predicates:
            found.add(1)
    ordered = {one: tuple(sorted(found, reverse=True)) for one, found in lengths.items()}
    firsts = "".join(sorted({beginning[0] for beginning in ordered}))
    return predicates, ordered, re.compile(f"[{re.escape(firsts)}]")


def find_cues(norm: str, start: int, end: int) -> list[Cue]:
    """Return the cues in ``[start, end)``, the longest at each place, not overlapping."""
    predicates, lengths, beginnings = _cues()
    text = norm[start:end].lower()
    found = []
    behind = 0
    for beginning in beginnings.finditer(text):
        position = beginning.start()
        if position < behind:
            continue
        for length in lengths.get(text[position : position + 2]) or lengths.get(beginning[0], ()):
            word = text[position : position + length]
            predicate = predicates.get(word)
            # Near the end of the span a slice may be shorter than the length asked for.
            if predicate is not None and len(word) == length:
                behind = position + length
                found.append(Cue(start + position, start + behind, word, predicate))
                break
    return found
