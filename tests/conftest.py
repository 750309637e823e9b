"""What the tests share."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from jijitsu.pipeline import Pipeline
from postgres import PostgresServer, find_postgres
from stores import FILES, SQLITE, Target, postgres_target

# The first call builds tables and tagger, and a shared machine has slow moments: no deadline.
settings.register_profile("jijitsu", deadline=None, derandomize=True, max_examples=250)
# For a long search by hand: pytest --hypothesis-profile=search
settings.register_profile("search", deadline=None, max_examples=5_000)
settings.load_profile("jijitsu")


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
