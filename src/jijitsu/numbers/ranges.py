"""Two numbers that are one: ranges, and lists whose members share a unit."""

from __future__ import annotations

import re
from collections.abc import Iterable

from jijitsu.model import Interval
from jijitsu.numbers.amounts import Amount

_DASH = r"[-–—―‐ー]"
_CONNECTOR = re.compile(rf" ?(?:~|{_DASH}|から|ないし|乃至|to) ?(?:約|およそ)?")
_FROM = re.compile("から")
# から between two values of one thing that moved from the one to the other is no range.
_MOVED = re.compile(
    r"(?:前後|程度|超|以上|台|近く|近辺|弱|強|ほど)?(?:[にへ](?!か|わた|及|およ|の|位置|上[るりっ])|への?(?:増|減|値[上下]げ|引き[上下]げ)|へと"
    # まで closes a range, but not where something grows up to there.
    r"|まで(?:広が|膨ら|伸び|上が|下が|増え|減[っり]|拡大|縮|上昇|低下|引き[上下])"
    # (30年): the year of the right end alone.
    r"|\((?:20)?[0-9]{2}年)"
)
# 2012年の327億ポンドから1000億ポンド: what it was once, and what it came to.
_OF_A_TIME = re.compile("(?:[年月期度]|当初|現在|時点)の約?$")
_NEIGHBOURS = re.compile(r"[、,]")
_SEPARATOR = re.compile(
    r" ?(?:[、,・/;:]|、さらに|や|と|または|または|および|及び|もしくは|あるいは|対|から|→|and|or|&) ?(?:約|およそ|最大)?"
)
# A scaled number that nothing counts: what follows begins no word that it could count.
_NOTHING_COUNTED = re.compile(
    r"[、。,.)）」』にへとでがはを\s]|から|まで|以上|超|未満|弱|強|程度|前後|余|台|規模|近く|ほど|$"
)
# 学習は12Bが12兆、27Bが14兆トークン: a model's size, and what it was trained with.
_MEASURE_OF_MODEL = re.compile("[0-9][BM][がは]$")
_LOOKBEHIND = 4
_SCALED = 10_000
_LAST_DIGIT = 9
_SENTENCE_END = re.compile("。|\n\n")
# Pixel 10 - 12万円: the number of a name, and a price.
_NUMBERED_NAME = re.compile("[A-Za-z] ")
# How far apart the members of an enclosing list may stand.
_LIST_WINDOW = 80
_LIST_LOOKAHEAD = 8
_RANGE_KINDS = frozenset({"money", "percent", "duration", "quantity", "parameter_count"})


def join_ranges(norm: str, amounts: list[Amount]) -> list[Amount]:
    """Join the two ends of each range into one amount.

    The left end takes unit and scale from the right one where it has none of its own
    (``4～5兆円``); ends of different units are two amounts.
    """
    joined: list[Amount] = []
    for amount in amounts:
        left = joined[-1] if joined else None
        both = _join(norm, left, amount) if left is not None else None
        if both is None:
            joined.append(amount)
        else:
            joined[-1] = both
    return joined


def _join(norm: str, left: Amount, right: Amount) -> Amount | None:
    if left.value.low != left.value.high or not _same_kind(left, right):
        return None
    gap = norm[left.end : right.start]
    if not (_connects(norm, gap, left, right) or _are_neighbours(gap, left, right)):
        return None
    low = left.value.low
    if not left.kind:
        if right.unit is not None and right.kind in {"percent", "money"}:
            low *= right.unit.factor
        shared = _shared_scale(left, right)
        low *= shared
    elif not left.surface and left.number.scale == 1 and not left.number.letter:
        low *= _shared_scale(left, right)
    high, end = right.value.high, right.end
    if left.kind == "money" and not right.kind and right.number.letter and right.value.high:
        # $5-10M
        high, end = right.number.letter_value.high, right.end + 1
        low = left.value.low * int(high / right.number.value.high)
    if low > high:
        return None
    carrier = left if left.open_ended else right
    return carrier._replace(
        start=left.start,
        end=end,
        number=right.number,
        value=Interval(low, high),
        mod=left.mod or right.mod,
    )


