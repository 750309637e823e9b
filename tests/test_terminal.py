"""Articles and facts as a person sees them."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from jijitsu.describe import describe, describe_conversion
from jijitsu.kinds import (
    KINDS,
    AnyFact,
    Conversion,
    DateFact,
    DurationFact,
    EntityFact,
    Mod,
    MoneyFact,
    ParameterCountFact,
    PercentFact,
    Predicate,
    QuantityFact,
)
from jijitsu.terminal import STYLES, colour, make_harmless

SPAN: dict[str, Any] = {"id": "0", "text": "x", "start": 0, "end": 1}


def money(
    low: str | None, high: str | None, mod: Mod | None = None, predicate: Predicate | None = None
) -> MoneyFact:
    return MoneyFact(
        **SPAN, low=low, high=high, mod=mod, currency="CNY", predicate=predicate, subject=None
    )


def date(value: str, first: str, last: str, mod: Mod | None = None) -> DateFact:
    days = map(datetime.date.fromisoformat, (first, last))
    return DateFact(**SPAN, value=value, first=next(days), last=next(days), mod=mod)


def duration(value: str, mod: Mod | None = None) -> DurationFact:
    return DurationFact(**SPAN, value=value, mod=mod)


DESCRIPTIONS: list[tuple[AnyFact, str]] = [
    (money("380000000000", "380000000000"), "380 billion CNY"),
    (money("7980000000000", "7980000000000", "APPROX"), "≈7.98 trillion CNY"),
    (money("4980", "4980", None, "price"), "4,980 CNY, price"),
    (money("0.55", "0.55"), "0.55 CNY"),
    (money("-3000000", "-3000000"), "-3 million CNY"),
    (money("123456789", "123456789"), "123,456,789 CNY"),
    (money("1234560000", "1234560000"), "1.23456 billion CNY"),
    (money("4000000000000", "5000000000000"), "4 trillion to 5 trillion CNY"),
    (money("30000000000", None, "MORE_THAN"), ">30 billion CNY"),
    (money(None, "5000000", "LESS_THAN"), "<5 million CNY"),
    (
        ParameterCountFact(
            **SPAN, low="235000000000", high="235000000000", mod=None, role="total", subject=None
        ),
        "235 billion parameters, total",
    ),
    (PercentFact(**SPAN, low="75", high=None, mod="EQUAL_OR_MORE"), "≥75 %"),
    (
        QuantityFact(**SPAN, low="600000000", high=None, mod="EQUAL_OR_LESS", unit="回"),
        "≤600 million 回",
    ),
    (QuantityFact(**SPAN, low="17", high="17", mod=None, unit=None), "17"),
    (EntityFact(**SPAN, type="organization", name="Alibaba Cloud"), "Alibaba Cloud, organization"),
    (date("2025-09-24", "2025-09-24", "2025-09-24"), "2025-09-24"),
    (date("2025-Q3", "2025-07-01", "2025-09-30"), "2025-Q3 (2025-07-01 to 2025-09-30)"),
    (date("2025", "2025-01-01", "2025-12-31", "END"), "end of 2025 (2025-01-01 to 2025-12-31)"),
    (
        date("2025-09-24", "2025-09-24", "2025-09-24", "APPROX"),
        "≈2025-09-24",
    ),
    (duration("P1Y"), "1 year"),
    (duration("P1Y6M"), "1 year 6 months"),
    (duration("PT24H"), "24 hours"),
    (duration("P1DT30M"), "1 day 30 minutes"),
    (duration("P2Y/P9Y", "APPROX"), "≈2 years to 9 years"),
]


@pytest.mark.parametrize(("fact", "expected"), DESCRIPTIONS, ids=lambda value: str(value)[:30])
def test_descriptions(fact: AnyFact, expected: str) -> None:
    assert describe(fact) == expected


def test_every_kind_has_a_description_and_a_colour() -> None:
    assert {type(fact) for fact, _ in DESCRIPTIONS} == set(KINDS.values())
    assert STYLES.keys() == KINDS.keys()


def test_conversions() -> None:
    conversion = Conversion(
        low="53339900000",
        high="53339900000",
        rate="0.14",
        rate_date=datetime.date(2025, 9, 24),
        rate_source="ECB",
    )
    converted = money("1", "1").model_copy(update={"converted": {"USD": conversion}})
    assert describe_conversion(converted) == "53.3 billion USD (ECB 2025-09-24)"
    unconverted = money("1", "1").model_copy(update={"unconverted": "no rate"})
    assert describe_conversion(unconverted) == "no rate"
    assert describe_conversion(money("1", "1")) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3億円\t3\n", "3億円\t3\n"),
        ("a\r\nb\rc", "a\nb␍c"),
        ("\x1b]0;title\x07", "␛]0;title␇"),
        ("\x7f\x9b31m", "␡\ufffd31m"),
        ("a\u202eb\u2066c\u200fd", "a\ufffdb\ufffdc\ufffdd"),
        ("👩\u200d💻 が\u3099", "👩\u200d💻 が\u3099"),
    ],
)
def test_nothing_reaches_the_terminal_but_what_can_be_seen(text: str, expected: str) -> None:
    assert make_harmless(text) == expected


def test_facts_within_facts_are_underlined() -> None:
    text = "新型のLlama-70Bは\r\n3億円"
    outer = EntityFact(id="0", text="Llama-70B", start=3, end=12, type="product", name="Llama")
    inner = ParameterCountFact(
        id="1", text="70B", start=9, end=12, low="7", high="7", mod=None, role="total", subject=None
    )
    amount = money("3", "3").model_copy(update={"text": "3億円", "start": 15, "end": 18})
    coloured = colour(text, [amount, inner, outer])
    assert coloured.plain == "新型のLlama-70Bは\n3億円"
    assert [(coloured.plain[span.start : span.end], span.style) for span in coloured.spans] == [
        ("Llama-", STYLES["entity"]),
        ("70B", f"{STYLES['entity']} underline"),
        ("3億円", STYLES["money"]),
    ]


def test_an_article_without_facts() -> None:
    assert colour("", []).plain == ""
    assert colour("3億円\x1b", []).plain == "3億円␛"
