"""From the paths of a run to the files in them, each with a name of its own."""

from __future__ import annotations

import contextlib
import gzip
import io
import itertools
import os
import posixpath
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from jijitsu.article import ArticleError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

GZIP = ".gz"

BLANK_BYTES = b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"
"""White space and byte order marks, in UTF-8 and UTF-16."""

_STDIN = 0

Watcher = Callable[[int], object]
"""Is told how many bytes of a file were read, packed as they are."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read: where it is, and what the run calls it."""

    path: Path
    source: str

    @property
    def suffix(self) -> str:
        """The suffix that says the format, in lower case: ``.txt`` of ``A.TXT.gz``."""
        return self._without_gzip().suffix.lower()

    @property
    def stem(self) -> str:
        """The name without suffixes."""
        return self._without_gzip().stem

    def _without_gzip(self) -> PurePath:
        name = PurePath(readable(self.path.name))
        return name.with_suffix("") if name.suffix.lower() == GZIP else name

    def open(self, watcher: Watcher | None = None) -> io.BufferedIOBase:
        """Open the file, unpacked."""
        stream = io.BufferedReader(_Watched(self.path, watcher)) if watcher else None
        if self.path.suffix.lower() == GZIP:
            return gzip.open(stream or self.path, "rb")
        return stream or self.path.open("rb")


def readable(name: str) -> str:
    """Return a file's name as text, also where its bytes are no UTF-8."""
    return os.fsencode(name).decode("utf-8", errors="replace")


def find_files(given: str, suffixes: Collection[str]) -> Iterator[Found | ArticleError]:
    """Yield the file, or a folder's files of these suffixes, sorted, folders within too.

    Hidden files are passed over, and a folder that is reached twice (by a link) is walked once.
    """
    path = Path(given)
    if not path.is_dir():
        yield Found(path, readable(given))
        return
    is_empty = True
    for found in _walk(path, given.rstrip("/")):
        if isinstance(found, ArticleError) or found.suffix in suffixes:
            is_empty = False
            yield found
    if is_empty:
        yield ArticleError(readable(given), "a folder without articles")


def total_size(given: Iterable[str], suffixes: Collection[str]) -> int:
    """Return the bytes of all files that :func:`find_files` yields for these paths."""
    total = 0
    for path in given:
        for found in find_files(path, suffixes):
            if not isinstance(found, ArticleError):
                with contextlib.suppress(OSError):  # it may have gone; reading it will tell
                    total += found.path.stat().st_size
    return total


def _walk(folder: Path, name: str) -> Iterator[Found | ArticleError]:
    waiting = [(folder, name)]
    seen: set[tuple[int, int]] = set()
    while waiting:
        path, name = waiting.pop()
        if not path.is_dir():
            yield Found(path, readable(name))
            continue
        status = path.stat()
        if (status.st_dev, status.st_ino) in seen:
            continue
        seen.add((status.st_dev, status.st_ino))
        try:
            entries = sorted((entry.name for entry in path.iterdir()), reverse=True)
        except OSError as error:
            yield ArticleError(readable(name), f"can't be read: {error.strerror}")
            continue
        waiting += [(path / entry, f"{name}/{entry}") for entry in entries if entry[0] != "."]


def claim_name(found: Found, taken: set[str]) -> str:
    """Return a name that no other file of the run has, the shortest one that says which."""
    name = readable(found.path.name)
    numbered = (f"{found.source}-{number}" for number in itertools.count(2))
    candidates = itertools.chain((found.stem, name, found.source), numbered)
    chosen = next(candidate for candidate in candidates if candidate not in taken)
    taken.add(chosen)
    return chosen


def keep_path(found: Found, _taken: set[str]) -> str:
    """Return the file's path as a name: the same one in every run that is given the same path."""
    return posixpath.normpath(found.source)


def open_stdin() -> tuple[io.BufferedReader, bytes]:
    """Return the standard input, and its first bytes, up to one that is not blank."""
    stream = os.fdopen(_STDIN, "rb", closefd=False)
    head = b""
    while not head.strip(BLANK_BYTES) and (chunk := stream.read1()):
        head += chunk
    return io.BufferedReader(_Rejoined(head, stream)), head


class _Watched(io.FileIO):
    """A file that tells how far it was read."""

    def __init__(self, path: Path, watcher: Watcher) -> None:
        super().__init__(path)
        self._watcher = watcher

    def readinto(self, buffer: WriteableBuffer, /) -> int | None:
        count = super().readinto(buffer)
        self._watcher(count or 0)
        return count


class _Rejoined(io.RawIOBase):
    """A stream with its beginning put back."""

    def __init__(self, head: bytes, rest: io.BufferedIOBase) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        data = self._head[: len(buffer)] or self._rest.read1(len(buffer))
        self._head = self._head[len(data) :]
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._rest.close()
        super().close()
