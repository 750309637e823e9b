"""Hypothesis strategies: numbers in every notation, and text of every sort."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

_KANJI_DIGITS = "〇一二三四五六七八九"
_SMALL_UNITS = ("", "十", "百", "千")
_LARGE_UNITS = ("", "万", "億", "兆", "京")
_GROUP = 10_000
MAX_NUMBER = 10**20 - 1
"""9999京9999兆…: the largest number that the units write."""

_FULL_WIDTH = {code: code - 0x21 + 0xFF01 for code in range(0x21, 0x7F)}


def full_width(text: str) -> str:
    """Return the text with its ASCII characters in full width.

    >>> full_width("1,234億")
    '１，２３４億'
    """
    return text.translate(_FULL_WIDTH)


def _groups(number: int) -> list[tuple[int, str]]:
    """Return the groups of four digits with their large units, the largest first, no zeros."""
    groups = []
    for unit in _LARGE_UNITS:
        number, group = divmod(number, _GROUP)
        if group:
            groups.append((group, unit))
    return groups[::-1]


def in_commas(number: int) -> str:
    """Return ``1,234,567``."""
    return f"{number:,}"


def mixed(number: int) -> str:
    """Return ``1億2345万6789``."""
    return "".join(f"{group}{unit}" for group, unit in _groups(number))


def mixed_commas(number: int) -> str:
    """Return ``1億2,345万6,789``."""
    return "".join(f"{group:,}{unit}" for group, unit in _groups(number))


def kanji(number: int) -> str:
    """Return ``一億二千三百四十五万六千七百八十九``."""
    return "".join(_kanji_group(group, unit) + unit for group, unit in _groups(number))


def _kanji_group(group: int, large: str) -> str:
    digits = ""
    for power, unit in reversed(list(enumerate(_SMALL_UNITS))):
        digit = group // 10**power % 10
        # 一 is written before no unit but a thousand of a large one (一千万).
        if digit > 1 or (digit and (not unit or (unit == "千" and large))):
            digits += _KANJI_DIGITS[digit]
        digits += unit if digit else ""
    return digits


def positional(number: int) -> str:
    """Return ``二〇二五``."""
    return "".join(_KANJI_DIGITS[int(digit)] for digit in str(number))


NOTATIONS: tuple[Callable[[int], str], ...] = (str, in_commas, mixed, mixed_commas, kanji)
"""Ways to write a number; the digits of each may be in full width besides."""

numbers = st.integers(0, 19).flatmap(
    lambda power: st.integers(1, min(10 ** (power + 1), MAX_NUMBER))
)
"""Numbers from 1, of every length alike."""


@st.composite
def written_numbers(draw: st.DrawFn) -> tuple[int, str]:
    """Return a number and one of the ways to write it."""
    number = draw(numbers)
    text = draw(st.sampled_from(NOTATIONS))(number)
    return number, full_width(text) if draw(st.booleans()) else text


# What numbers, dates and mark-up are made of: enough of it in a row meets every rule.
_PIECES = (
    "0 1 3 12 24 31 99 2025 1,234 3.5 ０ ９ ２０２５ 〇 一 二 五 十 百 千 万 億 兆 京 数 半 元 "
    "円 ドル ㌦ 米ドル 人民元 ユーロ ウォン 銭 セント $ US$ ¥ ￥ RMB € £ B M k b T billion million bn "
    "% ％ ㌫ 割 分 厘 ポイント 倍 回 人 個 台 GW ㌔ パラメータ のパラメータ parameters モデル アクティブ A -A "
    "年 月 日 時 分 秒 週 期 度 年度 年間 カ月 週間 日間 時間 年代 世紀 四半期 第 Q3 3Q FY 上期 下半期 "
    "前半 後半 初頭 末 上旬 中旬 下旬 半ば 春 秋 前 後 ぶり 以内 当たり ごろ "
    "令和 平成 昭和 ㍻ ㋿ R 今年 昨年 来年 今月 先週 同日 同年 翌月 前日 前年同期 年末 年内 午前 午後 正午 月曜日 "
    "約 およそ 最大 少なくとも 以上 超 未満 弱 強 近く まで 程度 から ～ 〜 ~ - － − – ー 、 , ・ . / : = ＝ と の は に で "
    "( ) （ ） 「 」 [ ] 。 ? ▲ △ + ' ’ January Sept. 24th in by "
    "# | ** ` ``` --- +++ <b> </b> <td> <p> </p> <script> <!-- --> "
    "&yen; &amp; &#65; ]( ![ http://a.b/ www.a.b @ \\ "
    "ｶ ﾞ ﾄﾞﾙ が \u3099 é e\u0301 ① ² ½ … ㈱ ﷺ \u200b \ufeff \u00a0 \u3000 \ufffc 🙂 𠮷 ﾟ"
)
FRAGMENTS = (*_PIECES.split(" "), " ", "\n", "\r\n", "\t", "\0", "。\n")
fragments = st.lists(st.sampled_from(FRAGMENTS), max_size=24).map("".join)
"""Texts of the pieces that rules look for, in senseless order."""

any_text = st.one_of(fragments, st.text(max_size=60))
"""Any text that has a UTF-8 form."""

surrogate_text = st.text(
    st.one_of(
        st.characters(categories=["Cs"]),
        st.sampled_from("3億円<&`か゛\u3099ｶﾞ年"),
        st.characters(exclude_categories=()),
    ),
    max_size=40,
)
"""Any text at all, lone surrogates included."""

# Characters that find_regions, the kept classes and the folded dashes leave alone.
_PLAIN = (
    " 0123456789ABCXYZabcxyz.,;%$'\"()"
    "　、。・「」（）！？％＄＊＋，．／：；＝＠０５９ＡＺａｚ［］＾｛｜｝～￥￡"
    "あいがぱんっゞアヴガパンー亜一二三億兆円元金﨑神"
    "ｦｧｱｶﾊﾞﾟｰﾝ｡｢｣､･ﾞ㌦㌔㌫㍻㍿㋿㈱㎏㎡℃㏄ﬁǅĳ№Ⅳⅻ㍉ﾊﾟﾄﾞ"
)
plain_text = st.text(st.sampled_from(_PLAIN), max_size=40)
"""Texts whose normalized form is their NFKC form."""
