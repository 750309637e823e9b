"""The rounds: every contestant in turn, again and again, each time in a fresh process."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from rich.console import Console

from bench import peers, report, texts
from bench.contestants import CONTESTANTS, RULES, WHOLE, Contestant, Row

KILOBYTE = 1024
SIZES = (KILOBYTE, 10 * KILOBYTE, 100 * KILOBYTE, KILOBYTE**2, 10 * KILOBYTE**2)
TIMES = (1, 10, 100)
# Articles of the first step of growth; small ones are read until they come to so many bytes.
FIRST_ARTICLES = 30
LEAST_BYTES = KILOBYTE**2
# Repeats of the steps of growth; what takes long is measured once.
GROWTH_REPEATS = 3
LONG_BYTES = 5 * KILOBYTE**2
# Articles of a hundred characters, to see that memory stays flat.
MANY, _SHORT = 100_000, 100
# Ten times what the slowest measurement should take.
TIME_LIMIT = 600

Result = dict[str, Any]
"""What a worker prints, or ``{"error": …}``."""


class Job(NamedTuple):
    """One row of a table: who reads which articles, and how many of them."""

    label: str
    contestant: Contestant
    texts: Path
    articles: int
    repeats: int


def main() -> None:
    """Run the benchmark as the command line says."""
    options = _parser().parse_args()
    console = Console(soft_wrap=True)
    rows = texts.corpus_rows(options.densest)
    missing = {} if options.no_peers else peers.install()
    for name, reason in missing.items():
        console.print(f"left out: {name}: {reason}", markup=False)
    with tempfile.TemporaryDirectory() as folder:
        run = Bench(rows, Path(folder), options, console.print)
        entrants = [
            contestant
            for contestant in CONTESTANTS
            if contestant.name not in missing and not (options.no_peers and contestant.requirements)
        ]
        results = run.compare(entrants, options.characters)
        growth = {} if options.no_growth else run.grow()
        workers = {} if options.no_growth else run.two_workers()
    hostile = {} if options.no_growth else measure_hostile()
    summary = report.summarize(results, growth, missing) | {"hostile": hostile}
    report.add_workers(summary, workers)
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(json.dumps(summary, ensure_ascii=False, indent=1) + "\n", "utf-8")
    options.output.with_suffix(".svg").write_text(report.picture(summary), "utf-8")
    report.show(summary, Console(width=max(console.width, report.WIDTH)))
    console.print(f"All figures: {options.output}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--repeats", type=int, default=5, help="rounds, of which medians count")
    parser.add_argument("--characters", type=int, default=200_000, help="text of a round")
    parser.add_argument(
        "--densest",
        type=float,
        default=texts.NEWS_LIKE,
        help="most amounts per 1,000 characters that an article of the text may have",
    )
    parser.add_argument("--limit", type=float, default=TIME_LIMIT, help="seconds of one process")
    parser.add_argument("--no-peers", action="store_true", help="without the peers")
    parser.add_argument("--no-growth", action="store_true", help="without the growth of cost")
    parser.add_argument("-o", "--output", type=Path, default=Path("out/bench.json"))
    return parser


class Bench:
    """Runs jobs on the corpus and keeps their results."""

    def __init__(
        self, rows: list[Row], folder: Path, options: argparse.Namespace, say: Callable[[str], None]
    ) -> None:
        """Take the articles, a folder for their files, and where to tell of progress."""
        self._rows = rows
        self._folder = folder
        self._repeats: int = options.repeats
        self._few_repeats = min(self._repeats, GROWTH_REPEATS)
        self._limit: float = options.limit
        self._say = say

    def compare(
        self, contestants: Sequence[Contestant], characters: int
    ) -> dict[str, list[Result]]:
        """Return each contestant's results on the same text, or its share of it."""
        file = texts.write_rows(self._rows, self._folder / "corpus.jsonl")
        jobs = []
        for contestant in contestants:
            articles = texts.count_for(self._rows, characters * contestant.share)
            jobs.append(Job(contestant.name, contestant, file, articles, self._repeats))
        return self._run(jobs)

    def grow(self) -> dict[str, list[Result]]:
        """Return how the cost of jijitsu's rules, and of the whole, grows."""
        jobs = []
        for name in (RULES, WHOLE):
            contestant = next(one for one in CONTESTANTS if one.name == name)
            jobs += [*self._more_articles(contestant), *self._longer_articles(contestant)]
            jobs.append(self._many_articles(contestant))
        return self._run(jobs)

    def two_workers(self) -> dict[str, float]:
        """Return how many times the articles of one process two read, by the clock."""
        ratios = {}
        for name in (RULES, WHOLE):
            contestant = next(one for one in CONTESTANTS if one.name == name)
            job = Job(name, contestant, self._folder / "corpus.jsonl", len(self._rows), 1)
            alone = measure(job, self._limit)
            with ThreadPoolExecutor(2) as pool:
                both = list(pool.map(lambda job: measure(job, self._limit), [job, job]))
            if not any("error" in result for result in (alone, *both)):
                ratios[name] = 2 * alone["wall"] / max(result["wall"] for result in both)
        return ratios

    def _many_articles(self, contestant: Contestant) -> Job:
        rows = [Row(row.text[:_SHORT], row.published) for row in self._rows]
        file = texts.write_rows(rows, self._folder / "short.jsonl")
        return Job(f"{contestant.name}: {MANY:,} short articles", contestant, file, MANY, 1)

    def _more_articles(self, contestant: Contestant) -> list[Job]:
        rows = self._rows[:FIRST_ARTICLES]
        file = texts.write_rows(rows, self._folder / "articles.jsonl")
        return [
            Job(
                f"{contestant.name}: {times * len(rows):,} articles",
                contestant,
                file,
                times * len(rows),
                self._few_repeats if times < TIMES[-1] else 1,
            )
            for times in TIMES
        ]

    def _longer_articles(self, contestant: Contestant) -> list[Job]:
        jobs = []
        for size in SIZES:
            rows = texts.cut(self._rows, size, LEAST_BYTES)
            file = texts.write_rows(rows, self._folder / f"{size}.jsonl")
            label = f"{contestant.name}{report.OF_SIZE}{size // KILOBYTE:,} KB"
            repeats = self._few_repeats if size < LONG_BYTES else 1
            jobs.append(Job(label, contestant, file, len(rows), repeats))
        return jobs

    def _run(self, jobs: Sequence[Job]) -> dict[str, list[Result]]:
        """Run the jobs in rounds, so that what slows the machine for a while slows all."""
        results: dict[str, list[Result]] = {job.label: [] for job in jobs}
        for repeat in range(self._repeats):
            for job in jobs:
                if repeat < job.repeats:
                    result = measure(job, self._limit)
                    results[job.label].append(result)
                    self._say(f"{repeat + 1}/{job.repeats} {report.one_line(job.label, result)}")
        return results


def measure_hostile() -> Result:
    """Return what hostile texts cost, or why that is not known."""
    command = [sys.executable, "-m", "bench.attack"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    if done.returncode:
        return {"error": (done.stderr.strip().splitlines() or ["no message"])[-1]}
    result: Result = json.loads(done.stdout)
    return result


def measure(job: Job, limit: float) -> Result:
    """Run one worker, alone and on one thread; return what it measured.

    One that is not done within ``limit`` seconds is stopped.
    """
    python = str(peers.python()) if job.contestant.requirements else sys.executable
    command = [
        python, "-m", "bench.worker", job.contestant.name, str(job.texts), str(job.articles),
    ]  # fmt: skip
    environment = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    # What is installed has its bytecode; a start that has to compile its modules is no usual one.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    try:
        done = subprocess.run(  # noqa: S603 - our own command
            command, capture_output=True, text=True, check=False, env=environment, timeout=limit
        )
    except subprocess.TimeoutExpired:
        return {"error": f"not done within {limit} s"}
    if done.returncode:
        return {"error": (done.stderr.strip().splitlines() or ["no message"])[-1]}
    result: Result = json.loads(done.stdout.splitlines()[-1])
    return result
