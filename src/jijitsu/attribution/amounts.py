"""What is attributed: an amount with its restatements, or a parameter count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jijitsu.attribution.words import START
from jijitsu.model import Mention


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount and those that restate it (one thing said once), over ``[start, end)``."""

    mentions: tuple[Mention, ...]

    @property
    def start(self) -> int:
        """Return where the first of them begins."""
        return self.mentions[0].start

    @property
    def end(self) -> int:
        """Return where the last of them ends."""
        return self.mentions[-1].end

    @property
    def is_money(self) -> bool:
        """Whether it is an amount of money, and no parameter count."""
        return self.mentions[0].kind == "money"


def find_amounts(
    mentions: Sequence[Mention], restatements: Iterable[tuple[Mention, Mention]]
) -> list[Amount]:
    """Return the amounts and parameter counts in order; restatements stand together."""
    group = {id(m): [m] for m in mentions if m.kind in {"money", "parameter_count"}}
    for first, second in restatements:
        if group[id(first)] is not group[id(second)]:
            group[id(first)].extend(group[id(second)])
            for mention in group[id(second)]:
                group[id(mention)] = group[id(first)]
    groups = {id(found): found for found in group.values()}.values()
    amounts = [Amount(tuple(sorted(found, key=START))) for found in groups]
    return sorted(amounts, key=START)
