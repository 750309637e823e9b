"""Splitting a dataset: by article, near-duplicates together, every label in its share."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

from jijitsu.exports.base import Dataset, Example
from jijitsu.regions import label_of

NAMES = ("train", "dev", "test")
WHOLE = 100


def parse_shares(written: str) -> dict[str, Fraction]:
    """Return the share of each split: ``80/10/10``, or ``80/20`` for train and dev alone.

    >>> {name: str(share) for name, share in parse_shares("80/10/10").items()}
    {'train': '4/5', 'dev': '1/10', 'test': '1/10'}

    Raises:
        ValueError: these are not two or three percentages whose sum is 100.
    """
    parts = written.split("/")
    if not 1 < len(parts) <= len(NAMES) or not all(part.strip().isdecimal() for part in parts):
        raise ValueError(f"{written!r} is not like 80/10/10 or 80/20")
    shares = [int(part) for part in parts]
    if sum(shares) != WHOLE or not all(shares):
        raise ValueError(f"{written!r}: the shares must be above 0, their sum {WHOLE}")
    return {name: Fraction(share, WHOLE) for name, share in zip(NAMES, shares, strict=False)}


def split(
    examples: Sequence[Example],
    groups: Sequence[Sequence[int]],
    shares: Mapping[str, Fraction],
    seed: int,
) -> Dataset:
    """Distribute groups of examples (their places) over splits; each keeps the order of input.

    The groups come in an order that ``seed`` draws, those of most facts first, and each goes
    where it brings the labels nearest to the split's share of them: where it costs least, by
    the squared distance.  Articles count as a label of their own.
    """
    counts = [sum((_count(examples[place]) for place in group), Counter()) for group in groups]
    totals = sum(counts, Counter())
    have: dict[str, Counter[str]] = {name: Counter() for name in shares}
    chosen: dict[str, list[int]] = {name: [] for name in shares}
    order = list(range(len(groups)))
    random.Random(seed).shuffle(order)  # noqa: S311 - nothing secret
    order.sort(key=lambda number: -counts[number].total())

    def cost(name: str, group: Counter[str]) -> Fraction:
        # The difference that the group makes to the sum of squared distances.
        made = Fraction()
        for label, count in group.items():
            added = Fraction(count, totals[label])
            distance = Fraction(have[name][label], totals[label]) - shares[name]
            made += added * (added + 2 * distance)
        return made / shares[name]

    for number in order:
        best = min(shares, key=lambda name: cost(name, counts[number]))
        have[best] += counts[number]
        chosen[best] += groups[number]
    return {name: [examples[place] for place in sorted(chosen[name])] for name in shares}


def _count(example: Example) -> Counter[str]:
    return Counter(map(label_of, example.facts)) + Counter({"": 1})
