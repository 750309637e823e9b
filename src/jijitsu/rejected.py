"""What looked like a fact and is none, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from jijitsu.model import Mention, Text

Reason = Literal["overlap", "unplaced"]
"""``overlap``: another fact has the place (:mod:`jijitsu.resolve`).  ``unplaced``: a date that
nothing places on the calendar."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A span of the article that is no fact; ``winner`` is the text that beat it."""

    kind: str
    text: str
    start: int
    end: int
    reason: Reason
    winner: str | None = None


def find_rejected(
    text: Text,
    candidates: Iterable[Mention],
    kept: Sequence[Mention],
    dates: Iterable[tuple[int, int]],
) -> list[Rejected]:
    """Return what of the candidates was not kept, and the dates that are no candidates.

    ``dates`` are the spans of all dates, placed or not, in the normalized text as mentions
    are; the result is in the article's own offsets, sorted.
    """
    candidates = list(candidates)
    standing = {id(mention) for mention in kept}
    placed = {(mention.start, mention.end) for mention in candidates if mention.kind == "date"}
    dropped = [(m.kind, m.start, m.end) for m in candidates if id(m) not in standing]
    dropped += [("date", *span) for span in dates if span not in placed]
    return [_reject(text, *each, kept) for each in sorted(dropped, key=lambda each: each[1:])]


def _reject(text: Text, kind: str, start: int, end: int, kept: Sequence[Mention]) -> Rejected:
    # There is none where what beat this mention was beaten in its turn.
    winner = next((m for m in kept if m.start < end and start < m.end), None)
    quoted = _quote(text, winner.start, winner.end)[0] if winner else None
    unplaced = winner is None and kind == "date"
    reason: Reason = "unplaced" if unplaced else "overlap"
    return Rejected(kind, *_quote(text, start, end), reason, quoted)


def _quote(text: Text, start: int, end: int) -> tuple[str, int, int]:
    """Return what stands at a normalized span in the article, and where."""
    first, last = text.raw_span(start, end)
    return text.raw[first:last], first, last
