"""Parameter counts that no unit marks: ``7B`` in prose and names, ``パラメータ数は70億``."""

from __future__ import annotations

import re

from jijitsu.model import Interval
from jijitsu.numbers.scan import Number

_CONTEXT = re.compile(
    r"[A-Za-z0-9]-[0-9.]+[Bb](?![A-Za-z0-9])|パラメータ|パラメーター|LLM|モデル|[Mm]odel|[Pp]arameter|Llama|Qwen|GPT"
)
_WORD = r"(?:パラメータ|パラメーター|[Pp]aram(?:eter)?s?)"
_LINK = r"(?:は|が|を|で|も|の|と|から|なら|:|=|\||-|「|\(|\*|、|\s|総数|合計|合わせて|それぞれ|およそ|約|最大|わずか|たった){0,6}"
_TOTAL_CUE = re.compile(rf"{_WORD}(?:数|サイズ|規模|の総数)?{_LINK}$")
_ACTIVE = r"(?:アクティブ|活性化?(?:される|された|する)?|有効化?(?:される)?|稼働(?:する)?|[Aa]ctive|[Aa]ctivated)"
_ACTIVE_CUE = re.compile(
    rf"(?:{_ACTIVE}(?:な|の)? ?{_WORD}?(?:数)?{_LINK}|(?:動く|動かす|働く|使う|計算する|アクティブになる|活性化する)の[はが](?:約|およそ)?)$"
)
_ACTIVE_BEHIND = re.compile(
    rf"個?(?:の?{_WORD})?(?:のみ|だけ|しか|分)?(?:程度)?(?:が|を|に|の|は| are| is| ){{0,2}}"
    rf"(?:推論時に|トークンごとに|同時に|実際に)?(?:{_ACTIVE}|使[わっ用]|動[くか作]|働[くか])"
)
_CUE_WINDOW = 24

# A letter B behind a number is no count of parameters before these words.
NOT_BEHIND = re.compile(
    r"[ -]?(?:[Tt]okens?|トークン|users?|ユーザー|人|件|ps|bit|ビット|ドル|円|[Yy]uan|USD|ページ|画像|枚|サンプル|例|行|単語|語)"
)
# Names whose number and letter are those of a chip, an interface, an aircraft or a bond issue.
_NOT_BEFORE = re.compile(
    r"(?:Ascend|昇騰|昇腾|Kirin|麒麟|Kunlun|崑崙芯?|RTX|GTX|Xeon|Core|Ryzen|EPYC|Boeing|ボーイング|HBM|DDR|LPDDR|PCIe|USB|"
    r"Bluetooth|Wi-Fi|Raspberry Pi|Series|シリーズ|Type|Tier|Class|Stage|Phase|Section|Figure|Fig\.|Room|IEEE ?802\.|Part|Plan|Model|(?<![A-Za-z])H)"
    r"[ -]?$"
)
_MODEL_BEHIND = re.compile(
    rf"[ -]?(?:級|クラス|規模|サイズ|相当|版)?の?[^\s。、]{{0,6}}(?:モデル|{_WORD}|LLM|[Mm]odel)|版|級|クラス"
)
_ACTIVE_GLUE = re.compile(r"(?<![A-Za-z0-9])[-(/ ]?A$|(?<=[-_/( ])[AE]$")
_HYPHENED = re.compile(r"[A-Za-z0-9.][-_:]$")
_MIN_SCALE = 10_000
_MIN_LETTER_VALUE = 10_000_000
_MAX_LETTER_VALUE = 10**16


def has_model_context(norm: str) -> bool:
    """Whether the article speaks of models at all; elsewhere a ``B`` means other things."""
    return bool(_CONTEXT.search(norm))


def role_around(norm: str, start: int, end: int) -> str:
    """Return ``active`` where the words around a count say so, else ``total``."""
    before = norm[max(0, start - _CUE_WINDOW) : start]
    if _ACTIVE_CUE.search(before) or _ACTIVE_BEHIND.match(norm, end):
        return "active"
    return "total"


def read_count(norm: str, number: Number) -> tuple[int, Interval, str] | None:
    """Read a number with no unit as a count: its end, value and role; None if it is none."""
    if number.letter and _is_letter_count(norm, number):
        end = number.end + 1
        before = norm[max(0, number.start - 3) : number.start]
        active = number.glued and _ACTIVE_GLUE.search(before)
        role = "active" if active else role_around(norm, number.start, end)
        return end, number.letter_value, role
    if number.glued or number.letter or number.scale < _MIN_SCALE:
        return None
    before = norm[max(0, number.start - _CUE_WINDOW) : number.start].rpartition("。")[2]
    if _ACTIVE_CUE.search(before):
        return number.end, number.value, "active"
    if _TOTAL_CUE.search(before):
        return number.end, number.value, role_around(norm, number.start, number.end)
    if _ACTIVE_BEHIND.match(norm, number.end) and _CONTEXT.search(before):
        return number.end, number.value, "active"
    return None


def _is_letter_count(norm: str, number: Number) -> bool:
    if not _MIN_LETTER_VALUE <= number.letter_value.high <= _MAX_LETTER_VALUE:
        return False
    before = norm[max(0, number.start - 12) : number.start]
    if _NOT_BEFORE.search(before) or NOT_BEHIND.match(norm, number.end + 1):
        return False
    hyphened = bool(_HYPHENED.search(before))
    if number.glued and not hyphened and not _ACTIVE_GLUE.search(before):
        return False
    if number.letter == "B":
        return True
    if number.letter == "b":
        # gpt-oss-20b may be called 20b in the article that names it.
        digits = norm[number.start : number.end]
        return (
            hyphened
            or bool(_MODEL_BEHIND.match(norm, number.end + 1))
            or f"{digits}b-" in norm
            or f"-{digits}b" in norm
        )
    if number.letter in "MT":
        # 2T beside 405B is a count too.
        return bool(_MODEL_BEHIND.match(norm, number.end + 1)) or _is_cued(before)
    return False


def _is_cued(before: str) -> bool:
    return bool(_TOTAL_CUE.search(before) or _ACTIVE_CUE.search(before))
