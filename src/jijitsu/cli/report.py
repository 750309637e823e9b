"""What a run says on stderr: its progress, the articles that failed, a summary."""

from __future__ import annotations

import time
from collections import Counter
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn
from rich.text import Text

from jijitsu.article import Article, ArticleError
from jijitsu.kinds import KINDS, ArticleFacts
from jijitsu.terminal import make_harmless


class Report:
    """Counts a run's articles and facts; a context manager, in which progress is shown."""

    def __init__(self) -> None:
        """Begin to count; the clock runs from here."""
        self.articles = 0
        self.failed = 0
        self._characters = 0
        self._facts: Counter[str] = Counter()
        self._start = time.perf_counter()
        self._console = Console(stderr=True, highlight=False)
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("articles {task.completed}, facts {task.fields[facts]}"),
            console=self._console,
            disable=not self._console.is_terminal,
            transient=True,
        )
        self._task = self._progress.add_task("", total=None, facts=0)

    def __enter__(self) -> Self:
        """Show progress, on a terminal."""
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Take the progress away."""
        self._progress.stop()

    def done(self, article: Article, facts: ArticleFacts) -> None:
        """Count an article and its facts."""
        self.articles += 1
        self._characters += len(article.text)
        self._facts.update(fact.kind for fact in facts.facts)
        self._progress.update(self._task, advance=1, facts=self._facts.total())

    def fail(self, error: ArticleError) -> None:
        """Name an article that failed, and why."""
        self.failed += 1
        self._print(f"jijitsu: {error}")

    def summarize(self) -> None:
        """Print what was done."""
        seconds = time.perf_counter() - self._start
        speed = self._characters / seconds
        self._print(
            f"articles {self.articles:,}, failed {self.failed:,}, facts {self._facts.total():,}; "
            f"{self._characters:,} characters in {seconds:.1f} s, {speed:,.0f} a second"
        )
        counts = [f"{kind} {self._facts[kind]:,}" for kind in KINDS if self._facts[kind]]
        if counts:
            self._print(", ".join(counts))

    def _print(self, line: str) -> None:
        self._console.print(Text(make_harmless(line)), soft_wrap=True)
