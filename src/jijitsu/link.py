"""Links between mentions: amounts that restate each other in another currency.

``3800億元（約7.98兆円）`` says one thing twice; each amount names the other.  So do amounts
joined by つまり, 日本円で or an equals sign.  Never two amounts of one currency, and never
two whose values lie too far apart for any rate.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Protocol

from jijitsu.model import Mention

_OPENED = re.compile(
    r"(?:相当|前後|程度|規模|余り|超|以上|弱|強|近く|分|ほど|くらい|相当額)?\s?[(（「\[]\s?(?:当時約?|同日?の?(?:為替)?レート(?:換算)?で|[日米]?本?円(?:換算|ベース)?(?:にして|で|:)?|米?ドル換算で|当時の(?:レート|為替)で|現在の(?:レート|為替)で|換算(?:で|すると)?|およそ|約|邦貨換算で?|=|≒|≈|、|\s){0,4}$"
)
_RESTATED = re.compile(
    r"(?:[、,]?\s?(?:=|≒|≈|すなわち|つまり|言い換えれば|(?:日本円|円|米?ドル)(?:換算)?(?:で|にして|にすると|にすれば|に換算して|だと|では)|円換算(?:で|すると|にして)|邦貨換算で|(?:米)?ドル換算で|換算すると|or)\s?(?:約|およそ|ざっと)?[、\s]?){1,3}$"
)
_PLAIN_WORDS = re.compile(r"^[^。0-9]{0,14}$")
_MAX_GAP = 32
# Beyond this a restatement would be off by more than any change of rates and any rounding.
_MAX_RATIO = Decimal("1.6")
# A mere comma says little: then the values themselves have to agree.
_LISTED = re.compile(r"(?:超|弱|強|以上|規模|前後|程度)?[、,/]\s?(?:およそ|約|当時約)?")
_CLOSE_RATIO = Decimal("1.2")
# A pair with the amount before is among so many last ones.
_NEIGHBOURS = 3


class Ratio(Protocol):
    """Says how many times the second amount the first one is, by the day's rate."""

    def __call__(self, first: Mention, second: Mention) -> Decimal | None:
        """Return the ratio, or None where there is no rate."""
        ...


def find_equivalents(
    norm: str, amounts: Sequence[Mention], ratio: Ratio
) -> list[tuple[Mention, Mention]]:
    """Return the pairs of money mentions that restate each other, in order.

    Of three in a row (8億ポンド（約1600億円、13億ドル）) each restates both others.
    """
    pairs: list[tuple[Mention, Mention]] = []
    for index, (first, second) in enumerate(pairwise(amounts)):
        if first.values["currency"] == second.values["currency"]:
            continue
        gap = norm[first.end : second.start]
        if len(gap) > _MAX_GAP or _is_exchange_rate(first, second):
            continue
        if _restates(gap) and _agree(first, second, ratio, _MAX_RATIO):
            pairs.append((first, second))
        elif _LISTED.fullmatch(gap) and _agree(first, second, ratio, _CLOSE_RATIO):
            pairs.append((first, second))
            before = amounts[index - 1] if index else None
            if before is not None and (before, first) in pairs[-_NEIGHBOURS:]:
                pairs.append((before, second))
    return pairs


def _agree(first: Mention, second: Mention, ratio: Ratio, limit: Decimal) -> bool:
    """Whether two amounts of different currencies may be one, by the day's rate."""
    off = ratio(first, second)
    if off is None:
        return limit == _MAX_RATIO
    return 1 / limit <= off <= limit


def _is_exchange_rate(first: Mention, second: Mention) -> bool:
    """1ドル=150円 says what a currency costs, not one amount twice."""
    return any(amount.values["low"] in {Decimal(1), Decimal(100)} for amount in (first, second))


def _restates(gap: str) -> bool:
    if _OPENED.fullmatch(gap):
        return True
    folded = re.sub(r"\s+", " ", gap)
    found = _RESTATED.search(folded)
    return found is not None and bool(_PLAIN_WORDS.match(folded[: found.start()]))
