"""Durations: from amounts of time units to TIMEX3 values (ISO 8601)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from jijitsu.model import Interval
from jijitsu.numbers.amounts import Amount

# Designators from the largest to the smallest; a compound goes down (2時間30分).
_ORDER = ("Y", "M", "W", "D", "TH", "TM", "TS")
# What half of a unit is, in the next smaller one.
_HALVES = {"Y": ("M", 6), "M": ("D", 15), "D": ("TH", 12), "TH": ("TM", 30), "TM": ("TS", 30)}
_HALF = re.compile("半(?![期年分導数額減端永ば世月])")
_ENGLISH_NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()
_ENGLISH = re.compile(
    rf"(?=[A-Za-z])(?<![A-Za-z])({'|'.join(_ENGLISH_NUMBERS)}) (year|month|week|day|hour|minute)s?(?![A-Za-z])(?! ago| later| old)",
    re.IGNORECASE,
)
_ENGLISH_VALUES = {
    "year": "P{}Y", "month": "P{}M", "week": "P{}W", "day": "P{}D", "hour": "PT{}H", "minute": "PT{}M",
}  # fmt: skip
# Lengths without a numeral.
_FIXED = re.compile("四半世紀|ひと月|半(?P<unit>年間|年|世紀|日|月)")
_FIXED_VALUES = {"四半世紀": "P25Y", "ひと月": "P1M"}
_HALF_VALUES = {"年": "P6M", "年間": "P6M", "世紀": "P50Y", "日": "PT12H", "月": "P15D"}
_NOT_FIXED_BEFORE = re.compile(r"[前後上下大過夜0-9年月]$")
_NOT_FIXED_BEHIND = re.compile("[前後期毎頃]|ごろ")


@dataclass(frozen=True, slots=True)
class Duration:
    """A duration's span, value and modifier from within."""

    start: int
    end: int
    value: str
    vague: bool = False


def read_durations(norm: str, amounts: list[Amount]) -> list[Duration]:
    """Return the durations among the amounts, compounds joined, and those without a numeral."""
    durations = []
    position = 0
    while position < len(amounts):
        if amounts[position].kind != "duration":
            position += 1
            continue
        group = _compound(norm, amounts, position)
        durations.append(_read(norm, group))
        position += len(group)
    return durations + _fixed(norm)


def _compound(norm: str, amounts: list[Amount], first: int) -> list[Amount]:
    group = [amounts[first]]
    for amount in amounts[first + 1 : first + len(_ORDER)]:
        last = group[-1]
        if amount.kind != "duration" or _ORDER.index(amount.code) <= _ORDER.index(last.code):
            break
        gap = norm[last.end : amount.start]
        # 1日8時間 is a rate: only hours run on without a joint below a day.
        if gap != "と" and (gap or last.code == "D"):
            break
        group.append(amount)
    return group


def _read(norm: str, group: list[Amount]) -> Duration:
    start, end = group[0].start, group[-1].end
    parts = {amount.code: _scaled(amount) for amount in group}
    last = group[-1]
    half = _HALF.match(norm, end)
    if half and last.code in _HALVES and last.value.low == last.value.high:
        smaller, count = _HALVES[last.code]
        parts.setdefault(smaller, Interval(Decimal(count), Decimal(count)))
        end = half.end()
        if norm.startswith("間", end):
            end += 1
    low = _format({code: value.low for code, value in parts.items()})
    high = _format({code: value.high for code, value in parts.items()})
    value = low if low == high else f"{low}/{high}"
    return Duration(start, end, value, vague=any(amount.number.vague for amount in group))


def _scaled(amount: Amount) -> Interval:
    factor = amount.unit.factor if amount.unit is not None else Decimal(1)
    return amount.value.scaled(factor)


def _format(parts: dict[str, Decimal]) -> str:
    date = time = ""
    for code in _ORDER:
        if code in parts:
            number = format(parts[code].normalize(), "f")
            if code.startswith("T"):
                time += number + code[1]
            else:
                date += number + code
    return f"P{date}" + (f"T{time}" if time else "")


def _fixed(norm: str) -> list[Duration]:
    durations = []
    for found in _FIXED.finditer(norm) if "半" in norm or "ひと月" in norm else ():
        if _NOT_FIXED_BEFORE.search(norm, max(0, found.start() - 1), found.start()):
            continue
        if _NOT_FIXED_BEHIND.match(norm, found.end()):
            continue
        value = _HALF_VALUES[found["unit"]] if found["unit"] else _FIXED_VALUES[found[0]]
        durations.append(Duration(found.start(), found.end(), value))
    for found in _ENGLISH.finditer(norm):
        number = _ENGLISH_NUMBERS.index(found[1].lower()) + 1
        value = _ENGLISH_VALUES[found[2].lower()].format(number)
        durations.append(Duration(found.start(), found.end(), value))
    return durations
