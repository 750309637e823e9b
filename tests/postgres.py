"""A PostgreSQL server of the tests' own, which they start and stop."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import sqlalchemy

_BINARIES = Path("/usr/lib/postgresql")
_USER = "postgres"


def find_postgres() -> Path | None:
    """Return the folder of PostgreSQL's programs, or None where it is not installed."""
    found = shutil.which("pg_ctl")
    if found:
        return Path(found).parent
    installed = sorted(_BINARIES.glob("*/bin/pg_ctl"))
    return installed[-1].parent if installed else None


class PostgresServer:
    """A server with its files in one folder, reached by a socket there and by nothing else."""

    def __init__(self, programs: Path, folder: Path) -> None:
        """Make a database cluster in an empty folder."""
        self._programs = programs
        self._folder = folder
        self._databases = 0
        if os.geteuid() == 0:  # the server refuses to be root
            shutil.chown(folder, _USER)
        self._run("initdb", "-D", f"{folder}/data", "-A", "trust", "-U", _USER, "--no-sync")

    def start(self) -> None:
        """Start the server and wait until it answers."""
        # Without fsync: that guards against the loss of power, which no test can make.
        options = f"-c listen_addresses='' -c unix_socket_directories='{self._folder}' -c fsync=off"
        self._control("start", "-o", options, "-l", f"{self._folder}/log")

    def stop(self, mode: str = "fast") -> None:
        """Stop the server: ``fast`` ends the connections, ``immediate`` does not tidy up."""
        self._control("stop", "-m", mode)

    def new_database(self) -> str:
        """Create a database and return its URL."""
        self._databases += 1
        name = f"facts{self._databases}"
        engine = sqlalchemy.create_engine(self._url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as db:
            db.execute(sqlalchemy.text(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING UTF8"))
        engine.dispose()
        return self._url(name)

    def _url(self, database: str) -> str:
        return f"postgresql+psycopg://{_USER}@/{database}?host={self._folder}"

    def _control(self, *arguments: str) -> None:
        self._run("pg_ctl", "-D", f"{self._folder}/data", "-w", *arguments)

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._programs / program), *arguments]
        if os.geteuid() == 0:
            command = [
                "setpriv",
                f"--reuid={_USER}",
                f"--regid={_USER}",
                "--clear-groups",
                *command,
            ]
        done = subprocess.run(
            command,
            cwd=self._folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr.decode()}")
