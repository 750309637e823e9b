"""SIGKILL at random moments: what a load leaves behind, the next one makes good."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from command_line import SOURCE
from inline import bring_in
from loads import NEW, OLD
from stores import State, Target

pytestmark = pytest.mark.heavy

KILLS = 50


class Loader:
    """The process of ``kill_loader``."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdin
        assert process.stdout
        self._in: IO[str] = process.stdin
        self._out: IO[str] = process.stdout
        assert self._out.readline() == "ready\n"

    def load(self, which: str, address: str, kill_after: float | None = None) -> tuple[int, float]:
        """Load articles and return the exit code, and how many seconds it took."""
        self._in.write(json.dumps([which, address]) + "\n")
        self._in.flush()
        pid = int(self._out.readline())
        begin = time.monotonic()
        if kill_after is not None:
            with contextlib.suppress(ProcessLookupError):  # it has ended already
                handle = os.pidfd_open(pid)
                time.sleep(kill_after)
                signal.pidfd_send_signal(handle, signal.SIGKILL)
                os.close(handle)
        return int(self._out.readline()), time.monotonic() - begin


@pytest.fixture(scope="module")
def loader() -> Iterator[Loader]:
    """Return a loader with everything in memory."""
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", str(Path(__file__).with_name("kill_loader.py"))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": f"{SOURCE}{os.pathsep}{Path(__file__).parent}"},
    ) as process:
        yield Loader(process)
        assert process.stdin
        process.stdin.close()


def by_article(state: State) -> dict[str, list[object]]:
    """Return the rows of each article of a database."""
    found: dict[str, list[object]] = {key: [] for key in state["ids"]}
    for name in ("articles", "facts", "conversions", "links"):
        for row in state[name]:
            found[row[0]].append((name, row))
    return found


def test_kills_at_random_moments_lose_nothing(
    target: Target, tmp_path: Path, loader: Loader
) -> None:
    undisturbed = tmp_path / "undisturbed"
    undisturbed.mkdir()
    address = target.address(undisturbed)
    loader.load("old", address)
    old = target.state(undisturbed)
    _, seconds = loader.load("new", address)
    expected = target.state(undisturbed)
    assert expected != old
    chance = random.Random(0)  # noqa: S311 - no secret
    done, rounds = 0, 0
    while done < KILLS:
        rounds += 1
        folder = tmp_path / str(rounds)
        folder.mkdir()
        address = target.address(folder)
        for load, result in (("old", old), ("new", expected)):
            ended = None
            while ended != 0:
                moment = chance.uniform(0, seconds) if done < KILLS else None
                ended, _ = loader.load(load, address, moment)
                assert ended in {0, -signal.SIGKILL}
                done += ended != 0
                if load == "new" and target.name in {"sqlite", "postgresql"}:
                    check_that_articles_are_whole(target.state(folder), old, expected)
            assert target.state(folder) == result
        shutil.rmtree(folder)
    assert sorted(one.id for one in NEW) == sorted(expected["ids"])


def check_that_articles_are_whole(state: State, old: State, new: State) -> None:
    """Every article is what it was, or what it will be, and nothing between."""
    versions = [by_article(old), by_article(new)]
    for key, rows in by_article(state).items():
        assert rows in [version[key] for version in versions if key in version], key


def test_the_two_loads_differ(tmp_path: Path, target: Target) -> None:
    bring_in(target.address(tmp_path), OLD)
    counts = bring_in(target.address(tmp_path), NEW)
    assert min(counts.new, counts.changed, counts.skipped) >= 10
