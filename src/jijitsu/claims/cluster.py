"""Which statements of one owner and predicate are one claim."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from itertools import islice

from jijitsu.claims.amounts import Figure, agree

Key = tuple[str, str]
"""A statement's period and figures, as JSON: what is the same for many articles."""

_NO_PERIOD = "null"
_IN_DOLLARS = "in dollars"
# Amounts of one currency whose ends lie further apart than this never agree.
_WINDOW = Decimal("1.2")
_LEAST = Decimal("1e-9")


def cluster(keys: Sequence[Key], tolerance: Decimal) -> list[list[Key]]:
    """Return the keys by the claim that they belong to.

    Two statements are one claim where some amount of one agrees with some amount of the
    other and both are of the same period.  One without a period joins the period whose
    amounts it agrees with, if there is just one such; else those like it.
    """
    links = _links(keys, tolerance)
    dated = _components([key for key in keys if key[0] != _NO_PERIOD], links)
    undated = _components([key for key in keys if key[0] == _NO_PERIOD], links)
    home = {key: component for component in dated for key in component}
    clusters = list(dated)
    for loose in undated:
        near = {
            id(home[other]): home[other] for key in loose for other in links[key] if other in home
        }
        if len(near) == 1:
            next(iter(near.values())).extend(loose)
        else:
            clusters.append(loose)
    return clusters


def _links(keys: Sequence[Key], tolerance: Decimal) -> dict[Key, list[Key]]:
    """Return for each key those with an amount that agrees with one of its own.

    Amounts are sorted by size, by currency and then in dollars, and each is compared with
    those only little larger: many different amounts cost no more than their number.
    """
    # Two currencies agree within the tolerance, which is a share of the larger amount.
    in_dollars = 1 / max(1 - tolerance, _LEAST)
    links: dict[Key, list[Key]] = {key: [] for key in keys}
    rows: dict[str, list[tuple[Decimal, Decimal, Key, Figure]]] = defaultdict(list)
    for key in keys:
        for figure in _figures(key[1]):
            rows[figure.currency].append((*figure.reach, key, figure))
            if figure.usd is not None:
                rows[_IN_DOLLARS].append((abs(figure.usd), abs(figure.usd), key, figure))
    for currency, figures in rows.items():
        window = in_dollars if currency == _IN_DOLLARS else _WINDOW
        figures.sort(key=lambda row: row[:3])
        for place, (_, largest, key, figure) in enumerate(figures):
            for smallest, _, other, compared in islice(figures, place + 1, None):
                if smallest > largest * window:
                    break
                if agree(figure, compared, tolerance):
                    links[key].append(other)
                    links[other].append(key)
    return links


def _components(keys: Sequence[Key], links: dict[Key, list[Key]]) -> list[list[Key]]:
    """Return the groups of keys that links connect, those of one period only."""
    found: list[list[Key]] = []
    left = dict.fromkeys(keys)
    while left:
        waiting = [next(iter(left))]
        del left[waiting[0]]
        component = []
        while waiting:
            key = waiting.pop()
            component.append(key)
            for other in links[key]:
                if other in left and other[0] == key[0]:
                    del left[other]
                    waiting.append(other)
        found.append(sorted(component))
    return found


def _figures(written: str) -> list[Figure]:
    return [
        Figure(currency, _decimal(low), _decimal(high), mod, _decimal(usd))
        for currency, low, high, mod, usd in json.loads(written)
    ]


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
