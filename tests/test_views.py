"""The views of a database, on gold: it says whose an amount is, and of what."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from inline import RECIPE
from jijitsu.article import Article
from jijitsu.kinds import ArticleFacts
from jijitsu.store import Write, open_store
from stores import Target

BODY = "OpenAIは2兆円を調達した。GPT-9は5兆パラメータだ。OpenAIは10億ドルも借りた。"


def entity(number: str, name: str, start: int, kind: str) -> dict[str, Any]:
    return {
        "id": number,
        "kind": "entity",
        "text": name,
        "start": start,
        "end": start + len(name),
        "type": kind,
        "name": name,
    }


def facts(key: str, published: str) -> tuple[Article, ArticleFacts]:
    """Return the article and facts such as an annotator would give."""
    amount = {"mod": None, "predicate": "funding", "subject": "0", "kind": "money"}
    usd = {"rate": "0.0066", "rate_date": "2025-09-24", "rate_source": "ECB"}
    found = [
        entity("0", "OpenAI", 0, "organization"),
        {
            "id": "1", "text": "2兆円", "start": 7, "end": 10, "currency": "JPY", **amount,
            "low": "2000000000000", "high": "2000000000000",
            "converted": {"USD": {"low": "13200000000", "high": "13200000000", **usd}},
        },
        entity("2", "GPT-9", 16, "product"),
        {
            "id": "3", "kind": "parameter_count", "text": "5兆", "start": 22, "end": 24,
            "low": "5000000000000", "high": "5000000000000", "mod": None, "role": "total",
            "subject": "2",
        },
        {
            "id": "4", "text": "10億ドル", "start": 39, "end": 44, "currency": "USD", **amount,
            "low": "1000000000", "high": "1000000000", "predicate": "debt",
        },
    ]  # fmt: skip
    document = {"id": key, "source": key, "sha256": "0" * 64, "published": published}
    result = ArticleFacts.model_validate({"document": document, "facts": found})
    day = datetime.date.fromisoformat(published)
    return Article(id=key, source=key, text=BODY, published=day), result


@pytest.fixture
def loaded(database: Target, tmp_path: Path) -> Any:
    """Return a function that asks a database of three such articles."""
    address = database.address(tmp_path)
    days = {"a": "2025-09-01", "b": "2025-09-24", "c": "2025-10-01"}
    with open_store(address) as store:
        store.begin(RECIPE.describe())
        store.write([Write(key, key, store.encode(*facts(key, day))) for key, day in days.items()])
    engine = create_engine(address)

    def ask(query: str) -> list[tuple[Any, ...]]:
        with engine.connect() as db:
            return [tuple(row) for row in db.execute(text(query))]

    yield ask
    engine.dispose()


def test_money_in_dollars_by_company_and_month(loaded: Any) -> None:
    query = """SELECT company, month, predicate, mentions, articles, least_usd, most_usd
               FROM company_month_usd ORDER BY month, predicate"""
    assert loaded(query) == [
        ("OpenAI", "2025-09", "debt", 2, 2, 1_000_000_000, 1_000_000_000),
        ("OpenAI", "2025-09", "funding", 2, 2, 13_200_000_000, 13_200_000_000),
        ("OpenAI", "2025-10", "debt", 1, 1, 1_000_000_000, 1_000_000_000),
        ("OpenAI", "2025-10", "funding", 1, 1, 13_200_000_000, 13_200_000_000),
    ]


def test_parameter_counts_by_model(loaded: Any) -> None:
    query = "SELECT model, role, low, high, mentions, first_published FROM model_parameters"
    ((*row, first),) = loaded(query)
    assert row == ["GPT-9", "total", 5 * 10**12, 5 * 10**12, 3]
    assert str(first) == "2025-09-01"


def test_the_timeline_of_an_entity(loaded: Any) -> None:
    query = """SELECT published, article_id, mentions FROM entity_timeline
               WHERE name = 'OpenAI' ORDER BY published"""
    rows = [(str(day), key, mentions) for day, key, mentions in loaded(query)]
    assert rows == [("2025-09-01", "a", 1), ("2025-09-24", "b", 1), ("2025-10-01", "c", 1)]
