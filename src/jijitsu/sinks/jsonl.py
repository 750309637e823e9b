"""JSON Lines: an article's facts a line, in UTF-8 whatever the locale says."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from jijitsu.kinds import ArticleFacts


class LinesFile:
    """Writes lines to a file, or to the standard output where ``path`` is None.

    A file is written under a hidden name beside its own, and renamed when all went well:
    whoever finds it there finds it whole.  Devices and pipes are written as they are.
    """

    def __init__(self, path: Path | None) -> None:
        """Write to ``path``, which is created or replaced when the sink is left."""
        self._target = path.resolve() if path and (path.is_file() or not path.exists()) else None
        self._partial: Path | None = None
        if self._target:
            self._partial = self._target.with_name(f".{self._target.name}.{os.getpid()}.part")
        self._path = path
        self._stream: BinaryIO

    def __enter__(self) -> Self:
        """Open the file.

        Raises:
            OSError: it can't be written.
        """
        opened = self._partial or self._path
        try:
            self._stream = opened.open("wb") if opened else sys.stdout.buffer
        except BaseException:
            # Ctrl-C may come when the file is made and nobody holds it yet.
            if self._partial:
                self._partial.unlink(missing_ok=True)
            raise
        return self

    def write_line(self, line: str) -> None:
        """Write one line, given without its end."""
        self._stream.write(line.encode() + b"\n")

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Give the file its name, or remove it where the run broke off."""
        if self._path is None:
            self._stream.flush()
            return
        self._stream.close()
        if self._partial and self._target:
            if error is None:
                self._partial.replace(self._target)
            else:
                self._partial.unlink()


class JsonLinesSink(LinesFile):
    """Writes a line of JSON an article."""

    def write(self, facts: ArticleFacts) -> None:
        """Write one article's line."""
        self.write_line(facts.to_json())
