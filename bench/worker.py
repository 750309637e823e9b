"""One measurement: a contestant reads articles, in a process of its own.

``python -m bench.worker NAME TEXTS ARTICLES`` prints one line of JSON.  TEXTS is a file of
articles (JSON Lines); it is read round and round until ARTICLES were given.  Only the
standard library is needed beside the contestant.
"""

from __future__ import annotations

import itertools
import json
import re
import resource
import sys
import time
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from bench.contestants import BY_NAME, Extractor, Row

_FIRST = Row(
    "アリババは2025年9月24日、3年間で3800億元（約7.98兆円）を投じると発表した。", "2025-09-24"
)


def measure(name: str, texts: Path, articles: int) -> dict[str, object]:
    """Return times in seconds, characters read, and peak memory in MB.

    ``import`` is the first import alone; ``ready`` is that, what the contestant loads, and a
    first short article, so that what it puts off counts too.
    """
    contestant = BY_NAME[name]
    begin = time.perf_counter()
    import_module(contestant.module)
    imported = time.perf_counter()
    read = contestant.make()
    read(_FIRST)
    ready = time.perf_counter()
    rows = [Row(**json.loads(line)) for line in texts.read_text("utf-8").splitlines()]
    at_rest = peak_memory()
    wall, cpu, characters = _time(read, rows, articles)
    return {
        "import": imported - begin,
        "ready": ready - begin,
        "characters": characters,
        "wall": wall,
        "cpu": cpu,
        "memory_at_rest": at_rest,
        "memory": peak_memory(),
        "version": version(contestant.package),
    }


def _time(read: Extractor, rows: list[Row], articles: int) -> tuple[float, float, int]:
    characters = 0
    wall, cpu = time.perf_counter(), time.process_time()
    for row in itertools.islice(itertools.cycle(rows), articles):
        read(row)
        characters += len(row.text)
    return time.perf_counter() - wall, time.process_time() - cpu, characters


def peak_memory() -> float:
    """Return the peak in MB; Linux's getrusage would count the parent's, so its own file first."""
    status = Path("/proc/self/status")
    if status.exists():
        found = re.search(r"VmHWM:\s*([0-9]+) kB", status.read_text("utf-8"))
        if found:
            return int(found[1]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024**2 if sys.platform == "darwin" else peak / 1024


def main() -> None:
    """Measure as the command line says and print the result."""
    name, texts, articles = sys.argv[1:]
    sys.stdout.write(json.dumps(measure(name, Path(texts), int(articles))) + "\n")


if __name__ == "__main__":
    main()
