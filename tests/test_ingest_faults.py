"""Faults: workers that die, runs that are stopped or killed, full disks, servers that go."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, select
from sqlalchemy.exc import ProgrammingError

from command_line import SOURCE, failures_of, run
from ingests import MANY, QUICK, count, start, summary_of, wait_for
from jijitsu.store.schema import ARTICLES
from postgres import PostgresServer
from stores import FILES, Target, postgres_target

pytestmark = pytest.mark.heavy

# Kills its own process where an article says so, as a fault in a C library would.
POISON = """
import os, signal
from jijitsu.pipeline import Pipeline
extract = Pipeline.extract
def poisoned(self, article):
    if "毒" in article.text:
        os.kill(os.getpid(), signal.SIGKILL)
    return extract(self, article)
Pipeline.extract = poisoned
"""


def test_an_article_that_kills_its_worker_is_rejected_alone(news: Path) -> None:
    rows = news / "in" / "rows.jsonl"
    poison = {"id": "poison", "text": "毒、3億円"}
    text = rows.read_text(encoding="utf-8") + json.dumps(poison, ensure_ascii=False) + "\n"
    rows.write_text(text, encoding="utf-8")
    (news / "sitecustomize.py").write_text(POISON, encoding="utf-8")
    path = f"{SOURCE}{os.pathsep}{news}"
    result = run(
        *("ingest", "in/rows.jsonl", "--rejects", "rejects.jsonl", "--ner", "none"),
        *("--workers", "2"),
        cwd=news,
        PYTHONPATH=path,
    )
    assert result.returncode == 1
    assert summary_of(result).startswith("articles new 39, changed 0, skipped 0, rejected 2;")
    assert "in/rows.jsonl:41: its worker died, again and again" in failures_of(result)
    cured = run("ingest", "--retry", "rejects.jsonl", *QUICK, cwd=news)
    assert summary_of(cured).startswith("articles new 1, changed 0, skipped 0, rejected 1;")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_asked_to_stop_keeps_what_is_on_its_way(
    many: Path, number: signal.Signals
) -> None:
    with start(many, "many.jsonl", "--batch", "20", *QUICK) as process:
        wait_for(lambda: count(many), process)
        process.send_signal(number)
        _, stderr = process.communicate()
    assert process.returncode == 3
    assert stderr.decode().splitlines()[-1].startswith("jijitsu: stopped before the end")
    assert 0 < count(many) < MANY
    with closing(sqlite3.connect(many / "facts.db")) as db:
        (new, ended) = db.execute("SELECT new, ended FROM runs").fetchone()
    assert new == count(many)
    assert ended


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_running(pid: int) -> bool:
    try:
        return "zombie" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc").exists(), reason="children are looked up in /proc")
def test_a_killed_run_leaves_no_worker_and_goes_on_where_it_was(many: Path) -> None:
    with start(many, "many.jsonl", "--batch", "20", *QUICK) as process:
        wait_for(lambda: count(many), process)
        workers = children(process.pid)
        assert workers
        process.kill()
        process.communicate()
    end = time.monotonic() + 30
    while any(map(is_running, workers)) and time.monotonic() < end:
        time.sleep(0.05)
    assert not any(map(is_running, workers))
    there = count(many)
    result = run("ingest", "many.jsonl", *QUICK, cwd=many)
    assert summary_of(result).startswith(
        f"articles new {MANY - there:,}, changed 0, skipped {there:,}, rejected 0;"
    )


def test_a_worker_that_is_killed_is_replaced(many: Path) -> None:
    with start(many, "many.jsonl", "--batch", "20", *QUICK) as process:
        wait_for(lambda: count(many), process)
        for pid in children(process.pid):
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
            if b"spawn_main" in command:
                os.kill(pid, signal.SIGKILL)
        _, stderr = process.communicate()
    assert process.returncode == 0, stderr
    assert b"a worker died" in stderr
    assert count(many) == MANY


ROOM = {"sqlite": "1200k", "jsonl": "1200k", "parquet": "320k"}
"""Less than the articles need, and enough for some."""


@pytest.fixture
def small_disk(many: Path, target: Target) -> Iterator[Path]:
    """Return a folder with a disk of its own that is soon full."""
    small = many / "small"
    small.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={ROOM[target.name]}", "tmpfs", str(small)]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    yield small
    subprocess.run(["umount", str(small)], check=True)  # noqa: S607


@pytest.mark.parametrize("target", FILES, ids=lambda target: target.name)
def test_a_full_disk_keeps_what_is_whole_and_the_next_run_goes_on(
    many: Path, small_disk: Path, target: Target
) -> None:
    undisturbed = many / "undisturbed"
    undisturbed.mkdir()
    command = ("ingest", "many.jsonl", "--kinds", "money", "--batch", "100", *QUICK, "--to")
    assert run(*command, target.address(undisturbed), cwd=many).returncode == 0
    full = run(*command, target.address(small_disk), cwd=many)
    assert full.returncode == 3
    assert "full" in full.stderr.decode() or "No space left" in full.stderr.decode()
    assert b"Traceback" not in full.stderr
    remount = ["mount", "-o", "remount,size=200m", str(small_disk)]
    subprocess.run(remount, check=True)
    result = run(*command, target.address(small_disk), cwd=many)
    assert result.returncode == 0, result.stderr
    assert ", skipped 0," not in summary_of(result)
    assert target.state(small_disk) == target.state(undisturbed)


def count_in(address: str) -> int:
    """Return the number of articles of a database; 0 where it has no tables yet."""
    engine = create_engine(address)
    try:
        with engine.connect() as db:
            return db.execute(select(func.count()).select_from(ARTICLES)).scalar_one()
    except ProgrammingError:
        return 0
    finally:
        engine.dispose()


def test_a_database_server_that_is_restarted_on_the_way(
    many: Path, postgres: PostgresServer
) -> None:
    target = postgres_target(postgres)
    command = ("many.jsonl", "--kinds", "money", "--batch", "50", *QUICK, "--to")
    undisturbed = many / "undisturbed"
    assert run("ingest", *command, target.address(undisturbed), cwd=many).returncode == 0
    with start(many, *command, target.address(many)) as process:
        for mode, articles in (("immediate", 0), ("fast", 300)):
            wait_for(lambda: count_in(target.address(many)) > articles, process)  # noqa: B023
            postgres.stop(mode)
            time.sleep(0.5)
            postgres.start()
        _, stderr = process.communicate()
    assert process.returncode == 0, stderr
    assert b"trying again" in stderr
    assert target.state(many) == target.state(undisturbed)
