"""The targets of an ingest, as tests see them: where they are, and all that is in them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from sqlalchemy import create_engine, select

from jijitsu.store.arrow import SCHEMAS
from jijitsu.store.schema import ARTICLES, CONVERSIONS, ENTITIES, FACTS, LINKS
from postgres import PostgresServer

State = dict[str, Any]
"""All that a target holds, in an order that is always the same."""

_OF_A_RUN = {"run_id"}


@dataclass(frozen=True)
class Target:
    """A kind of target: its address in a folder, and how all that is in it is read."""

    name: str
    address: Callable[[Path], str]
    read: Callable[[str, Path], State]

    def state(self, folder: Path) -> State:
        """Return all that the target in this folder holds, but for what tells runs apart."""
        return self.read(self.address(folder), folder)

    def ids(self, folder: Path) -> list[str]:
        """Return the ids of its articles, sorted."""
        return sorted(self.state(folder)["ids"])


def _read_sql(address: str, _folder: Path) -> State:
    engine = create_engine(address)
    state: State = {}
    with engine.connect() as db:
        for table in (ARTICLES, ENTITIES, FACTS, CONVERSIONS, LINKS):
            columns = [column for column in table.columns if column.name not in _OF_A_RUN]
            rows = db.execute(select(*columns)).all()
            state[table.name] = sorted((tuple(row) for row in rows), key=repr)
    engine.dispose()
    state["ids"] = [row[0] for row in state["articles"]]
    if address.startswith("sqlite"):
        with closing(sqlite3.connect(address.removeprefix("sqlite:///"))) as raw:
            assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
    return state


def _read_jsonl(address: str, _folder: Path) -> State:
    content = Path(address).read_bytes()
    ids = [json.loads(line)["document"]["id"] for line in content.splitlines()]
    return {"bytes": content, "ids": ids}


def _read_parquet(address: str, _folder: Path) -> State:
    folder = Path(address.removeprefix("parquet:"))
    state: State = {
        str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.parquet")
    }
    assert {path.name for path in folder.iterdir()} <= {*SCHEMAS, "_catalog.sqlite"}
    state["ids"] = pq.read_table(folder / "articles", columns=["id"])["id"].to_pylist()
    return state


SQLITE = Target("sqlite", lambda folder: f"sqlite:///{folder}/facts.db", _read_sql)
JSONL = Target("jsonl", lambda folder: f"{folder}/facts.jsonl", _read_jsonl)
PARQUET = Target("parquet", lambda folder: f"parquet:{folder}/facts", _read_parquet)
FILES = (SQLITE, JSONL, PARQUET)
"""The targets that need no server."""


def postgres_target(server: PostgresServer) -> Target:
    """Return the target of a server: a database of its own for each folder."""
    databases: dict[Path, str] = {}

    def address(folder: Path) -> str:
        if folder not in databases:
            databases[folder] = server.new_database()
        return databases[folder]

    return Target("postgresql", address, _read_sql)
