"""What stores keep and refuse: runs, versions, what others wrote, who else writes."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select, table, text

from inline import RECIPE, article, articles, bring_in, extractor
from jijitsu.ingest.tasks import Extracted
from jijitsu.store import StoreError, Write, open_store
from jijitsu.store.rows import make_rows
from jijitsu.store.schema import VERSION
from jijitsu.store.views import VIEWS
from stores import JSONL, PARQUET, SQLITE, Target


def test_a_deleted_article_takes_all_that_is_said_of_it(tmp_path: Path) -> None:
    bring_in(SQLITE.address(tmp_path), articles())
    with closing(sqlite3.connect(tmp_path / "facts.db")) as db, db:
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("DELETE FROM articles")
        for table in ("facts", "conversions", "links"):
            assert db.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)  # noqa: S608


def test_runs_are_recorded(tmp_path: Path) -> None:
    bring_in(SQLITE.address(tmp_path), articles())
    bring_in(SQLITE.address(tmp_path), articles())
    with closing(sqlite3.connect(tmp_path / "facts.db")) as db, db:
        runs = db.execute("SELECT new, skipped, ended >= started FROM runs ORDER BY id").fetchall()
    assert runs == [(12, 0, 1), (0, 12, 1)]


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    bring_in(SQLITE.address(tmp_path), [])
    with closing(sqlite3.connect(tmp_path / "facts.db")) as db, db:
        db.execute("UPDATE schema_version SET version = 99")
    with pytest.raises(StoreError, match=r"schema version 99.*update jijitsu"):
        bring_in(SQLITE.address(tmp_path), [])


def test_an_older_schema_is_migrated_and_keeps_its_articles(
    database: Target, tmp_path: Path
) -> None:
    address = database.address(tmp_path)
    bring_in(address, articles())
    state = database.state(tmp_path)
    engine = create_engine(address)
    with engine.begin() as db:  # as version 1 was
        for view in reversed(VIEWS):
            db.execute(text(f"DROP VIEW {view}"))
        db.execute(text("UPDATE schema_version SET version = 1"))
    assert bring_in(address, articles()).skipped == 12
    assert database.state(tmp_path) == state
    with engine.begin() as db:
        assert db.execute(text("SELECT version FROM schema_version")).scalar_one() == VERSION
        for view in VIEWS:
            db.execute(select(text("*")).select_from(table(view))).all()
    engine.dispose()


@pytest.mark.parametrize("catalog", [".facts.jsonl.catalog", "facts/_catalog.sqlite"])
def test_a_newer_catalog_is_refused(tmp_path: Path, catalog: str) -> None:
    target = JSONL if "jsonl" in catalog else PARQUET
    bring_in(target.address(tmp_path), [article("a", "3億円")])
    with closing(sqlite3.connect(tmp_path / catalog)) as db, db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreError, match=r"version 99.*update jijitsu"):
        bring_in(target.address(tmp_path), [])


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "facts.db")) as db, db:
        db.execute("CREATE TABLE articles (id)")
    with pytest.raises(StoreError, match="tables of another program: articles"):
        bring_in(SQLITE.address(tmp_path), [])


def test_a_file_that_no_ingest_wrote_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "facts.jsonl").write_text("mine\n")
    with pytest.raises(StoreError, match="no ingest wrote it"):
        bring_in(JSONL.address(tmp_path), [article("a", "3億円")])
    assert (tmp_path / "facts.jsonl").read_text() == "mine\n"


def test_a_file_that_was_cut_is_no_silent_loss(tmp_path: Path) -> None:
    bring_in(JSONL.address(tmp_path), [article("a", "3億円")])
    (tmp_path / "facts.jsonl").write_text("")
    with pytest.raises(StoreError, match="shorter than its catalog says"):
        bring_in(JSONL.address(tmp_path), [article("a", "3億円")])


@pytest.mark.parametrize("target", [JSONL, PARQUET], ids=lambda one: one.name)
def test_one_ingest_at_a_time_into_files(tmp_path: Path, target: Target) -> None:
    with open_store(target.address(tmp_path)), pytest.raises(StoreError, match="another ingest"):
        bring_in(target.address(tmp_path), [])
    bring_in(target.address(tmp_path), [])


def test_two_ingests_at_a_time_into_a_database(database: Target, tmp_path: Path) -> None:
    address = database.address(tmp_path)
    extract = extractor(make_rows)
    writes = [
        Write(one.id, "f" * 64, answer.payload)
        for one, answer in zip(articles(), extract(articles()), strict=True)
        if isinstance(answer, Extracted)
    ]

    def write(order: int) -> None:
        with open_store(address) as store:
            store.begin(RECIPE.describe())
            for _ in range(5):
                store.write(writes[::order])

    with ThreadPoolExecutor() as pool:
        list(pool.map(write, [1, -1, 1, -1]))
    with open_store(address) as store:
        assert len(store.fingerprints([one.id for one in writes])) == len(writes) == 12
    assert len(database.ids(tmp_path)) == 12
