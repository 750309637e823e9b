"""What an ingest says on stderr: how far it is, the articles rejected, a summary."""

from __future__ import annotations

import time
from collections.abc import Iterable

from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn

from jijitsu.article import ArticleError
from jijitsu.cli.report import ConsoleReport
from jijitsu.ingest.counts import Counts
from jijitsu.readers import FORMATS, STDIN
from jijitsu.readers.paths import total_size

_EVERY = 0.2  # seconds between two looks at the counts


class IngestReport(ConsoleReport):
    """Shows an ingest's progress on a terminal; a context manager.

    The bar measures the bytes read of all that is to be read.
    """

    def __init__(self, paths: Iterable[str]) -> None:
        """Begin to count; the clock runs from here."""
        super().__init__(
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[done]}"),
            TimeRemainingColumn(),
        )
        self.counts = Counts()
        paths = list(paths)
        is_known = self._console.is_terminal and STDIN not in paths
        total = total_size(paths, FORMATS) if is_known else None
        self._task = self._progress.add_task("", total=total or None, done="")
        self._looked = 0.0

    def advance(self, read: int) -> None:
        """Take note of so many bytes read."""
        now = time.perf_counter()
        if now - self._looked < _EVERY:
            self._progress.advance(self._task, read)
            return
        self._looked = now
        counts = self.counts
        done = counts.new + counts.changed
        speed = done / (now - self._start)
        shown = f"articles {done:,}, skipped {counts.skipped:,}, {speed:,.1f} a second"
        self._progress.update(self._task, advance=read, done=shown)

    def reject(self, error: ArticleError) -> None:
        """Name an article that was rejected, and why."""
        self.say(f"jijitsu: {error}")

    def summarize(self) -> None:
        """Print what was done."""
        counts = self.counts
        seconds = time.perf_counter() - self._start
        self.say(
            f"articles new {counts.new:,}, changed {counts.changed:,}, skipped {counts.skipped:,}, "
            f"rejected {counts.rejected:,}; facts {counts.facts.total():,}; "
            f"{counts.characters:,} characters in {seconds:.1f} s, "
            f"{counts.characters / seconds:,.0f} a second"
        )
        self._say_kinds(counts.facts)
