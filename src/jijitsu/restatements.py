"""Amounts that restate each other in another currency.

``3800億元（約7.98兆円）`` says one thing twice; each amount names the other.  So do amounts
joined by つまり, 日本円で or an equals sign.  Never two amounts of one currency, and never
two whose values lie too far apart for any rate.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from jijitsu.model import Mention
from jijitsu.rates import RateTable

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


class Restatement(NamedTuple):
    """Two amounts that say one thing, in the order of the text.

    ``ratio`` is how many times the second one is what the day's rate makes of the first, or
    None where there is no rate.
    """

    first: Mention
    second: Mention
    ratio: Decimal | None


def find_restatements(
    norm: str, amounts: Sequence[Mention], rates: RateTable, day: datetime.date | None
) -> list[Restatement]:
    """Return the pairs of amounts (mentions of money) that restate each other, in order.

    Of three in a row (8億ポンド（約1600億円、13億ドル）) each restates both others.
    """
    found: list[Restatement] = []
    for index, (first, second) in enumerate(pairwise(amounts)):
        if first.values["currency"] == second.values["currency"]:
            continue
        gap = norm[first.end : second.start]
        if len(gap) > _MAX_GAP or _is_exchange_rate(first, second):
            continue
        ratio = _ratio(first, second, rates, day)
        if _restates(gap) and (ratio is None or _agree(ratio, _MAX_RATIO)):
            found.append(Restatement(first, second, ratio))
        elif ratio is not None and _LISTED.fullmatch(gap) and _agree(ratio, _CLOSE_RATIO):
            found.append(Restatement(first, second, ratio))
            before = amounts[index - 1] if index else None
            if before is not None and any(
                pair.first is before and pair.second is first for pair in found[-_NEIGHBOURS:]
            ):
                found.append(Restatement(before, second, _ratio(before, second, rates, day)))
    return found


def _ratio(
    first: Mention, second: Mention, rates: RateTable, day: datetime.date | None
) -> Decimal | None:
    rate = rates.rate(first.values["currency"], second.values["currency"], day)
    ours, theirs = _centre(first), _centre(second)
    if rate is None or not ours or theirs is None:
        return None
    return theirs / (ours * rate.value)


def _centre(amount: Mention) -> Decimal | None:
    """Return the amount that a bound speaks of, or the middle of a range."""
    low, high = amount.values["low"], amount.values["high"]
    if low is None or high is None:
        known: Decimal | None = high if low is None else low
        return known
    middle: Decimal = (low + high) / 2
    return middle


def _agree(ratio: Decimal, limit: Decimal) -> bool:
    """Whether two amounts of different currencies may be one, by the day's rate."""
    return 1 / limit <= ratio <= limit


def _is_exchange_rate(first: Mention, second: Mention) -> bool:
    """1ドル=150円 says what a currency costs, not one amount twice."""
    return any(amount.values["low"] in {Decimal(1), Decimal(100)} for amount in (first, second))


def _restates(gap: str) -> bool:
    if _OPENED.fullmatch(gap):
        return True
    folded = re.sub(r"\s+", " ", gap)
    found = _RESTATED.search(folded)
    return found is not None and bool(_PLAIN_WORDS.match(folded[: found.start()]))
