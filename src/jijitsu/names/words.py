"""Where a name begins and ends: whole words only, versions and brackets included."""

from __future__ import annotations

import re

from jijitsu.tokens import Tokens

_LATIN = re.compile("[A-Za-zÀ-ÖØ-öø-ÿ0-9]")
_KATAKANA = re.compile("[ァ-ヺー]")
# A language or a currency named after a country is no mention of it (日本語, 日本円); and the
# 国 of 日本国内 is that of 国内.
NOT_BEHIND = {
    "location": re.compile("語(?!圏)|円(?!滑)|(?<=日本国)[内外産民籍]"),
}

DOMAIN = r"\.(?:co\.jp|(?:com|net|org|jp|de|fr|uk|cn|kr|eu|info|news)(?![A-Za-z0-9]))"
"""A pattern: how an address of the web ends."""
_ADDRESS_BEHIND = re.compile(rf"(?:\.[a-z0-9-]+)*{DOMAIN}")


def is_in_address(norm: str, end: int) -> bool:
    """Whether what ends here goes on as an address of the web (``example`` of ``example.com``)."""
    return _ADDRESS_BEHIND.match(norm, end) is not None


def is_whole_word(norm: str, tokens: Tokens, start: int, end: int) -> bool:
    """Whether ``[start, end)`` is a word of its own, by the script at its two edges.

    Latin and katakana words end where their script does; kanji and hiragana have no such
    border, so a token must begin or end there.
    """
    return _begins_word(norm, tokens, start) and _ends_word(norm, tokens, end)


def _begins_word(norm: str, tokens: Tokens, start: int) -> bool:
    if start == 0:
        return True
    first, before = norm[start], norm[start - 1]
    if _LATIN.match(first):
        return not _LATIN.match(before) and not (
            before in "-_./@#$" and _LATIN.match(norm[start - 2 : start - 1])
        )
    if _KATAKANA.match(first):
        if before == "・":
            return not _KATAKANA.match(norm[start - 2 : start - 1])
        return not _KATAKANA.match(before)
    return tokens.starts_at(start)


def _ends_word(norm: str, tokens: Tokens, end: int) -> bool:
    if end == len(norm):
        return True
    last, behind = norm[end - 1], norm[end]
    if _LATIN.match(last):
        return not _LATIN.match(behind)
    if _KATAKANA.match(last):
        if behind == "・":
            return not _KATAKANA.match(norm[end + 1 : end + 2])
        return not _KATAKANA.match(behind)
    return tokens.ends_at(end)


# What a product's name takes along: a version, a size, an edition.
_VERSION = re.compile(
    r"(?:[- ]?v?[0-9]+(?:\.[0-9]+)*[A-Za-z]{0,3}(?![A-Za-z0-9])(?!(?:[,.][0-9])|%|年|月|日|円|億|万|兆|人|社|倍|回|台|件|種|つ|個|時|分|秒|位|名|歳|GB|TB| ?(?:million|billion))"
    r"|[- ](?:Pro|Max|Plus|Ultra|Mini|mini|Nano|nano|Lite|Flash|Turbo|Preview|preview|Instruct|Chat|Coder|Thinking|Omni|VL|Air|SE|Opus|Sonnet|Haiku|XL|Edge|Fold|Flip|FE|Enterprise|Base|Large|Medium|Small|Vision|Audio|Reasoning|Code)(?![A-Za-z0-9]))+"
)
_HYPHENATED = re.compile(r"(?:-[A-Za-z0-9.]*[A-Za-z0-9])+")
_DIGIT = re.compile("[0-9]")


def product_end(norm: str, end: int) -> int:
    """Return where a product's name ends that begins with the form ending at ``end``."""
    moved = True
    while moved:
        moved = False
        for pattern in (_HYPHENATED, _VERSION):
            found = pattern.match(norm, end)
            if found:
                end, moved = found.end(), True
    return end


def versioned_end(norm: str, end: int) -> int:
    """Return where a hyphenated version behind a name ends (``-R1`` of ``DeepSeek-R1``)."""
    found = _HYPHENATED.match(norm, end)
    return found.end() if found and _DIGIT.search(found[0]) else end
