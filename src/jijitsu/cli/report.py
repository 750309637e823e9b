"""What a run says on stderr: its progress, the articles that failed, a summary."""

from __future__ import annotations

import time
from collections import Counter
from typing import Self

from rich.console import Console
from rich.progress import Progress, ProgressColumn, SpinnerColumn, TextColumn
from rich.text import Text

from jijitsu.article import Article, ArticleError
from jijitsu.kinds import KINDS, ArticleFacts
from jijitsu.terminal import make_harmless


class ConsoleReport:
    """Shows a run's progress on a terminal and prints lines there; a context manager."""

    def __init__(self, *columns: ProgressColumn) -> None:
        """Show progress in these columns; the clock runs from here."""
        self._start = time.perf_counter()
        self._console = Console(stderr=True, highlight=False)
        self._progress = Progress(
            *columns,
            console=self._console,
            disable=not self._console.is_terminal,
            transient=True,
        )

    def __enter__(self) -> Self:
        """Show progress, on a terminal."""
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Take the progress away."""
        self._progress.stop()

    def say(self, line: str) -> None:
        """Print a line, harmless to the terminal."""
        self._console.print(Text(make_harmless(line)), soft_wrap=True)

    def _say_kinds(self, facts: Counter[str]) -> None:
        """Print how many facts of each kind there are, if there are any."""
        counts = [f"{kind} {facts[kind]:,}" for kind in KINDS if facts[kind]]
        if counts:
            self.say(", ".join(counts))


class Report(ConsoleReport):
    """Counts a run's articles and facts; a context manager, in which progress is shown."""

    def __init__(self) -> None:
        """Begin to count; the clock runs from here."""
        super().__init__(
            SpinnerColumn(),
            TextColumn("articles {task.completed}, facts {task.fields[facts]}"),
        )
        self.articles = 0
        self.failed = 0
        self._characters = 0
        self._facts: Counter[str] = Counter()
        self._task = self._progress.add_task("", total=None, facts=0)

    def done(self, article: Article, facts: ArticleFacts) -> None:
        """Count an article and its facts."""
        self.articles += 1
        self._characters += len(article.text)
        self._facts.update(fact.kind for fact in facts.facts)
        self._progress.update(self._task, advance=1, facts=self._facts.total())

    def fail(self, error: ArticleError) -> None:
        """Name an article that failed, and why."""
        self.failed += 1
        self.say(f"jijitsu: {error}")

    def summarize(self) -> None:
        """Print what was done."""
        seconds = time.perf_counter() - self._start
        speed = self._characters / seconds
        self.say(
            f"articles {self.articles:,}, failed {self.failed:,}, facts {self._facts.total():,}; "
            f"{self._characters:,} characters in {seconds:.1f} s, {speed:,.0f} a second"
        )
        self._say_kinds(self._facts)
