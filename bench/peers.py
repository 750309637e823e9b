"""Installs the peers into an environment of their own, so that the project's stays light."""

from __future__ import annotations

import subprocess
import venv
from pathlib import Path

from bench.contestants import CONTESTANTS, Contestant

FOLDER = Path(".venv-bench")


def python() -> Path:
    """Return the interpreter of the peers' environment."""
    return FOLDER / "bin" / "python"


def install() -> dict[str, str]:
    """Install what is missing; return, by name, why a contestant could not be had."""
    if not python().exists():
        venv.create(FOLDER, with_pip=True)
        (FOLDER / ".gitignore").write_text("*\n", "utf-8")
    missing = {}
    for contestant in CONTESTANTS:
        if contestant.requirements and not _imports(contestant):
            reason = _install_one(contestant)
            if reason:
                missing[contestant.name] = reason
    return missing


def _install_one(contestant: Contestant) -> str:
    """Install one peer; return why it failed, empty where it did not."""
    pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    done = _run([*pip, *contestant.requirements])
    if done.returncode == 0 and _imports(contestant):
        return ""
    errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
    return errors[-1] if errors else "installed, but can't be imported"


def _imports(contestant: Contestant) -> bool:
    return _run(["-c", f"import {contestant.module}"]).returncode == 0


def _run(arguments: list[str]) -> subprocess.CompletedProcess[str]:
    command = [str(python()), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own commands
