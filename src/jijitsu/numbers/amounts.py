"""Amounts: a number with what it is a number of, before ranges and modifiers."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from jijitsu.currencies import minor_words, money_symbols, money_words
from jijitsu.model import Interval
from jijitsu.numbers import parameters
from jijitsu.numbers.scan import Number
from jijitsu.numbers.units import Unit, modifiers, unit_table
from jijitsu.tokens import Tokens

# Where a symbol or a sign before a number is looked for.
_LOOKBEHIND = 8
_SIGN = re.compile(r"(?<![0-9A-Za-z%円元ドル年月日」』）)\]~-])[-+]$|(?<![▲△])[▲△]$")
_PERCENT_SIGN = re.compile(r"(?<![0-9A-Za-z%~-])[-+]$|(?<![▲△])[▲△]$")
_NEGATIVE = "-▲△"
_MINUS_WORD = "マイナス"
# What a sign ends with, or the word for one.
_SIGN_ENDS = frozenset({"+", *_NEGATIVE, _MINUS_WORD[-1]})
_ORDINAL = "第"
# unidic-lite takes 数 before a sign for the end of a word.
_VAGUE_SHARE = re.compile("数(?=[%割])")
_HAN = re.compile("[一-龥]")
_KATAKANA = re.compile("[ァ-ヺー]")
_PREFIX_WORD = re.compile("(?:人民元|日本円|米ドル|中国元)$")
_SHORT_WORDS = frozenset({"ドル", "円", "元"})
_MINUS_BEFORE_SIGN = re.compile(r"(?:^|[\s(|はが])-$")
# 科目（百万円） says in what a table counts; it is no amount.
_HEADER_UNIT = re.compile(r"[(:/](?:百万|千|億|十億|百億|万|千万)円[)、,]")
_JOINT = re.compile("[るすた]?の?")
# 理由2 円安: a numbered heading.
_HEADING = re.compile(" 円[安高]")
_GENERIC_SIGNS = frozenset({"$", "¥"})
_YUAN_NEAR = re.compile("人民元|中国元|元[)。、]")
# 1kWh8.5円: the letters before the number are a unit, and no name.
_MEASURE_BEFORE = re.compile("[0-9](?:kWh|MWh|Wh|[KMGT]B|k?g|mg|k?m|cm)$")
_RATE_WORDS = re.compile(
    "率|比|割合|シェア|%|パーセント|支持|占め|金利|利回り|上昇|低下|改善|悪化|拡大|縮小|増|減|上回|下回|上げ|下げ"
)
_RATE_WINDOW = 30
_PARAGRAPH = "\n\n"
_RATE_POINT_LIMIT = 100
_SCALED = 10_000


class Amount(NamedTuple):
    """A number and its reading: ``kind`` is empty where nothing says what it counts.

    ``surface`` is the unit as written; ``code`` is a currency, a duration's designator, or a
    parameter count's role.  ``mod`` is a modifier between number and unit.  ``open_ended``
    says that the kind came from before the number, so that a second end of a range may do
    without a unit (``$1-2 billion``).
    """

    start: int
    end: int
    number: Number
    value: Interval
    kind: str = ""
    code: str = ""
    surface: str = ""
    mod: str | None = None
    open_ended: bool = False
    unit: Unit | None = None


def read_amounts(norm: str, tokens: Tokens, numbers: list[Number]) -> list[Amount]:
    """Return one amount per number that is one; bare numbers included, with an empty kind."""
    context = parameters.has_model_context(norm)
    amounts = []
    for number in numbers:
        if number.kanji and not _is_number(norm, tokens, number):
            continue
        before = norm[max(0, number.start - 2) : number.start]
        if _ORDINAL in before and before.rstrip().endswith(_ORDINAL):
            continue
        amount = _read(norm, number, in_model_context=context)
        if amount is not None:
            whole = not _runs_on(norm, tokens, amount)
            amounts.append(amount if whole else _bare(number))
    return amounts


def _runs_on(norm: str, tokens: Tokens, amount: Amount) -> bool:
    """Whether a katakana unit is the beginning of a longer word (ドルフィン is no ドル)."""
    end = amount.end
    if not (amount.surface and _KATAKANA.match(norm, end - 1) and _KATAKANA.match(norm, end)):
        return False
    return not tokens.ends_at(end)


def _bare(number: Number) -> Amount:
    return Amount(number.start, number.end, number, number.value)


def _is_number(norm: str, tokens: Tokens, number: Number) -> bool:
    start = number.start
    if _VAGUE_SHARE.match(norm, start):
        return not _HAN.match(norm[start - 1 : start])
    # Arabic digits need no tagger's word; 億 or 数 behind them follow suit.
    while start < number.end and norm[start] in "0123456789,.":
        start += 1
    if start > number.start and (start == number.end or norm[start] in "十百千万億兆 "):
        return True
    return tokens.is_number(number.start, number.end)


def _read(norm: str, number: Number, *, in_model_context: bool) -> Amount | None:
    amount = _prefixed(norm, number) or _suffixed_behind_letter(norm, number)
    if amount is not None:
        return amount
    if not number.glued or _is_apart(norm, number):
        amount = _suffixed(norm, number)
        if amount is not None:
            return _signed(norm, amount)
    if in_model_context:
        count = parameters.read_count(norm, number)
        if count is not None:
            end, value, role = count
            return Amount(
                number.start, end, number, value, "parameter_count", role, open_ended=True
            )
    if number.glued:
        return None
    return _bare(number)


def _is_apart(norm: str, number: Number) -> bool:
    """Whether the letters right before a number are no name that it is part of."""
    if number.scale >= _SCALED or norm.startswith("%", number.end):
        # 営業CF2兆円, MS9.8%: no name goes on like that.
        return norm[number.start - 1] != "-"
    return bool(_MEASURE_BEFORE.search(norm, max(0, number.start - 6), number.start))


@functools.cache
def _symbol_pattern() -> re.Pattern[str]:
    signs = sorted(money_symbols(), key=len, reverse=True)
    forms = [rf"(?<![A-Za-z]){re.escape(s)}" if s[0].isalpha() else re.escape(s) for s in signs]
    return re.compile(f"({'|'.join(forms)}) ?$")


@functools.cache
def _symbol_ends() -> frozenset[str]:
    return frozenset({" "} | {symbol[-1] for symbol in money_symbols()})


def _prefixed(norm: str, number: Number) -> Amount | None:
    """Read ``$53B``, ``US$1.2M``, ``RMB380 billion``, ``£17億``, ``$100億ドル``."""
    if norm[number.start - 1 : number.start] not in _symbol_ends():
        return None
    found = _symbol_pattern().search(norm, max(0, number.start - _LOOKBEHIND), number.start)
    if not found:
        return None
    sign = found[1]
    code = money_symbols()[sign]
    if sign == "¥" and _YUAN_NEAR.search(norm, max(0, found.start() - 24), number.end + 24):
        code = "CNY"
    value, end = number.value, number.end
    if number.letter:
        value, end = number.letter_value, number.end + 1
    for unit_end, surface, unit in unit_table().match(norm, end):
        if unit.kind == "money":
            # The word of an amount beats a sign that several currencies have (¥299元).
            code = unit.code if sign in _GENERIC_SIGNS or surface not in _SHORT_WORDS else code
            end = unit_end
            break
    start = found.start()
    if _MINUS_BEFORE_SIGN.search(norm, max(0, start - 2), start):
        return Amount(start - 1, end, number, value.negated(), "money", code, open_ended=True)
    return Amount(start, end, number, value, "money", code, open_ended=True)


def _suffixed_behind_letter(norm: str, number: Number) -> Amount | None:
    """Read ``40k円``, ``5M USD``, ``30Bのパラメータ``, ``7B parameters``."""
    if not number.letter:
        return None
    for end, surface, unit in _units(norm, number.end + 1):
        if unit.kind in {"money", "parameter_count"}:
            role = unit.code or parameters.role_around(norm, number.start, end)
            value = number.letter_value
            return Amount(number.start, end, number, value, unit.kind, role, surface, unit=unit)
    return None


def _suffixed(norm: str, number: Number) -> Amount | None:
    """Read a number with its unit behind it, or behind a modifier (``1兆以上のパラメータ``)."""
    for end, surface, unit in _units(norm, number.end):
        amount = _with_unit(norm, number, end, surface, unit)
        if amount is not None:
            return amount
    for modifier in modifiers().rows_behind(norm, number.end):
        found = modifier.after.match(norm, number.end) if modifier.after else None
        if not found:
            continue
        behind = _JOINT.match(norm, found.end()).end()  # type: ignore[union-attr]
        for end, surface, unit in unit_table().match(norm, behind):
            if unit.kind in {"money", "parameter_count"}:
                amount = _with_unit(norm, number, end, surface, unit)
                if amount is not None:
                    return amount._replace(mod=modifier.mod)
    return None


def _units(norm: str, position: int) -> Iterator[tuple[int, str, Unit]]:
    yield from unit_table().match(norm, position)
    if norm[position : position + 1] == " " and not _HEADING.match(norm, position):
        # Some pages set a blank between digits and kanji (2 週間).
        yield from unit_table().match(norm, position + 1)


def _with_unit(norm: str, number: Number, end: int, surface: str, unit: Unit) -> Amount | None:
    if unit.minimum is not None and number.value.high < unit.minimum:
        return None
    if unit.test == "rate_point" and not _is_rate_point(norm, number, end):
        return None
    code = unit.code
    if unit.kind == "parameter_count":
        code = parameters.role_around(norm, number.start, end)
    if unit.kind == "money" and _HEADER_UNIT.match(norm, max(0, number.start - 1)):
        return None
    value = number.value.scaled(unit.factor) if unit.kind in {"percent", "money"} else number.value
    if unit.kind == "money":
        value, end = _with_minor(norm, end, code, value)
    start = number.start
    word = _PREFIX_WORD.search(norm, max(0, start - 4), start) if unit.kind == "money" else None
    if word and money_words()[word[0]] == code:
        # 人民元八千元: the currency is said before the number too.
        start = word.start()
    return Amount(start, end, number, value, unit.kind, code, surface, unit=unit)


_MINOR = re.compile(r"([0-9]{1,2})(?=(\D{1,3}))")


def _with_minor(norm: str, end: int, code: str, value: Interval) -> tuple[Interval, int]:
    """Add the hundredths of ``149円80銭``."""
    found = _MINOR.match(norm, end)
    if not found:
        return value, end
    for word, currency in minor_words().items():
        if currency == code and found[2].startswith(word):
            cents = Decimal(found[1]).scaleb(-2)
            return Interval(value.low + cents, value.high + cents), found.end() + len(word)
    return value, end


def _is_rate_point(norm: str, number: Number, end: int) -> bool:
    """Points are of a rate where rates are spoken of; else they are scores or an index's."""
    if number.value.high >= _RATE_POINT_LIMIT:
        return False
    before = norm[max(0, number.start - _RATE_WINDOW) : number.start]
    before = before.rpartition("。")[2].rpartition(_PARAGRAPH)[2]
    behind = norm[end : end + _RATE_WINDOW].partition("。")[0].partition(_PARAGRAPH)[0]
    return bool(_RATE_WORDS.search(before) or _RATE_WORDS.search(behind))


def _signed(norm: str, amount: Amount) -> Amount:
    """Take in the sign right before an amount (``-18.3%``, ``▲5億円``)."""
    before = norm[amount.start - 1 : amount.start]
    if before not in _SIGN_ENDS:
        return amount
    if norm.endswith(_MINUS_WORD, 0, amount.start) and amount.kind in {"percent", "money"}:
        start = amount.start - len(_MINUS_WORD)
        return amount._replace(start=start, value=amount.value.negated())
    pattern = _PERCENT_SIGN if amount.kind == "percent" else _SIGN
    if not pattern.search(norm, max(0, amount.start - 2), amount.start):
        return amount
    start = amount.start - 1
    if norm[start] not in _NEGATIVE:
        return amount._replace(start=start)
    return amount._replace(start=start, value=amount.value.negated())
