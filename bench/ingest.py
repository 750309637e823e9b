"""What an ingest costs: ``python -m bench.ingest [--postgresql URL]``.

* Rows a second into each target: the articles of the corpus, extracted before, written under
  new ids in batches as an ingest does, by one process.
* Characters a second and peak memory of ``jijitsu ingest``, by workers and by articles.

Figures are printed as they come.  The times are those of the wall, beside the processor's.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

from bench import texts
from jijitsu.article import Article
from jijitsu.pipeline import Pipeline
from jijitsu.readers import read_articles
from jijitsu.store import Run, Write, open_store

BATCH = 500
WRITTEN = 3_000
SHORT = 120  # characters of an article where only their number matters
_LOOK_EVERY = 0.1  # seconds


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.ingest", description=__doc__)
    parser.add_argument("--postgresql", metavar="URL", help="an empty database to write to")
    parser.add_argument("--articles", type=int, default=100_000, help="of the memory test")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        targets = [
            f"sqlite:///{folder}/facts.db",
            f"{folder}/facts.jsonl",
            f"parquet:{folder}/facts",
        ]
        for target in filter(None, [*targets, options.postgresql]):
            _say(measure_writes(target))
        for workers in (1, 2):
            _say(measure_ingest(_corpus(folder, 4), folder, workers))
        for count in (options.articles // 100, options.articles):
            _say(measure_ingest(_short(folder, count), folder, 2, "--ner", "none"))


def _say(figures: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(figures, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def measure_writes(target: str) -> dict[str, Any]:
    """Return rows a second into a target: articles, facts, conversions, links and entities."""
    with open_store(target) as store:
        store.begin(Run("bench", {}))
        articles = [one for one in read_articles([texts.CORPUS]) if isinstance(one, Article)]
        pipeline = Pipeline()
        facts = [(one, pipeline.extract(one)) for one in articles]
        rows, wall, cpu = 0, 0.0, 0.0
        for first in range(0, WRITTEN, BATCH):
            chosen = itertools.islice(itertools.cycle(facts), first, first + BATCH)
            batch = []
            for number, (article, found) in enumerate(chosen, start=first):
                document = found.document.model_copy(update={"id": f"{number}"})
                payload = store.encode(article, found.model_copy(update={"document": document}))
                rows += 1 if isinstance(payload, bytes) else sum(map(len, payload.values()))
                batch.append(Write(f"{number}", "f" * 64, deepcopy(payload)))
            begun, used = time.perf_counter(), time.process_time()
            store.write(batch)
            wall += time.perf_counter() - begun
            cpu += time.process_time() - used
    return {
        "target": re.sub(r":.*|.*\.", "", target) or target,
        "articles": WRITTEN,
        "rows": rows,
        "rows a second": round(rows / wall),
        "rows a second of processor": round(rows / cpu),
    }


def measure_ingest(rows: Path, folder: Path, workers: int, *arguments: str) -> dict[str, Any]:
    """Return speed, processor time, and peak memory in MB of the first process and the workers."""
    target = folder / f"{rows.stem}-{workers}.db"
    command = [sys.executable, "-m", "jijitsu", "ingest", str(rows), "--workers", str(workers)]
    peaks: dict[int, float] = {}
    used: dict[int, float] = {}
    with subprocess.Popen(  # noqa: S603 - our own command
        [*command, "--to", f"sqlite:///{target}", *arguments], stderr=subprocess.PIPE
    ) as process:
        while process.poll() is None:
            for pid in _family(process.pid):
                peaks[pid] = _peak(pid) or peaks.get(pid, 0.0)
                used[pid] = _used(pid) or used.get(pid, 0.0)
            time.sleep(_LOOK_EVERY)
        said = process.stderr.read().decode() if process.stderr else ""
    main_peak = peaks.pop(process.pid, 0.0)
    found = re.search(r"new ([\d,]+), .* ([\d,]+) characters in ([\d.]+) s, ([\d,]+) a", said)
    articles, characters, seconds, speed = found.groups() if found else ("", "", "", said)
    return {
        "articles": articles,
        "workers": workers,
        "characters": characters,
        "seconds": seconds,
        "characters a second": speed,
        "processor seconds, first process": round(used.pop(process.pid), 1),
        "processor seconds, workers": round(sum(used.values()), 1),
        "memory, first process": round(main_peak),
        "memory, each worker": [round(peak) for peak in peaks.values()],
    }


def _family(pid: int) -> Iterator[int]:
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _peak(pid: int) -> float:
    try:
        found = re.search(r"VmHWM:\s*([0-9]+) kB", Path(f"/proc/{pid}/status").read_text("utf-8"))
    except OSError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0


def _used(pid: int) -> float:
    """Return the seconds of processor that a process has used."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _corpus(folder: Path, times: int) -> Path:
    rows = texts.corpus_rows(math.inf) * times
    return _write(folder / "corpus.jsonl", [(row.text, row.published) for row in rows])


def _short(folder: Path, count: int) -> Path:
    rows = itertools.islice(itertools.cycle(texts.corpus_rows(math.inf)), count)
    return _write(
        folder / f"short{count}.jsonl", ((row.text[:SHORT], row.published) for row in rows)
    )


def _write(path: Path, rows: Any) -> Path:
    with path.open("w", encoding="utf-8") as stream:
        for text, published in rows:
            stream.write(json.dumps({"text": text, "published": published}) + "\n")
    return path


if __name__ == "__main__":
    main()
