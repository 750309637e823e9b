"""What an ingest did."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Counts:
    """Numbers of articles by what became of them, of facts by kind, and of characters read."""

    new: int = 0
    changed: int = 0
    skipped: int = 0
    rejected: int = 0
    characters: int = 0
    """Of the articles that were extracted."""
    facts: Counter[str] = field(default_factory=Counter)

    def as_row(self) -> dict[str, int]:
        """Return the counts as a row of the table of runs."""
        return {
            "new": self.new,
            "changed": self.changed,
            "skipped": self.skipped,
            "rejected": self.rejected,
            "characters": self.characters,
            "facts": self.facts.total(),
        }
