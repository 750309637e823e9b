"""From the numerals of a text to its mentions of money, shares, counts, lengths, quantities."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from decimal import Decimal

from jijitsu.model import Interval, Mention
from jijitsu.numbers.amounts import Amount, read_amounts
from jijitsu.numbers.counts import find_counts
from jijitsu.numbers.durations import read_durations
from jijitsu.numbers.modify import Ends, bound, find_mod
from jijitsu.numbers.ranges import join_ranges, share_units
from jijitsu.numbers.repeated_counts import find_repeated
from jijitsu.numbers.scan import KANJI_DIGITS, Number, scan
from jijitsu.tokens import Tokens

_SCALED = 10_000
_HUNDREDTHS = re.compile("([1-9一二三四五六七八九])厘")


def read_numbers(norm: str, tokens: Tokens, taken: Iterable[tuple[int, int]]) -> list[Mention]:
    """Return the mentions of numbers outside the ``taken`` spans (dates), in order."""
    numbers = _outside(scan(norm), sorted(taken))
    amounts = _with_tenths(norm, join_ranges(norm, read_amounts(norm, tokens, numbers)))
    amounts = find_repeated(norm, share_units(norm, find_counts(norm, amounts)))
    mentions = [
        Mention(
            "duration",
            found.start,
            found.end,
            {
                "value": found.value,
                "mod": find_mod(norm, found.start, found.end)
                or ("APPROX" if found.vague else None),
            },
        )
        for found in read_durations(norm, amounts)
    ]
    mentions.extend(
        mention for amount in amounts if (mention := _mention(norm, amount)) is not None
    )
    return sorted(mentions, key=lambda mention: (mention.start, mention.end))


def _outside(numbers: Iterable[Number], taken: list[tuple[int, int]]) -> list[Number]:
    starts = [start for start, _ in taken]
    kept = []
    for number in numbers:
        index = bisect_right(starts, number.end - 1) - 1
        if index < 0 or taken[index][1] <= number.start:
            kept.append(number)
    return kept


def _with_tenths(norm: str, amounts: list[Amount]) -> list[Amount]:
    """Join ``2割5分`` (and ``3割2分5厘``): 分 is a tenth of 割."""
    joined: list[Amount] = []
    for amount in amounts:
        left = joined[-1] if joined else None
        if (
            left is not None
            and left.surface == "割"
            and left.end == amount.start
            and norm.startswith("分", amount.number.end)
        ):
            joined[-1] = _plus(norm, left, amount)
        else:
            joined.append(amount)
    return joined


def _plus(norm: str, left: Amount, tenths: Amount) -> Amount:
    end, value = tenths.number.end + 1, left.value.plus(tenths.number.value)
    hundredths = _HUNDREDTHS.match(norm, end)
    if hundredths:
        digit = KANJI_DIGITS.get(hundredths[1], 0) or int(hundredths[1])
        value = value.plus(Interval(Decimal(digit), Decimal(digit)).scaled(Decimal("0.1")))
        end = hundredths.end()
    return left._replace(end=end, value=value)


def _mention(norm: str, amount: Amount) -> Mention | None:
    kind = amount.kind
    if kind == "duration":
        return None
    if not kind:
        if amount.number.scale < _SCALED or amount.number.glued:
            return None
        kind = "quantity"
    if kind == "parameter_count" and amount.number.glued:
        # Part of a name: what is said of the model bounds no number (QwQ-32Bを上回る).
        ends = Ends(amount.value.low, amount.value.high, None)
    else:
        ends = bound(norm, amount.start, amount.end, amount.value, amount.mod)
    mod = ends.mod or ("APPROX" if amount.number.vague else None)
    values: dict[str, object] = {"low": ends.low, "high": ends.high, "mod": mod}
    if kind == "money":
        values["currency"] = amount.code
    elif kind == "parameter_count":
        values["role"] = amount.code
    elif kind == "quantity":
        values["unit"] = amount.surface or None
    return Mention(kind, amount.start, amount.end, values)
