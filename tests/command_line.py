"""Runs ``jijitsu`` as a user does: in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).parents[1] / "src"


def run(
    *arguments: str | Path, cwd: Path | None = None, stdin: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run a command; nothing of the machine's locale and terminal gets into it."""
    return subprocess.run(
        [sys.executable, "-m", "jijitsu", *map(str, arguments)],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        check=False,
        env={"PYTHONPATH": str(SOURCE), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
        | environment,
    )


def lines_of(result: subprocess.CompletedProcess[bytes]) -> list[dict[str, Any]]:
    """Return the JSON lines of an output."""
    return [json.loads(line) for line in result.stdout.decode().splitlines()]


def failures_of(result: subprocess.CompletedProcess[bytes]) -> list[str]:
    """Return what an output on stderr says of articles that failed."""
    prefix = "jijitsu: "
    lines = result.stderr.decode().splitlines()
    return [line.removeprefix(prefix) for line in lines if line.startswith(prefix)]