def _shared_scale(left: Amount, right: Amount) -> int:
    """Return the scale of the right end, where the left one is written without (4～5兆)."""
    number = right.number
    if left.number.scale > 1 or left.number.letter:
        return 1
    if number.letter and right.value.low != number.value.low:
        letter_scale = int(right.value.low / number.value.low) if number.value.low else 1
        return letter_scale if left.number.value.low <= number.value.low else 1
    if number.scale > 1 and left.number.value.low <= number.mantissa:
        return number.scale
    return 1


def _same_kind(left: Amount, right: Amount) -> bool:
    if not right.kind or (left.kind == "money" and right.number.letter and right.open_ended):
        # $1-2 billion, $10-20B
        return left.open_ended
    if right.kind not in _RANGE_KINDS:
        return False
    if not left.kind:
        return True
    if left.kind != right.kind:
        return False
    if left.kind == "quantity":
        return left.surface == right.surface
    # Of a range of parameter counts one end may be said to be active, for both.
    return left.code == right.code or left.kind == "parameter_count"


def _connects(norm: str, gap: str, left: Amount, right: Amount) -> bool:
    if not _CONNECTOR.fullmatch(gap):
        return False
    if _FROM.search(gap) and left.kind:
        before = norm[max(0, left.start - _LOOKBEHIND) : left.start]
        return not (_MOVED.match(norm, right.end) or _OF_A_TIME.search(before))
    if re.search(_DASH, gap):
        before = norm[max(0, left.start - 2) : left.start]
        if not left.kind and gap.startswith(" ") and _NUMBERED_NAME.fullmatch(before):
            return False
        return before[-1:] not in {"-", "/", "."}
    return True


def _are_neighbours(gap: str, left: Amount, right: Amount) -> bool:
    """Whether the two are ``2、3年``: adjacent digits, read as one vague number."""
    if not _NEIGHBOURS.fullmatch(gap) or left.kind or right.kind not in {"duration", "quantity"}:
        return False
    low, high = left.number.value.low, right.number.mantissa
    return left.number.scale == 1 and 1 <= low < _LAST_DIGIT and high == low + 1


def share_units(norm: str, amounts: list[Amount]) -> list[Amount]:
    """Give scaled bare numbers the unit of their list (``10億、20億ドル``).

    A number shares the unit of the amount after it in its list, or, where amounts of one
    unit stand before and behind it in its sentence, theirs.
    """
    shared = list(amounts)
    for index in range(len(shared) - 2, -1, -1):
        amount, following = shared[index], shared[index + 1]
        gap = norm[amount.end : following.start]
        if _is_bare(amount) and _takes(following) and _SEPARATOR.fullmatch(gap):
            if _MEASURE_OF_MODEL.search(norm, max(0, amount.start - _LOOKBEHIND), amount.start):
                continue
            shared[index] = _as(following, amount)
    for index in range(1, len(shared)):
        amount, preceding = shared[index], shared[index - 1]
        if not _is_bare(amount):
            continue
        gap = norm[preceding.end : amount.start]
        if (preceding.kind == "parameter_count" and _SEPARATOR.fullmatch(gap)) or _is_enclosed(
            norm, amount, preceding, shared[index + 1 : index + 1 + _LIST_LOOKAHEAD]
        ):
            shared[index] = _as(preceding, amount)
    return shared


def _is_bare(amount: Amount) -> bool:
    return not amount.kind and amount.number.scale >= _SCALED


def _takes(amount: Amount) -> bool:
    return amount.kind in {"money", "parameter_count"}


def _as(model: Amount, amount: Amount) -> Amount:
    return amount._replace(kind=model.kind, code=model.code)


def _is_enclosed(norm: str, amount: Amount, preceding: Amount, rest: Iterable[Amount]) -> bool:
    if preceding.kind != "money" or not _NOTHING_COUNTED.match(norm, amount.end):
        return False
    following = next((other for other in rest if other.kind), None)
    if following is None or (following.kind, following.code) != ("money", preceding.code):
        return False
    if following.start - preceding.end > _LIST_WINDOW:
        return False
    return not _SENTENCE_END.search(norm, preceding.end, following.start)
