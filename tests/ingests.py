"""Runs ``jijitsu ingest`` as a user does, and looks at what it did."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from command_line import SOURCE

QUICK = ("--ner", "none", "--workers", "1")
MANY = 1000
"""The rows of ``many.jsonl``."""


def summary_of(result: subprocess.CompletedProcess[bytes]) -> str:
    return next(x for x in result.stderr.decode().splitlines() if x.startswith("articles new"))


def rejects_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def start(folder: Path, *arguments: str, **options: Any) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "jijitsu", "ingest", *arguments],
        cwd=folder,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(SOURCE)},
        **options,
    )


def wait_for(what: Callable[[], Any], process: subprocess.Popen[bytes]) -> Any:
    """Return what it gives as soon as that is true; half a minute is more than it ever takes."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if found := what():
            return found
        assert process.poll() is None
        time.sleep(0.05)
    raise AssertionError("it did not happen")


def count(folder: Path) -> int:
    if not (folder / "facts.db").exists():
        return 0
    with closing(sqlite3.connect(f"file:{folder}/facts.db?mode=ro", uri=True)) as db:
        try:
            number: int = db.execute("SELECT count(*) FROM articles").fetchone()[0]
        except sqlite3.OperationalError:  # the tables are not there yet
            return 0
    return number
