"""Articles as they arrive in folders."""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

try:
    from watchfiles import Change, watch
except ModuleNotFoundError as error:
    raise ModuleNotFoundError("--watch needs watchfiles: pip install 'jijitsu[watch]'") from error

from jijitsu.article import ArticleError
from jijitsu.readers.paths import Found, find_files

SETTLED = 1.0
"""A file is complete when neither its size nor its time has changed for so many seconds."""

_LOOK_EVERY = 250  # milliseconds


class _Look(NamedTuple):
    size: int
    changed: int
    seen: float


class Arrivals:
    """The files of folders, first those that are there, then those that come.

    Hidden files are passed over, so that who writes a file under a hidden name and renames it
    has it taken at once.
    """

    def __init__(self, folders: Iterable[str], suffixes: Collection[str]) -> None:
        """Take the folders as they are to be called, and the suffixes to look for."""
        self._folders = {Path(folder).resolve(): folder.rstrip("/") for folder in folders}
        self._suffixes = suffixes
        self._waiting: dict[str, _Look] = {}

    def rounds(self, stop: threading.Event) -> Iterator[Iterator[str]]:
        """Yield the paths of complete files, round after round, until ``stop`` is set.

        The first round is all that is there; take each to its end before the next one.
        """
        changes = watch(
            *self._folders,
            stop_event=stop,
            yield_on_timeout=True,
            rust_timeout=_LOOK_EVERY,
            raise_interrupt=False,
        )
        next(changes, None)  # it looks from here on: what comes during the first round is seen
        yield self._there()
        for changed in changes:
            for change, path in changed:
                if change != Change.deleted:
                    self._note(Path(path))
            complete = self._complete()
            if complete:
                yield iter(complete)

    def _there(self) -> Iterator[str]:
        for folder in self._folders.values():
            for found in find_files(folder, self._suffixes):
                if isinstance(found, ArticleError):
                    continue  # an empty folder is no mistake here
                look = _look(found.path)
                if look is None:
                    continue
                if time.time() - look.changed / 1e9 < SETTLED:
                    self._waiting[found.source] = look
                else:
                    yield found.source

    def _note(self, path: Path) -> None:
        """Take note of a file that came or changed, or of all in a folder that came."""
        for root, folder in self._folders.items():
            if not path.is_relative_to(root):
                continue
            inside = path.relative_to(root)
            if any(part.startswith(".") for part in inside.parts):
                continue
            source = f"{folder}/{inside.as_posix()}"
            for found in find_files(source, self._suffixes):
                if isinstance(found, Found) and found.suffix in self._suffixes:
                    look = _look(found.path)
                    if look is not None:
                        self._waiting[found.source] = look

    def _complete(self) -> list[str]:
        """Return those that have been waiting unchanged for long enough, sorted."""
        complete = []
        for source, before in list(self._waiting.items()):
            now = _look(Path(source))
            if now is None:
                del self._waiting[source]  # gone again
            elif (now.size, now.changed) != (before.size, before.changed):
                self._waiting[source] = now
            elif now.seen - before.seen >= SETTLED:
                del self._waiting[source]
                complete.append(source)
        return sorted(complete)


def _look(path: Path) -> _Look | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return _Look(status.st_size, status.st_mtime_ns, time.monotonic())
