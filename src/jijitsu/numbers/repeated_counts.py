"""Parameter counts said again: bare numbers that a count of the article explains.

An article that has named ``Qwen3-235B-A22B`` goes on with 2350億 and 活性は220億; one that
lists 1B and 4B also writes 270M.
"""

from __future__ import annotations

import re
from decimal import Decimal

from jijitsu.numbers.amounts import Amount
from jijitsu.numbers.parameters import NOT_BEHIND
from jijitsu.numbers.ranges import join_ranges

# What else is counted in such numbers, said before them.
_COUNTED_BEFORE = re.compile(
    r"(?:利用者|ユーザー|会員|人口|視聴|ダウンロード|トークン|株)[^。\n]{0,12}$"
)
# What follows a number begins no word that it could count.
_NOTHING_COUNTED = re.compile(
    r"[、。,.)」』|にへとは\s]|が(?!使|利用|登録)|から|まで(?![0-9])|を(?:超|下回|上回|切)|以上|未満|前後|程度|規模|級|クラス|で(?!.[、。])|の(?:ほう|方)|$"
)
_NAME_BEFORE = re.compile(r"[A-Za-z][A-Za-z0-9.-]*(?: [0-9][0-9.]*)?[ (]$|[A-Za-z]の$")
_IN_LIST = re.compile(r"[0-9.][BM](?:と|や|、|/|・)$|[0-9.][BM]、[^。\n]{1,16}[がは]$")
_LIST_BEHIND = re.compile(r"(?:から|と|や|、|/|・)[0-9.]+[BM](?![A-Za-z])")
_OTHER_LETTERS = re.compile(r"コンテキスト|文脈|トークン|[Cc]ontext|[Tt]oken|[$¥€£]")
_SCALE = 10**4
_SMALLEST = 10**8
# A context window may be of 1M or 10M too; models are larger.
_SMALLEST_LETTER, _LARGEST_LETTER = 2 * 10**7, 10**14
_WINDOW = 40
# A mixture of experts works with a fifth of its parameters at most; lists of sizes step less.
_ACTIVE_RATIO = 5


def find_repeated(norm: str, amounts: list[Amount]) -> list[Amount]:
    """Return the amounts, those read as counts that repeat or continue counts of the article."""
    known: dict[Decimal, str] = {}
    for amount in amounts:
        if amount.kind == "parameter_count":
            for value in {amount.value.low, amount.value.high}:
                if known.get(value) != "total":
                    known[value] = amount.code
    if not known:
        return amounts
    counts = [
        amount
        if amount.kind
        else _by_value(norm, amount, known) or _by_letter(norm, amount, known) or amount
        for amount in amounts
    ]
    if any(count.kind == "parameter_count" and count.code == "active" for count in counts):
        counts = _with_pairs(norm, counts)
    # Only now that both ends are known to be counts may they be one range.
    return join_ranges(norm, counts)


def _with_pairs(norm: str, amounts: list[Amount]) -> list[Amount]:
    """Read the second of two counts in brackets as the active one: ``V3（6710億、370億）``.

    That is how an article goes on once it has said which of two counts is which.
    """
    paired = list(amounts)
    for index in range(1, len(paired)):
        first, second = paired[index - 1], paired[index]
        if first.kind != "parameter_count" or second.kind != "parameter_count":
            continue
        gap = norm[first.end : second.start]
        around = norm[first.start - 1 : first.start] + norm[second.end : second.end + 1]
        is_pair = gap == "/" or (gap == "、" and around == "()")
        if is_pair and second.value.high * _ACTIVE_RATIO <= first.value.low:
            paired[index] = second._replace(code="active")
    return paired


def _by_value(norm: str, amount: Amount, known: dict[Decimal, str]) -> Amount | None:
    """Read a bare number that equals a count of the article (``6710億`` beside ``671B``)."""
    number = amount.number
    if number.letter or number.glued or number.scale < _SCALE or amount.value.low < _SMALLEST:
        return None
    role = known.get(amount.value.high)
    if role is None or not _NOTHING_COUNTED.match(norm, amount.end):
        return None
    if _COUNTED_BEFORE.search(_before(norm, amount)):
        return None
    return amount._replace(kind="parameter_count", code=role)


def _by_letter(norm: str, amount: Amount, known: dict[Decimal, str]) -> Amount | None:
    """Read ``270M`` and ``1T`` behind a model's name, or in a list with other counts."""
    number = amount.number
    if number.letter not in ("M", "T") or number.glued:
        return None
    if not _SMALLEST_LETTER <= number.letter_value.low <= _LARGEST_LETTER:
        return None
    before, end = _before(norm, amount), amount.end + 1
    if NOT_BEHIND.match(norm, end) or _OTHER_LETTERS.search(before):
        return None
    if not (
        number.letter_value.low in known
        or _NAME_BEFORE.search(before)
        or _IN_LIST.search(before)
        or _LIST_BEHIND.match(norm, end)
    ):
        return None
    return amount._replace(
        kind="parameter_count", code="total", end=end, value=number.letter_value, open_ended=True
    )


def _before(norm: str, amount: Amount) -> str:
    return norm[max(0, amount.start - _WINDOW) : amount.start].rpartition("\n")[2]
