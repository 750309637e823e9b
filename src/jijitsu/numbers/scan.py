"""The one scanner for numbers: every numeral of the normalized text, with its value.

It reads arabic and kanji numerals and their mixtures (3兆5000億, 三千億, 1億2,345万6,789,
815百万), positional kanji (二〇二五), decimals (7.98兆, 3・3兆, 三・五), vague numbers
(数十億, 十数, 百数十) and English scale words (5.3 billion).  Whether a numeral is a number
at all, and of what, is not its business: tokens veto (:mod:`jijitsu.tokens`), readings decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from jijitsu.model import Interval

KANJI_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0}
SMALL_UNITS = {"十": 10, "百": 100, "千": 1000}
LARGE_UNITS = {"万": 10**4, "億": 10**8, "兆": 10**12, "京": 10**16}
VAGUE = "数"
# What 数 stands for, FACTS: 数億 is 2億 to 9億, 十数億 is 11億 to 19億.
VAGUE_DIGIT = Interval(Decimal(2), Decimal(9))
VAGUE_REST = Interval(Decimal(1), Decimal(9))

ENGLISH_SCALES = {
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "lakh": 10**5,
    "crore": 10**7,
    "mn": 10**6,
    "mln": 10**6,
    "bn": 10**9,
    "bln": 10**9,
    "tn": 10**12,
    "trn": 10**12,
}
LETTER_SCALES = {
    "k": 10**3,
    "K": 10**3,
    "m": 10**6,
    "M": 10**6,
    "b": 10**9,
    "B": 10**9,
    "T": 10**12,
}

# A longer run of digits is an identifier, not a number; this also bounds the arithmetic.
MAX_DIGITS = 30

_ARABIC = r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
_LEXEME = re.compile(
    rf"(?P<digits>(?:(?<=[万億兆]) )?(?:{_ARABIC}))"
    rf"|(?P<kanji>[{''.join(KANJI_DIGITS)}]+)"
    rf"|(?P<small>[{''.join(SMALL_UNITS)}])"
    # Some pages set a blank between digits and kanji (60 万ドル).
    rf"|(?P<large>(?:(?<=[0-9]) )?[{''.join(LARGE_UNITS)}])"
    rf"|(?P<vague>{VAGUE})"
)
_START = re.compile(rf"[0-9{''.join(KANJI_DIGITS)}{''.join(SMALL_UNITS)}{VAGUE}]")
# Newspapers write the decimal point as ・ (3・3兆円, 1・5倍); in a list the parts have no unit.
_DOT = re.compile(r"・([0-9]+|[〇一二三四五六七八九]+)(?=[万億兆%倍割]|ポイント|パーセント)")
_ENGLISH = re.compile(
    r"[ -]?(" + "|".join(sorted(ENGLISH_SCALES, key=len, reverse=True)) + r")(?![A-Za-z])",
    re.IGNORECASE,
)
_LETTER = re.compile("([" + "".join(LETTER_SCALES) + "])(?![A-Za-z0-9])")
_ZERO = Interval(Decimal(0), Decimal(0))
# Most numerals are these: arabic digits, alone or before one large unit, with nothing behind
# that could be part of a number.
_PLAIN = re.compile(
    rf"({_ARABIC})(?: ?([{''.join(LARGE_UNITS)}]))?"
    rf"(?![0-9,.・ A-Za-z{''.join(KANJI_DIGITS)}{''.join(SMALL_UNITS)}{''.join(LARGE_UNITS)}{VAGUE}-])"
)
# Small units count up to the first large one.
MAX_SECTION = 10**4


class Number(NamedTuple):
    """A numeral of the normalized text.

    ``scale`` is the last large unit or scale word (1 where there is none), which a range
    may share; ``mantissa`` is what stood before it.  ``letter`` is a scale letter right
    behind the number (the ``B`` of ``53B``), outside ``[start, end)`` and not yet applied:
    only some readings take it.  ``kanji`` says that a kanji numeral is part of it;
    ``glued`` that a Latin letter, or one with a hyphen, stands right before it.
    """

    start: int
    end: int
    value: Interval
    scale: int = 1
    mantissa: Decimal = Decimal(0)
    letter: str = ""
    kanji: bool = False
    vague: bool = False
    glued: bool = False

    @property
    def letter_value(self) -> Interval:
        """The value with the scale letter applied."""
        return self.value.scaled(LETTER_SCALES[self.letter])


def scan(norm: str) -> Iterator[Number]:
    """Yield the numerals of ``norm`` from left to right; they do not overlap."""
    position = 0
    while found := _START.search(norm, position):
        start = found.start()
        plain = _PLAIN.match(norm, start)
        number = _plain(norm, plain) if plain else _Fold(norm, start).number()
        if number is None:
            position = _skip(norm, start)
            continue
        yield number
        position = number.end


def _plain(norm: str, found: re.Match[str]) -> Number | None:
    digits, unit = found.groups()
    mantissa = Decimal(digits.replace(",", ""))
    if len(digits) > MAX_DIGITS or (unit and not mantissa):
        return None
    start, end = found.span()
    scale = LARGE_UNITS[unit] if unit else 1
    glued = _is_glued(norm[max(0, start - 2) : start])
    return Number(start, end, _exact(mantissa * scale), scale, mantissa, glued=glued)


def _skip(norm: str, start: int) -> int:
    """Return where to go on behind something that begins like a numeral and is none."""
    lexeme = _LEXEME.match(norm, start)
    return lexeme.end() if lexeme else start + 1


class _Fold:
    """Folds lexemes from the left into a value: digits, small units, large units.

    ``total`` holds what large units closed, ``section`` what small units closed since,
    ``digit`` what no unit has closed yet.  Each step takes a lexeme and returns where it
    ends, or None where it can't go on the number.
    """

    def __init__(self, norm: str, start: int) -> None:
        self.norm = norm
        self.start = self.position = start
        self.total = self.section = _ZERO
        self.digit: Interval | None = None
        self.small_limit: int = MAX_SECTION
        self.large_limit: int | None = None
        self.scale = 1
        self.groups: list[Decimal] = []
        self.decimal = self.kanji = self.vague = False

    def number(self) -> Number | None:
        """Return the number that begins here, if one does."""
        steps = {
            "digits": self._digits,
            "kanji": self._kanji,
            "small": self._small,
            "large": self._large,
            "vague": self._vague,
        }
        while lexeme := _LEXEME.match(self.norm, self.position):
            end = steps[str(lexeme.lastgroup)](lexeme)
            if end is None:
                break
            self.position = end
        if self.position == self.start:
            return None
        return self._finish(self.total.plus(self.section).plus(self.digit or _ZERO))

    def _finish(self, value: Interval) -> Number:
        norm, scale, end = self.norm, self.scale, self.position
        mantissa = value.low
        if len(self.groups) == 1 and self.groups[0] and not self.vague:
            # One group of digits and units behind it (6百万): what a range may share.
            mantissa = self.groups[0]
            scale = int(value.low / mantissa)
        if scale == 1 and not self.kanji and (word := _ENGLISH.match(norm, end)):
            scale = ENGLISH_SCALES[word[1].lower()]
            value, end = value.scaled(scale), word.end()
        letter = _LETTER.match(norm, end)
        return Number(
            start=self.start,
            end=end,
            value=value,
            scale=scale,
            mantissa=mantissa,
            letter=letter[1] if letter else "",
            kanji=self.kanji,
            vague=self.vague,
            glued=_is_glued(norm[max(0, self.start - 2) : self.start]),
        )

    def _digits(self, lexeme: re.Match[str]) -> int | None:
        value = Decimal(lexeme[0].lstrip().replace(",", ""))
        return self._take_digits(lexeme, value, decimal="." in lexeme[0])

    def _kanji(self, lexeme: re.Match[str]) -> int | None:
        self.kanji = True
        return self._take_digits(lexeme, _positional(lexeme[0]), decimal=False)

    def _take_digits(self, lexeme: re.Match[str], value: Decimal, *, decimal: bool) -> int | None:
        limit = self.small_limit if self.section.high else self.large_limit
        if self.digit is not None or self.decimal or self.vague:
            return None
        if len(lexeme[0]) > MAX_DIGITS or (limit is not None and value >= limit):
            return None
        end = lexeme.end()
        if not decimal and (dot := _DOT.match(self.norm, end)):
            fraction = dot[1] if dot[1].isascii() else format(_positional(dot[1]), "f")
            value, decimal, end = Decimal(f"{value}.{fraction}"), True, dot.end()
        self.digit, self.decimal = _exact(value), decimal
        self.groups.append(value)
        return end

    def _vague(self, lexeme: re.Match[str]) -> int | None:
        if self.vague or self.decimal:
            return None
        if self.position == self.start:
            self.digit = VAGUE_DIGIT
        elif self.digit is None and self.section.high:
            # 十数, 百数十: the vague digit stands in the next smaller place.
            self.digit = VAGUE_REST
        elif self.digit is not None and self.digit.low and not self.digit.low % 10:
            # 20数年: arabic tens and a vague rest.
            self.digit = self.digit.plus(VAGUE_REST)
        else:
            return None
        self.vague = self.kanji = True
        return lexeme.end()

    def _small(self, lexeme: re.Match[str]) -> int | None:
        unit = SMALL_UNITS[lexeme[0]]
        if unit >= self.small_limit:
            return None
        self.section = self.section.plus((self.digit or _exact(Decimal(1))).scaled(unit))
        self.digit, self.small_limit, self.kanji = None, unit, True
        return lexeme.end()

    def _large(self, lexeme: re.Match[str]) -> int | None:
        unit = LARGE_UNITS[lexeme[0].lstrip()]
        section = self.section.plus(self.digit or _ZERO)
        if not section.high or (self.large_limit is not None and unit >= self.large_limit):
            return None
        self.total = self.total.plus(section.scaled(unit))
        self.section, self.digit, self.small_limit = _ZERO, None, MAX_SECTION
        self.large_limit = self.scale = unit
        return lexeme.end()


def _positional(digits: str) -> Decimal:
    return Decimal("".join(str(KANJI_DIGITS[digit]) for digit in digits))


def _exact(value: Decimal) -> Interval:
    return Interval(value, value)


def _is_glued(before: str) -> bool:
    if not before:
        return False
    last = before[-1]
    if last.isascii() and last.isalpha():
        return True
    return last == "-" and before[0].isascii() and before[0].isalpha()
