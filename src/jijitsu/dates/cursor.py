"""Reading on from a position: what all rules of the grammar of dates share."""

from __future__ import annotations

import re

from jijitsu.dates.parts import Parts


class Cursor:
    """A place in the text, and the parts of the date read up to it."""

    def __init__(self, norm: str, start: int) -> None:
        """Begin at ``start``, with nothing read."""
        self.norm = norm
        self.parts = Parts(start)
        self.position = start

    def _match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self.norm, self.position)
        if found:
            self.position = found.end()
        return found

    def _before(self, length: int) -> str:
        return self.norm[max(0, self.parts.start - length) : self.parts.start]
