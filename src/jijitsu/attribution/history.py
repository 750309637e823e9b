"""What is known of the amounts before, as the next one asks for it."""

from __future__ import annotations

from collections.abc import Sequence

from jijitsu.attribution.context import Place
from jijitsu.model import Mention

# How many sentences lie between two amounts that are still near each other.
_NEAR = 3
_MANY = 3


class History:
    """The owners and the times of an article's amounts so far, and where the last one stood."""

    def __init__(self) -> None:
        """Start with no amount."""
        self.owners: frozenset[str] = frozenset()
        """The names of those who own the last amount."""
        self.when: Mention | None = None
        """When the last amount held."""
        self._place: Place | None = None
        self._ownerless = 0

    def add(self, place: Place, owners: Sequence[Mention], when: Mention | None) -> None:
        """Take note of an amount's owners (none, one, or several that share) and time."""
        self._place, self.when = place, when
        self.owners = frozenset(owner.values["name"] for owner in owners)
        self._ownerless += not owners

    @property
    def ownerless(self) -> int:
        """Return how many amounts nobody owns, up to 3."""
        return min(_MANY, self._ownerless)

    def link(self, place: Place) -> str:
        """Return how close the last amount stands: the same sentence, the next, or further."""
        if self._place is None:
            return "none"
        distance = place.index - self._place.index
        if distance == 0:
            return "same"
        if distance == 1:
            return f"next-{self._place.sentence.kind}-{place.sentence.kind}"
        return "near" if distance <= _NEAR else "far"
