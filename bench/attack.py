"""What hostile texts cost: ``python -m bench.attack`` prints one line of JSON.

All run in one process, with names;
``one line of 50 MB`` is plain prose without an end of a sentence.
"""

from __future__ import annotations

import json
import sys
import time

from bench.hostile import HOSTILE
from bench.worker import peak_memory
from jijitsu.article import Article
from jijitsu.pipeline import Pipeline

LENGTH = 100_000
_LONG = "詳しいことはまだ決まっていないという話で、"
_LONG_BYTES = 50 * 1024**2


def main() -> None:
    """Measure each text; microseconds of the processor a character, and the peak in MB."""
    pipeline = Pipeline()
    _cost(pipeline, "アリババは3年間で3800億元（約7.98兆円）を投じると発表した。")
    figures = {name: _cost(pipeline, make(LENGTH)) for name, make in HOSTILE.items()}
    figures["one line of 50 MB"] = _cost(pipeline, _LONG * (_LONG_BYTES // len(_LONG.encode())))
    sys.stdout.write(json.dumps({"costs": figures, "memory": peak_memory()}) + "\n")


def _cost(pipeline: Pipeline, text: str) -> float:
    start = time.process_time()
    pipeline.extract(Article(id="a", source="a", text=text))
    return (time.process_time() - start) / len(text) * 1e6


if __name__ == "__main__":
    main()
