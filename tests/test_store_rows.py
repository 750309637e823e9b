"""From facts to rows: every field has its place, and every number is the one that was written."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, MetaData, Table, create_engine, select

from jijitsu.article import Article
from jijitsu.gold.load import load_facts
from jijitsu.kinds import FACT, KINDS, AnyFact, ArticleFacts, Document
from jijitsu.pipeline import Pipeline
from jijitsu.store.exact import Exact
from jijitsu.store.rows import make_rows
from jijitsu.store.schema import CONVERSIONS, FACTS, LINKS
from jijitsu.store.sentences import sentence_span
from strategies import any_text

ROOT = Path(__file__).parents[1]

# Where the fields are that are no column of facts.
ELSEWHERE = {
    "start": "span_start",
    "end": "span_end",
    "first": "from_date",
    "last": "to_date",
    "name": "entity_id",
    "converted": CONVERSIONS,
    "equivalent_to": LINKS,
    "subject": LINKS,
    "participants": LINKS,
    "when": LINKS,
}


def test_every_field_of_every_kind_has_a_column_or_a_table() -> None:
    columns = set(FACTS.columns.keys())
    for model in KINDS.values():
        for name in model.model_fields:
            if name == "confidence":
                assert any(column.endswith("_confidence") for column in columns)
            else:
                assert name in columns or name in ELSEWHERE, f"{model.__name__}.{name}"


def gold_facts(name: str) -> tuple[Article, ArticleFacts]:
    (path,) = (ROOT / "corpus").glob(f"{name}.*")
    gold = load_facts(ROOT / "annotations")[name]
    text = path.read_bytes().decode()
    facts = [FACT.validate_python(fact) for fact in gold.facts if not fact.get("optional")]
    document = Document(id=name, source=path.name, sha256="0" * 64, published=None)
    article = Article(id=name, text=text, source=path.name)
    return article, ArticleFacts(document=document, facts=facts)


def test_who_and_what_an_amount_is_of_are_kept_as_links() -> None:
    article, facts = gold_facts("2005-05-02-lenovo-ibm-pc")
    rows = make_rows(article, facts)
    by_id = {row["id"]: row for row in rows["facts"]}
    subjects = {
        (by_id[row["fact_id"]]["text"], by_id[row["target_id"]]["entity_id"])
        for row in rows["links"]
        if row["kind"] == "subject"
    }
    assert ("12億5000万ドル", "organization:Lenovo") in subjects
    assert by_id["10"]["predicate"] == "acquisition"
    assert by_id["10"]["low"] == Decimal(1_250_000_000)
    assert "12億5000万ドル" in by_id["10"]["sentence"]


def test_a_link_to_a_fact_that_is_left_out_is_left_out_too() -> None:
    article, facts = gold_facts("2005-05-02-lenovo-ibm-pc")
    amounts: list[AnyFact] = [fact for fact in facts.facts if fact.kind == "money"]
    rows = make_rows(article, ArticleFacts(document=facts.document, facts=amounts))
    kept = {fact.id for fact in amounts}
    assert rows["facts"]
    assert {row["target_id"] for row in rows["links"]} <= kept


def test_no_text_holds_what_postgresql_cannot(pipeline: Pipeline) -> None:
    article = Article(id="a", source="a\0b", title="\0", text="\0売上は3億円\0。")
    rows = make_rows(article, pipeline.extract(article))
    assert "\\x00" not in repr(rows)
    assert rows["facts"][0]["sentence"] == "\ufffd売上は3億円\ufffd。"


@given(any_text.filter(bool), st.data())
def test_a_sentence_holds_its_fact(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    first, last = sentence_span(text, start, end)
    assert 0 <= first <= start < end <= last <= len(text)
    assert "\n" not in text[first:start] + text[end:last]


@pytest.mark.parametrize(
    ("text", "fact", "sentence"),
    [
        ("一つ目。3億円。三つ目。", "3億円", "3億円。"),
        ("見出し3億円\n本文", "3億円", "見出し3億円"),
        ("「3億円だ！」と言った。次", "3億円", "「3億円だ！」"),
        ("　3億円", "3億円", "3億円"),
    ],
)
def test_where_a_sentence_ends(text: str, fact: str, sentence: str) -> None:
    start = text.index(fact)
    first, last = sentence_span(text, start, start + len(fact))
    assert text[first:last] == sentence


numbers = st.decimals(allow_nan=False, allow_infinity=False, places=None) | st.one_of(
    st.integers(-(2**63) - 9, -(2**63) + 9), st.integers(2**63 - 9, 2**63 + 9), st.integers()
).map(Decimal)


def test_sqlite_gives_back_every_number_as_it_was() -> None:
    engine = create_engine("sqlite://")
    table = Table("numbers", MetaData(), Column("number", Exact))
    table.create(engine)

    @given(numbers)
    def check(number: Decimal) -> None:
        with engine.begin() as db:
            db.execute(table.delete())
            db.execute(table.insert(), [{"number": number}])
            assert db.execute(select(table.c.number)).scalar_one() == number

    check()
    engine.dispose()


def test_sqlite_computes_with_the_numbers_of_news() -> None:
    engine = create_engine("sqlite://")
    table = Table("numbers", MetaData(), Column("number", Exact))
    table.create(engine)
    with engine.begin() as db:
        rows = [{"number": Decimal(text)} for text in ("380000000000", "0.55", "-18.3", "9")]
        db.execute(table.insert(), rows)
        count = db.exec_driver_sql("SELECT count(*) FROM numbers WHERE number > 8.5").scalar()
        total = db.exec_driver_sql("SELECT sum(number) FROM numbers").scalar()
    assert (count, total) == (2, 379999999991.25)
    engine.dispose()
