"""Every row of ``cases/*.tsv`` (:mod:`case_rows` says how it is written), every rule's words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from case_rows import CASES, PUBLISHED, Case, describe_all, describe_numbers, read_cases
from jijitsu.article import Article
from jijitsu.currencies import minor_words, money_symbols, money_words
from jijitsu.dates.words import relative_words
from jijitsu.kinds import AnyFact, MoneyFact
from jijitsu.numbers.units import unit_table
from jijitsu.pipeline import Pipeline

KNOWN_FAILURES = "known_failures.tsv"
ROWS = [row for path in sorted(CASES.glob("*.tsv")) for row in read_cases(path)]


def _parameters() -> list[object]:
    failing = pytest.mark.xfail(strict=True)
    return [
        pytest.param(row, id=row.place, marks=[failing] if KNOWN_FAILURES in row.place else [])
        for row in ROWS
    ]


@pytest.mark.parametrize("row", _parameters())
def test_row(row: Case, pipeline: Pipeline) -> None:
    assert _found(row, pipeline) == row.expected


def test_no_row_stands_twice() -> None:
    places: dict[object, str] = {}
    for row in ROWS:
        said = (row.text, row.published, row.expected)
        assert said not in places, f"{row.place} says what {places[said]} says"
        places[said] = row.place


def _found(row: Case, pipeline: Pipeline) -> tuple[str, ...]:
    if row.kinds == {"number"}:
        return describe_numbers(row.text)
    article = Article(id="row", source=row.place, text=row.text, published=row.published)
    facts = pipeline.extract(article).facts
    skipped = {"quantity"} - row.kinds
    return describe_all(row.text, [fact for fact in facts if fact.kind not in skipped])


# The words of the rule tables


def _only_fact(pipeline: Pipeline, text: str) -> AnyFact:
    facts = pipeline.extract(Article(id="a", source="a", text=text, published=PUBLISHED)).facts
    assert len(facts) == 1, text
    return facts[0]


def test_every_currency_word_is_read(pipeline: Pipeline) -> None:
    for word, code in money_words().items():
        fact = _only_fact(pipeline, f"取引は50億{word}で結ばれた")
        assert isinstance(fact, MoneyFact), word
        assert (fact.text, fact.currency, fact.low) == (f"50億{word}", code, "5000000000")


def test_every_currency_sign_is_read(pipeline: Pipeline) -> None:
    for sign, code in money_symbols().items():
        fact = _only_fact(pipeline, f"取引は{sign}50億で結ばれた")
        assert isinstance(fact, MoneyFact), sign
        assert (fact.text, fact.currency, fact.low) == (f"{sign}50億", code, "5000000000")


def test_every_hundredth_is_read(pipeline: Pipeline) -> None:
    for word, code in minor_words().items():
        blank = " " * word.isascii()
        fact = _only_fact(pipeline, f"手数料は50{blank}{word}で済む")
        assert isinstance(fact, MoneyFact), word
        assert fact.currency == code
        assert Decimal(fact.low or 0) == Decimal("0.5")


@pytest.mark.parametrize("kind", ["percent", "duration", "parameter_count"])
def test_every_unit_is_read(pipeline: Pipeline, kind: str) -> None:
    for surface, units in unit_table().by_surface.items():
        if units[0].kind != kind or units[0].is_conditional or units[0].test:
            continue
        fact = _only_fact(pipeline, f"値は12000{surface}だ")
        assert (fact.kind, fact.text) == (kind, f"12000{surface}")


def test_every_relative_date_has_a_row() -> None:
    texts = [row.text for row in ROWS]
    assert not [word for word in relative_words() if not any(word in text for text in texts)]
