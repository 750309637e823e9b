"""What the tests share."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from ingests import MANY
from jijitsu.pipeline import Pipeline
from postgres import PostgresServer, find_postgres
from stores import FILES, SQLITE, Target, postgres_target

# The first call builds tables and tagger, and a shared machine has slow moments: no deadline.
settings.register_profile("jijitsu", deadline=None, derandomize=True, max_examples=250)
# For a long search by hand: pytest --hypothesis-profile=search
settings.register_profile("search", deadline=None, max_examples=5_000)
settings.load_profile("jijitsu")

# Programs that made the files there, with tools that are not installed here.
collect_ignore = ["annotators"]


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    """Return a pipeline for numbers and dates alone."""
    return Pipeline(ner="none")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--all``: heavy tests too, and nothing skipped for want of a server."""
    parser.addoption("--all", action="store_true", help="heavy tests too; skip nothing")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the heavy tests to ``--all``."""
    if not config.getoption("--all"):
        for item in items:
            if item.get_closest_marker("heavy"):
                item.add_marker(pytest.mark.skip(reason="heavy: make test-all"))


@pytest.fixture(scope="session")
def postgres(request: pytest.FixtureRequest) -> Iterator[PostgresServer]:
    """Start a PostgreSQL server; without one the tests that need it are skipped."""
    programs = find_postgres()
    if programs is None:
        if request.config.getoption("--all"):
            pytest.fail("PostgreSQL is not installed, and --all skips nothing")
        pytest.skip("PostgreSQL is not installed")
    # A short path: that of a socket has room for about 100 characters.
    with tempfile.TemporaryDirectory(prefix="jijitsu-") as folder:
        server = PostgresServer(programs, Path(folder))
        server.start()
        yield server
        server.stop("immediate")


def _target(request: pytest.FixtureRequest) -> Target:
    if isinstance(request.param, Target):
        return request.param
    return postgres_target(request.getfixturevalue("postgres"))


def _name(param: Target | str) -> str:
    return param if isinstance(param, str) else param.name


@pytest.fixture(params=[*FILES, "postgresql"], ids=_name)
def target(request: pytest.FixtureRequest) -> Target:
    """Return each kind of target in turn."""
    return _target(request)


@pytest.fixture(params=[SQLITE, "postgresql"], ids=_name)
def database(request: pytest.FixtureRequest) -> Target:
    """Return each kind of database in turn."""
    return _target(request)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """Return a folder with articles as files and as rows, good and bad."""
    (tmp_path / "in").mkdir()
    for path in sorted((Path(__file__).parents[1] / "corpus").glob("2016-*"))[:3]:
        shutil.copy(path, tmp_path / "in")
    rows = [{"id": f"row{number}", "text": f"売上は{number + 1}億円。"} for number in range(40)]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    lines[7] = '{"id": "broken", "text": "3億円"'
    (tmp_path / "in" / "rows.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (tmp_path / "in" / "bad.txt").write_bytes(b"\xff\xfe\x00")
    return tmp_path


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Return a folder with more rows than are done at once."""
    text = "売上は3億円、利益は5億円だった。" * 8
    rows = [json.dumps({"text": f"{number}{text}"}) + "\n" for number in range(MANY)]
    (tmp_path / "many.jsonl").write_text("".join(rows))
    return tmp_path
