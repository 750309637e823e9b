"""Currencies: the words and signs that say them.

The Japanese names are CLDR's, by way of Babel; currencies.csv adds the short forms, signs
and spellings of news text that CLDR does not hold.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

from jijitsu.tables import TableError, load_csv

_COLUMNS = ("code", "words", "symbols", "minor")


class Currency(NamedTuple):
    """A row of currencies.csv."""

    code: str
    words: tuple[str, ...]
    symbols: tuple[str, ...]
    minor: tuple[str, ...]


@functools.cache
def currencies() -> tuple[Currency, ...]:
    """Return the rows of currencies.csv; a form may stand in one row only."""
    rows = []
    seen: dict[str, str] = {}
    for row in load_csv("currencies.csv", _COLUMNS):
        fields = {column: tuple(filter(None, row[column].split(";"))) for column in _COLUMNS[1:]}
        for form in (form for forms in fields.values() for form in forms):
            if form in seen:
                raise TableError("currencies.csv", row["code"], f"{form!r} is {seen[form]} already")
            seen[form] = row["code"]
        rows.append(Currency(row["code"], **fields))
    return tuple(rows)


@functools.cache
def money_words() -> dict[str, str]:
    """Return the words and signs that follow an amount, with their ISO 4217 codes.

    These are our own rows first, then CLDR's names with and without their blank
    (``ベトナム ドン``, ``ベトナムドン``), then the codes.  Latin ones may stand behind a blank.
    """
    words = {}
    for currency in currencies():
        for form in (*currency.words, *currency.symbols, currency.code):
            words[form] = currency.code
    for code, name in _cldr_names().items():
        for form in (name, name.replace(" ", ""), name.replace(" ", "・")):
            words.setdefault(form, code)
    return words | {f" {form}": code for form, code in words.items() if form.isascii()}


@functools.cache
def minor_words() -> dict[str, str]:
    """Return the words of hundredths (銭, セント) with the currency they belong to."""
    return {word: currency.code for currency in currencies() for word in currency.minor}


@functools.cache
def money_symbols() -> dict[str, str]:
    """Return the signs and codes that stand before an amount, with their ISO 4217 codes."""
    symbols = {sign: currency.code for currency in currencies() for sign in currency.symbols}
    return symbols | {row.code: row.code for row in currencies() if row.code not in _ENGLISH_WORDS}


# Codes that are words before a number too (TRY 3 times).
_ENGLISH_WORDS = frozenset({"TRY", "CAD"})


# CLDR's Japanese names of the currencies in use: former ones carry their years in brackets.
@functools.cache
def _cldr_names() -> dict[str, str]:
    from babel import Locale  # noqa: PLC0415  late: only an extraction needs CLDR

    names = Locale.parse("ja").currencies
    return {code: name for code, name in names.items() if "（" not in name and code[0] != "X"}
