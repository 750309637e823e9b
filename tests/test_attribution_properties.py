"""What holds of attribution for every text."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from attribution_rows import Name, Row, judge, read_mentions, read_rows, tables
from jijitsu.article import Article
from jijitsu.attribution import attribute
from jijitsu.kinds import (
    AnyFact,
    ArticleFacts,
    DateFact,
    DurationFact,
    EntityFact,
    MoneyFact,
    ParameterCountFact,
)
from jijitsu.model import Mention
from jijitsu.pipeline import Pipeline
from jijitsu.resolve import resolve
from jijitsu.text import normalize
from jijitsu.tokens import Tokens
from strategies import any_text, fragments

ROWS = [row for path in tables() for row in read_rows(path)]
texts = st.one_of(any_text, st.lists(fragments, max_size=5).map("\n".join))
row_texts = st.lists(st.sampled_from([row.text for row in ROWS]), max_size=4).map("\n\n".join)


@pytest.fixture(scope="module")
def full() -> Pipeline:
    """Return a pipeline that finds names, by the table of entities."""
    return Pipeline(ner="dictionary")


def _extract(pipeline: Pipeline, text: str) -> ArticleFacts:
    return pipeline.extract(Article(id="a", source="a", text=text))


@st.composite
def mentions_in(draw: st.DrawFn, length: int) -> list[Mention]:
    """Return any mentions of any kind, anywhere in a text of this length."""
    values: dict[str, dict[str, Any]] = {
        "entity": {"type": "organization", "name": "甲", "entity_id": None},
        "money": {"low": None, "high": None, "mod": None, "currency": "JPY"},
        "parameter_count": {"low": None, "high": None, "mod": None, "role": "total"},
        "date": {"value": "2025"},
        "duration": {"value": "P1Y"},
        "percent": {},
    }
    found = []
    for _ in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, length - 1))
        kind = draw(st.sampled_from(sorted(values)))
        name = draw(st.sampled_from("甲乙丙"))
        kind_values = values[kind] | ({"name": name} if kind == "entity" else {})
        found.append(
            Mention(kind, start, min(length, start + draw(st.integers(1, 6))), kind_values)
        )
    return resolve(found)


@given(texts, st.data())
@example("|", None)
@example("「", None)
def test_any_mentions_in_any_text_will_do(raw: str, data: st.DataObject | None) -> None:
    norm = normalize(raw).norm
    assume(norm.strip())
    drawn = data.draw(mentions_in(len(norm))) if data else []
    mentions = [m for m in drawn if norm[m.start : m.end].strip() == norm[m.start : m.end]]
    found = attribute(norm, Tokens(norm), mentions, [])
    judged = [m for m in mentions if m.kind in {"money", "parameter_count"}]
    assert set(found) == {id(mention) for mention in judged}
    for mention in judged:
        attribution = found[id(mention)]
        assert (attribution.predicate is None) is (mention.kind == "parameter_count")
        assert attribution.subject is None or not attribution.participants
        for owner in attribution.owners:
            assert any(owner is one for one in mentions)


@given(st.one_of(row_texts, texts))
def test_references_lead_to_facts_of_the_right_kind(full: Pipeline, text: str) -> None:
    facts = {fact.id: fact for fact in _extract(full, text).facts}
    for fact in facts.values():
        if isinstance(fact, MoneyFact | ParameterCountFact):
            _check(fact, facts)


def _check(fact: MoneyFact | ParameterCountFact, facts: dict[str, AnyFact]) -> None:
    owners = [fact.subject] if fact.subject is not None else []
    if isinstance(fact, MoneyFact):
        assert fact.predicate is not None
        assert fact.participants is None or (fact.subject is None and len(fact.participants) > 1)
        owners += fact.participants or []
        if fact.when is not None:
            assert isinstance(facts[fact.when], DateFact | DurationFact)
    for owner in owners:
        assert isinstance(facts[owner], EntityFact)
    asked = {"predicate", "subject"} if isinstance(fact, MoneyFact) else {"subject"}
    assert fact.confidence is not None
    assert set(fact.confidence) == asked
    assert all(0 < sure < 1 for sure in fact.confidence.values())


@given(row_texts)
def test_the_same_text_gives_the_same_bytes(full: Pipeline, text: str) -> None:
    again = _extract(Pipeline(ner="dictionary"), text)
    assert _extract(full, text).to_json() == again.to_json()


@given(st.sampled_from(ROWS))
def test_amounts_that_restate_each_other_say_the_same(row: Row) -> None:
    reading = read_mentions(row)
    found = attribute(reading.text.norm, reading.tokens, reading.mentions, reading.restatements)
    for first, second in reading.restatements:
        assert found[id(first)] is found[id(second)]


_WEATHER = "\n\n" + "\n\n".join(f"{sky}の話を聞いた。空は青い。" for sky in "空雲雨風雪霧") + "\n"


@given(st.sampled_from(ROWS))
def test_a_paragraph_far_below_changes_nothing(row: Row) -> None:
    assume(not row.text.endswith(("|", ">")))
    alone = _with(row, "。\n")
    assert judge(_with(row, f"。{_WEATHER}")) == judge(alone)
    said = judge(_with(row, f"。{_WEATHER}ゼータは好調だ。ゼータは攻める。", "ゼータ"))
    # Whom the article speaks of most weighs on whose an amount is, and never on what it is.
    assert [words.split()[1] for words in said] == [words.split()[1] for words in judge(alone)]


def _with(row: Row, ending: str, name: str = "") -> Row:
    """Return a row with more text behind it, in which each mention of a name is one."""
    text = row.text + ending
    places = [found.span() for found in re.finditer(name, text)] if name else []
    more = [Name(start, end, "organization", name) for start, end in places]
    return replace(row, text=text, names=(*row.names, *more))


def test_kinds_that_are_not_asked_for_are_not_referred_to() -> None:
    text = "アリババは2025年に3800億元を投じる。"
    whole = _extract(Pipeline(ner="dictionary"), text).facts
    (amount,) = _extract(Pipeline(ner="dictionary", kinds={"money"}), text).facts
    assert isinstance(amount, MoneyFact)
    assert (amount.subject, amount.when, amount.participants) == (None, None, None)
    (same,) = (fact for fact in whole if isinstance(fact, MoneyFact))
    assert same.subject is not None
    assert amount.predicate == same.predicate
