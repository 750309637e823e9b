"""The engines for names side by side: ``python -m bench.ner`` (``make bench-ner``).

Each engine reads the corpus's test split in a process of its own.  F1 is of value (span and
type), speed is of the whole pipeline with that engine, the median of interleaved runs.
"""

from __future__ import annotations

import csv
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parent.parent
ENGINES = ("crf", "dictionary", "ginza", "none")
REPEATS = 3
_TYPES = ("organization", "person", "location", "product", "event")


def measure(engine: str) -> dict[str, Any]:
    """Return the figures of one engine; times in seconds, memory in MB."""
    from bench.worker import peak_memory  # noqa: PLC0415  only a worker needs these
    from jijitsu.article import Article, ArticleError  # noqa: PLC0415
    from jijitsu.evaluate import evaluate  # noqa: PLC0415
    from jijitsu.gold.load import Annotated, load_facts  # noqa: PLC0415
    from jijitsu.kinds import dump_fact  # noqa: PLC0415
    from jijitsu.pipeline import Pipeline  # noqa: PLC0415
    from jijitsu.readers import read_articles  # noqa: PLC0415

    wanted = _test_ids()
    articles = [
        article
        for article in read_articles([str(ROOT / "corpus")])
        if not isinstance(article, ArticleError) and article.id in wanted
    ]
    begin = time.perf_counter()
    pipeline = Pipeline(ner=engine)
    pipeline.extract(Article(id="-", source="-", text="アリババが投資する。"))
    ready = time.perf_counter() - begin
    begin = time.perf_counter()
    found = {
        article.id: Annotated(
            {"id": article.id},
            [dump_fact(fact) for fact in pipeline.extract(article).facts],
            ROOT,
        )
        for article in articles
    }
    seconds = time.perf_counter() - begin
    gold = {
        name: facts for name, facts in load_facts(ROOT / "annotations").items() if name in wanted
    }
    figures = evaluate(gold, found).figures()
    return {
        "ready": ready,
        "speed": sum(len(article.text) for article in articles) / seconds,
        "memory": peak_memory(),
        "f1": {name: figures[f"entity.{name}"]["value_f1"] for name in _TYPES},
        "all": figures["entity"]["value_f1"],
        "overlap": figures["entity"]["overlap_f1"],
    }


def _test_ids() -> set[str]:
    with (ROOT / "annotations/splits.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"] for row in csv.DictReader(file) if row["split"] == "test"}


def main() -> None:
    """Measure all engines that are installed and print the table; or one, as JSON."""
    if sys.argv[1:]:
        sys.stdout.write(json.dumps(measure(sys.argv[1])) + "\n")
        return
    runs: dict[str, list[dict[str, Any]]] = {}
    for _ in range(REPEATS):
        for engine in ENGINES:
            command = [sys.executable, "-m", "bench.ner", engine]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
            if done.returncode == 0:
                runs.setdefault(engine, []).append(json.loads(done.stdout))
            elif engine not in runs:
                sys.stderr.write(f"{engine}: {done.stderr.strip().splitlines()[-1]}\n")
    Console(width=120).print(_table(runs))


def _table(runs: dict[str, list[dict[str, Any]]]) -> Table:
    table = Table("engine", "F1", "overlap", *_TYPES, "chars/s", "ready (s)", "memory (MB)")
    for engine, measured in runs.items():
        first = measured[0]
        table.add_row(
            engine,
            f"{first['all']:.3f}",
            f"{first['overlap']:.3f}",
            *(f"{first['f1'][name]:.3f}" for name in _TYPES),
            f"{statistics.median(run['speed'] for run in measured):,.0f}",
            f"{statistics.median(run['ready'] for run in measured):.2f}",
            f"{max(run['memory'] for run in measured):.0f}",
        )
    return table


if __name__ == "__main__":
    main()
