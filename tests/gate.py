"""The gold gate: no figure on the annotated corpus may fall below its floor.

``python tests/gate.py --update`` raises the floors to today's figures; it refuses to lower
one.  Where the annotations themselves changed (their hash is kept with the floors), figures
are of another test, and ``--rebase`` sets the floors anew, to be justified in the commit.
"""

from __future__ import annotations

import csv
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from jijitsu.article import ArticleError
from jijitsu.evaluate import evaluate
from jijitsu.gold.load import Annotated, load_facts
from jijitsu.kinds import dump_fact
from jijitsu.pipeline import Pipeline
from jijitsu.readers import read_articles

ROOT = Path(__file__).parent.parent
FLOORS = Path(__file__).parent / "floors.json"
# Figures are compared at this precision; a floor is never above what was measured.
DIGITS = 4
SPLITS = ("train", "dev", "test")


def annotations_hash(folder: Path) -> str:
    """Return a hash of all annotations, names and contents."""
    digest = hashlib.sha256()
    for file in sorted(folder.glob("*")):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def measure() -> dict[str, dict[str, float]]:
    """Return the figures of each split: value F1 per kind, accuracy of mod, F1 of equivalents."""
    gold = load_facts(ROOT / "annotations")
    with (ROOT / "annotations/splits.csv").open(encoding="utf-8", newline="") as file:
        splits = {row["id"]: row["split"] for row in csv.DictReader(file)}
    found = _extract()
    figures = {}
    for split in SPLITS:
        articles = {name: article for name, article in gold.items() if splits[name] == split}
        figures[split] = _figures(evaluate(articles, found).figures())
    return figures


def _extract() -> dict[str, Annotated]:
    pipeline = Pipeline()
    found = {}
    for article in read_articles([str(ROOT / "corpus")]):
        if isinstance(article, ArticleError):
            raise article
        facts = [dump_fact(fact) for fact in pipeline.extract(article).facts]
        found[article.id] = Annotated({"id": article.id}, facts, ROOT)
    return found


def _figures(raw: dict[str, Any]) -> dict[str, float]:
    figures = {}
    for name, value in raw.items():
        if isinstance(value, dict) and value.get("gold"):
            figures[name] = round(value["value_f1"], DIGITS)
    for name in ("mod_accuracy", "equivalent_f1"):
        figures[name] = round(raw[name], DIGITS)
    return figures


def below(figures: dict[str, dict[str, float]], floors: dict[str, dict[str, float]]) -> list[str]:
    """Return a line for each figure that is under its floor, or has none."""
    lines = []
    for split, by_name in figures.items():
        for name, figure in by_name.items():
            floor = floors.get(split, {}).get(name)
            if floor is None:
                lines.append(f"{split} {name}: no floor")
            elif figure < floor:
                lines.append(f"{split} {name}: {figure} is under the floor of {floor}")
    return lines


def main(arguments: list[str]) -> int:
    """Show the figures; with ``--update`` or ``--rebase`` write them as the new floors."""
    figures = measure()
    print(json.dumps(figures, indent=1))  # noqa: T201  a script that shows figures
    current = annotations_hash(ROOT / "annotations")
    kept = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {"floors": {}}
    if "--rebase" not in arguments:
        if kept.get("annotations") != current:
            sys.stderr.write("the annotations changed: look at the figures, then --rebase\n")
            return 1
        lower = [line for line in below(figures, kept["floors"]) if "no floor" not in line]
        if lower:
            sys.stderr.write("\n".join(lower) + "\n")
            return 1
    if {"--update", "--rebase"} & set(arguments):
        floors = {"annotations": current, "floors": figures}
        FLOORS.write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
