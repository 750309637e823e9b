"""The plain types that cross the stages: text, number, mention.

All positions inside the pipeline count characters of the normalized text (``Text.norm``);
only :meth:`Text.raw_span` leads back to the article.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple


@dataclass(frozen=True, slots=True)
class Text:
    """An article's normalized text, and the way back from it.

    ``norm`` is cut into segments.  Segment ``i`` begins at ``norm_starts[i]`` and stands for
    the raw text from ``raw_starts[i]``; where ``raw_lengths[i]`` is 0 the two run in step,
    character by character, else the whole segment stands for that many raw characters and
    can't be divided (㌦ for ドル, a masked URL).
    """

    raw: str
    norm: str
    norm_starts: tuple[int, ...] = (0,)
    raw_starts: tuple[int, ...] = (0,)
    raw_lengths: tuple[int, ...] = (0,)

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the raw span of the non-empty normalized span ``[start, end)``."""
        if len(self.norm_starts) == 1 and not self.raw_lengths[0]:
            return start + self.raw_starts[0], end + self.raw_starts[0]
        first = bisect_right(self.norm_starts, start) - 1
        raw_start = self.raw_starts[first]
        if not self.raw_lengths[first]:
            raw_start += start - self.norm_starts[first]
        last = bisect_right(self.norm_starts, end - 1) - 1
        raw_end = self.raw_starts[last]
        raw_end += self.raw_lengths[last] or end - self.norm_starts[last]
        return raw_start, raw_end


class Mention(NamedTuple):
    """A fact found in the normalized text, before it is linked and validated.

    ``values`` holds the fields of the fact model of this ``kind`` that reading gave;
    ``low`` and ``high`` there are Decimals.
    """

    kind: str
    start: int
    end: int
    values: dict[str, Any]


class Interval(NamedTuple):
    """A number's lower and upper end; both are the number itself where it is exact."""

    low: Decimal
    high: Decimal

    def plus(self, other: Interval) -> Interval:
        """Return the sum of both ends."""
        return Interval(self.low + other.low, self.high + other.high)

    def negated(self) -> Interval:
        """Return the interval mirrored at 0."""
        return Interval(-self.high, -self.low)

    def scaled(self, factor: Decimal | int) -> Interval:
        """Return both ends times ``factor``."""
        return Interval(self.low * factor, self.high * factor)
