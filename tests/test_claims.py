"""Claims: what several mentions say of one amount."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fact_lines import Json, article, entity, merged, money, supporters, year
from jijitsu.claims import statements
from jijitsu.claims.amounts import Figure, agree, contradict, read_figure
from jijitsu.claims.merge import DEFAULT_TOLERANCE
from jijitsu.claims.statements import read_statements

# Amounts


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # One currency: the same up to rounding.
        ("USD 5.3e10", "USD 5.3e10", True),
        ("USD 5.3e10", "USD 5.2e10", False),
        ("CNY 2.6e11", "CNY 2.598e11", True),
        ("CNY 2.598e11", "CNY 2.6e11", True),
        ("JPY 2598", "JPY 2600", True),
        ("JPY 2598", "JPY 2599", False),
        ("JPY 3e12", "JPY 3.4e12", False),
        ("JPY 3e12", "JPY 3.04e12", True),
        ("CNY 1.6e11", "CNY 2e11", False),
        # 約 leaves 5 % open, 以上 and 超 15 % upwards, 以下 as much downwards.
        ("JPY ~3e12", "JPY 3.12e12", True),
        ("JPY ~3e12", "JPY 3.3e12", False),
        ("USD >=5e10", "USD 5.3e10", True),
        ("USD >5e10", "USD >=5e10", True),
        ("USD >=5e10", "USD 4.7e10", False),
        ("USD >=5e10", "USD 6e10", False),
        ("USD <=5e10", "USD 4.7e10", True),
        ("USD <=5e10", "USD 5.3e10", False),
        # A range holds what lies in it.
        ("JPY 4e12..5e12", "JPY 4.6e12", True),
        ("JPY 4e12..5e12", "JPY 4e12..5e12", True),
        ("JPY 4e12..5e12", "JPY 5.6e12", False),
        # Two currencies: within the tolerance by the day's rates.
        ("CNY 3.8e11", "USD 5.3e10", True),
        ("CNY 3.8e11", "USD 5.2e10", True),
        ("CNY 3.8e11", "JPY 7.98e12", True),
        ("CNY 3.8e11", "JPY 7.2e12", False),
        ("CNY 3.8e11", "USD 4.5e10", False),
        ("CNY >=3.8e11", "JPY 7.98e12", True),
        ("USD 0", "JPY 0", False),
        ("USD 0", "USD 5", False),
    ],
)
def test_amounts_that_agree(one: str, other: str, *, expected: bool) -> None:
    first, second = read_figure(money(one)), read_figure(money(other))
    assert agree(first, second, DEFAULT_TOLERANCE) is expected
    assert agree(second, first, DEFAULT_TOLERANCE) is expected


def test_amounts_without_a_rate_agree_in_their_own_currency_only() -> None:
    baht = read_figure(money("JPY 5e9", currency="THB", converted=None))
    assert baht.usd is None
    assert agree(baht, baht, DEFAULT_TOLERANCE)
    assert not agree(baht, read_figure(money("USD 5e9")), DEFAULT_TOLERANCE)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("CNY 1.6e11", "CNY 2e11", True),
        ("CNY 1e11", "CNY 2e11", False),
        ("CNY 3.8e11", "USD 5.3e10", False),
        ("CNY 3.8e11", "USD 6e10", True),
        ("USD 0", "USD 5", False),
        ("USD -5", "USD 5", False),
    ],
)
def test_amounts_that_contradict(one: str, other: str, *, expected: bool) -> None:
    first, second = read_figure(money(one)), read_figure(money(other))
    assert contradict(first, second, DEFAULT_TOLERANCE) is expected
    assert contradict(second, first, DEFAULT_TOLERANCE) is expected


amounts = st.decimals("0.01", "1e15", places=2)
figures = st.builds(
    lambda currency, low, width, mod: Figure(currency, low, low + width, mod, low),
    st.sampled_from(["USD", "JPY"]),
    amounts,
    st.one_of(st.just(Decimal(0)), amounts),
    st.sampled_from([None, "APPROX", "MORE_THAN"]),
)


@given(figures, figures)
def test_agreement_is_mutual(one: Figure, other: Figure) -> None:
    assert agree(one, one, DEFAULT_TOLERANCE)
    assert agree(one, other, DEFAULT_TOLERANCE) == agree(other, one, DEFAULT_TOLERANCE)
    contradiction = contradict(one, other, DEFAULT_TOLERANCE)
    assert contradiction == contradict(other, one, DEFAULT_TOLERANCE)
    assert not (contradiction and agree(one, other, DEFAULT_TOLERANCE))


# Statements


def said(*facts: Json, **options: Any) -> list[statements.Statement]:
    return list(read_statements({"id": "a"}, facts, **options))


def test_an_amount_that_nobody_owns_states_nothing() -> None:
    assert said(entity("s", "Alpha"), money("USD 5", subject=None)) == []
    assert said(entity("s", "Alpha"), money("USD 5", predicate=None)) == []
    assert said(entity("s", "Alpha"), money("USD 5", subject="gone")) == []
    assert said(year("s", 2025), money("USD 5")) == [], "a year owns nothing"
    assert said(entity("s", "Alpha")) == []


def test_restatements_are_one_statement() -> None:
    facts = [
        entity("s", "Alpha"),
        money("CNY 3.8e11", id="a", equivalent_to=["b"]),
        money("JPY 7.98e12", id="b", start=9, end=12, equivalent_to=["a", "gone"]),
    ]
    (statement,) = said(*facts)
    assert [fact["id"] for fact in statement.facts] == ["a", "b"]


def test_those_who_share_a_sum_own_it_together() -> None:
    facts = [entity("s", "Beta"), entity("t", "Alpha")]
    (statement,) = said(*facts, money("USD 5", subject=None, participants=["s", "t"]))
    assert statement.owners == (("Alpha", None), ("Beta", None))
    assert json.loads(statement.group) == ["Alpha", "Beta"]


def test_confidence_is_that_of_the_field_less_sure() -> None:
    sure = money("USD 5", confidence={"predicate": 0.9, "subject": 0.6})
    assert said(entity("s", "Alpha"), sure, confidence=0.6)
    assert not said(entity("s", "Alpha"), sure, confidence=0.61)
    assert said(entity("s", "Alpha"), money("USD 5"), confidence=1.0), "gold is sure"


# Claims


def test_articles_that_agree_make_one_claim() -> None:
    (claim,) = merged(
        [
            article("a", money("CNY 3.8e11"), published="2025-02-24"),
            article("b", money("USD 5.3e10"), published="2025-02-25"),
            article("c", money("JPY ~7.98e12"), published="2025-03-01"),
            article("d", money("CNY >=3.8e11"), published="2025-09-24"),
        ]
    )
    assert claim.articles == 4
    assert (claim.currency, claim.low, claim.high) == ("CNY", "380000000000", "380000000000")
    assert str(claim.first_reported) == "2025-02-24"
    assert str(claim.last_reported) == "2025-09-24"
    assert [support.document for support in claim.support] == ["a", "b", "c", "d"]
    assert claim.conflicts == []


def test_the_amount_is_the_one_that_most_articles_give() -> None:
    lines = [article("a", money("USD 5.28e10"), published="2025-01-01")]
    lines += [article(name, money("USD 5.3e10")) for name in "bc"]
    (claim,) = merged(lines)
    assert claim.low == "53000000000"


def test_a_text_that_appears_twice_is_one_article() -> None:
    lines = [article("a", money("USD 5e9")), article("b", money("USD 5e9"))]
    lines[1]["document"]["sha256"] = "a"
    (claim,) = merged(lines)
    assert claim.articles == 1
    assert len(claim.support) == 2


@pytest.mark.parametrize(
    "other",
    [
        article("b", money("USD 5e9", predicate="revenue")),
        article("b", money("USD 5e9"), owner="Beta"),
        article("b", money("USD 6e9")),
        article("b", year("w", 2025), money("USD 5e9", when="w")),
    ],
    ids=["predicate", "owner", "amount", "period"],
)
def test_what_differs_is_another_claim(other: Json) -> None:
    claims = merged([article("a", year("w", 2024), money("USD 5e9", when="w")), other])
    assert sorted(map(sorted, supporters(claims))) == [["a"], ["b"]]


def test_parts_of_a_group_are_one_owner() -> None:
    (claim,) = merged(
        [
            article("a", money("CNY 3.8e11"), owner="Alibaba"),
            article("b", money("CNY 3.8e11"), owner="Alibaba Cloud"),
        ]
    )
    assert [owner.name for owner in claim.owners] == ["Alibaba", "Alibaba Cloud"]


def test_those_who_share_are_an_owner_of_their_own() -> None:
    both = money("USD 5e9", subject=None, participants=["s", "t"])
    lines = [
        article("a", entity("t", "Beta"), both),
        article("b", entity("t", "Alpha"), both, owner="Beta"),
        article("c", money("USD 5e9")),
    ]
    assert supporters(merged(lines)) == [{"a", "b"}, {"c"}]


# Periods


def test_an_amount_without_a_period_joins_the_only_one_that_agrees() -> None:
    dated = article("a", year("w", 2024), money("USD 5e9", when="w"))
    (claim,) = merged([dated, article("b", money("USD 5e9"))])
    assert claim.period is not None
    assert str(claim.period.first) == "2024-01-01"
    assert claim.articles == 2


def test_an_amount_without_a_period_joins_none_of_two() -> None:
    lines = [
        article("a", year("w", 2024), money("USD 5e9", when="w")),
        article("b", year("w", 2025), money("USD 5e9", when="w")),
        article("c", money("USD 5e9")),
    ]
    assert sorted(map(sorted, supporters(merged(lines)))) == [["a"], ["b"], ["c"]]


def test_a_length_of_time_is_a_period() -> None:
    duration = {"id": "w", "kind": "duration", "text": "3年間", "start": 20, "end": 23}
    duration |= {"value": "P3Y", "mod": None}
    (claim,) = merged([article("a", duration, money("USD 5e9", when="w"))])
    assert claim.period is not None
    assert (claim.period.first, claim.period.duration) == (None, "P3Y")


# Conflicts


def conflicts_of(*lines: Json) -> list[tuple[str | None, list[str | None]]]:
    claims = merged(lines)
    amounts = {claim.id: claim.low for claim in claims}
    return [(claim.low, [amounts[one] for one in claim.conflicts]) for claim in claims]


def test_amounts_of_one_period_that_differ_contradict_each_other() -> None:
    first = article("a", year("w", 2024), money("CNY 1.6e11", when="w"))
    second = article("b", year("w", 2024), money("CNY 2e11", when="w"))
    assert conflicts_of(first, second) == [
        ("160000000000", ["200000000000"]),
        ("200000000000", ["160000000000"]),
    ]


@pytest.mark.parametrize(
    "other",
    [
        article("b", year("w", 2025), money("CNY 2e11", when="w")),
        article("b", year("w", 2024), money("CNY 5e11", when="w")),
        article("b", year("w", 2024), money("CNY 2e11", when="w"), owner="Beta"),
        article("b", year("w", 2024), money("CNY 2e11", when="w", predicate="profit")),
        article("b", year("w", 2024), money("CNY 2e11", when="w"), owner="Alibaba Cloud"),
    ],
    ids=["period", "far apart", "owner", "predicate", "another part of the group"],
)
def test_amounts_of_different_things_do_not(other: Json) -> None:
    owner = "Alibaba" if other["facts"][0]["name"] == "Alibaba Cloud" else "Alpha"
    lines = [article("a", year("w", 2024), money("CNY 1.6e11", when="w"), owner=owner), other]
    assert [conflicts for _, conflicts in conflicts_of(*lines)] == [[], []]


@pytest.mark.parametrize("predicate", ["price", "cost", "other"])
def test_what_one_has_many_of_is_no_conflict(predicate: str) -> None:
    lines = [
        article("a", money("JPY 980", predicate=predicate)),
        article("b", money("JPY 1200", predicate=predicate)),
    ]
    assert [conflicts for _, conflicts in conflicts_of(*lines)] == [[], []]


def test_what_agrees_is_no_conflict_even_where_it_stays_apart() -> None:
    lines = [
        article("a", year("w", 2024), money("USD 5e9", when="w")),
        article("b", year("w", 2025), money("USD 5e9", when="w")),
        article("c", money("USD 5e9")),
    ]
    assert [conflicts for _, conflicts in conflicts_of(*lines)] == [[], [], []]


def test_a_wide_range_is_one_claim_with_what_lies_in_it() -> None:
    (claim,) = merged([article("a", money("JPY 2e9..9e9")), article("b", money("JPY 8e9"))])
    assert claim.articles == 2
