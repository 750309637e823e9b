"""From an article's own offsets to those of its normalized text."""

from __future__ import annotations

from jijitsu.model import Text


def normalized_positions(text: Text) -> tuple[dict[int, int], dict[int, int]]:
    """Return the normalized start of each raw start, and the end of each raw end.

    The inverse of ``Text.raw_span``: what is masked, or stands within a character that
    normalization makes several of, has no position.
    """
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    for position in range(len(text.norm)):
        start, end = text.raw_span(position, position + 1)
        starts.setdefault(start, position)
        ends[end] = position + 1
    return starts, ends
