"""Two-digit years: ``25年`` is the year 2025 in one article and 25 years in another."""

from __future__ import annotations

import re

_CENTURY = 100
# How far from the day of publication a two-digit year may lie, and how far it is sure to be.
_PAST, _FUTURE = 30, 20
_NEAR = 4
# Two digits from here on are of the last century, if they are a year (99年, 81年).
_LAST_CENTURY = 60
_CONTINUED = r"[〇一二三四五六七八九0-9]{1,2}"
# What only a year has behind it.
_CERTAIN = re.compile(
    rf"年(?:度|{_CONTINUED}月(?!間)|{_CONTINUED}[~-]{_CONTINUED}月|十[一二]?月|第?[1-4]四半期|Q[1-4]|[1-4]Q|[上下]半?期|初頭|初め|半ば|末|春|夏|秋(?!田)|冬|年?会計年度|時点)"
)
# Something happens in a year, or by it; what takes so many years is written with 年で, 年かけて.
_HAPPENS_IN = re.compile(
    r"年(?:」?までに|には?+(?!一|[0-9]+[回度人]|わた|渡|及|も|相当|延|短|縮|迫|近|達|満|足|届|長|な[るりっ]|すれ|限|設定|定め|変[えわ更]|分け|区切|耐|引き[上下]))"
)
# 黒字化は29年だ: of an event a year is said, not a length.
_EVENT_BEFORE = re.compile("(?:化|開業|完成|発売|稼働|実現|運転|着工|時期|達成|上場|創業|設立)は$")
_SAID_OF_EVENT = re.compile("年(?:だ|で[、すあ]|。|、|に|の(?:見|予))")
# What a year may have behind it where the article writes its years so.
_POSSIBLE = re.compile(
    r"年(?:の(?!歴史|物語|節目|期間|実績|経験|月日|間|契約|保証|開発|沈黙|キャリア|幕|うち)|に(?!一|[0-9]+[回度]|わた|及|渡|も|相当|延|短|迫)|は|から|まで|、|。|」|比|以降|以来|通期|実績|モデル|発売|入り|中に|内に|ごろ|頃|とみ|と(?:予|見|[0-9])|[前後]半|か[0-9]{2}年|を(?:めど|目標|目途|見据|境に|最後に|仮)|投資|世界|国内|売上|営業|純利|出荷|市場|予想|[)|\s])"
)
_DURATION_BEFORE = re.compile(
    r"(?:過去|今後|この|約|およそ|創業|設立|創立|丸|満|最大|最長|最低|最短|わずか|勤続|合計|累計|第|築|数|たった|ここ|向こう|開始|誕生|発足|以来|実に|期間は|寿命は|年齢は|から|[0-9][~-])$"
)
_SHORT = re.compile(
    r"(?<![0-9.,〇一二三四五六七八九十])([0-9]{2}|[〇一二三四五六七八九]{2})年(?!間|[前後](?!半)|以上|以内|ぶり|余|目|債)"
)
_ZERO = ("0", "〇")
_WINDOW = 30
# 2022年の1兆円から30年に2兆円へ: the other end says that it is a year.
_FROM_YEAR = re.compile(r"[0-9〇]{4}年(?:[^。]{0,4}[0-9][^。]{0,14})?から$")
# 2017年の24億ドル、18年の43億ドル: a list of years goes on.
_LISTED = re.compile(r"([0-9]{2})年(?:の|には?)[^。、\n]{2,24}、$")
_LIST_STEP = 5


def short_value(digits: str) -> int:
    """Return the value of two digits, arabic or positional kanji."""
    return int("".join(str("〇一二三四五六七八九".find(d)) if d > "9" else d for d in digits))


class ShortYears:
    """Decides for one article; ``year`` is its year of publication, if known."""

    def __init__(self, norm: str, year: int | None) -> None:
        """Look once whether the article writes two-digit years at all."""
        self._norm = norm
        self._year = year
        found = list(_SHORT.finditer(norm))
        near = {short.group(1) for short in found if self._is_near(short_value(short[1]))}
        self.evident = len(near) > 1 or any(
            self._is_certain(short.start(), short.end(1)) and self.full(short_value(short[1]))
            for short in found
        )

    def full(self, short: int) -> int | None:
        """Return the four-digit year nearest to publication, if one is near enough."""
        if self._year is None:
            return None
        century = self._year - self._year % _CENTURY
        for full in (century + short, century - _CENTURY + short, century + _CENTURY + short):
            if self._year - _PAST <= full <= self._year + _FUTURE:
                return full
        return century - _CENTURY + short if short >= _LAST_CENTURY else None

    def read(self, start: int, end: int) -> int | None:
        """Return the year that the two digits ``[start, end)`` before a 年 stand for, if any."""
        digits = self._norm[start:end]
        short = short_value(digits)
        full = self.full(short)
        if full is None:
            return None
        if self._is_certain(start, end):
            return full
        if not _POSSIBLE.match(self._norm, end):
            return None
        before = self._before(start)
        from_year = bool(_FROM_YEAR.search(before))
        positional = not digits.isascii()
        if _DURATION_BEFORE.search(before) and not (positional or from_year):
            return None
        if digits.startswith(_ZERO) or short >= _LAST_CENTURY or from_year or self.evident:
            return full
        if self._is_near(short) and not positional:
            return full
        return full if _goes_on(before, short) else None

    def _before(self, start: int) -> str:
        return self._norm[max(0, start - _WINDOW) : start]

    def _is_certain(self, start: int, end: int) -> bool:
        """Whether the words around the two digits ``[start, end)`` make them a year anywhere."""
        if _CERTAIN.match(self._norm, end):
            return True
        if _EVENT_BEFORE.search(self._norm, max(0, start - _WINDOW), start):
            return bool(_SAID_OF_EVENT.match(self._norm, end))
        if not _HAPPENS_IN.match(self._norm, end):
            return False
        return not _DURATION_BEFORE.search(self._before(start))

    def _is_near(self, short: int) -> bool:
        full = self.full(short)
        return full is not None and self._year is not None and abs(full - self._year) <= _NEAR


def _goes_on(before: str, short: int) -> bool:
    """Whether a list of years before the two digits comes to them next."""
    listed = _LISTED.search(before)
    return listed is not None and 0 < short - int(listed[1]) <= _LIST_STEP
