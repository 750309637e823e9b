from __future__ import annotations

import json
from pathlib import Path

import pytest

from gate import FLOORS, ROOT, annotations_hash, below, measure


def test_no_figure_on_the_corpus_is_under_its_floor() -> None:
    kept = json.loads(FLOORS.read_text(encoding="utf-8"))
    assert kept["annotations"] == annotations_hash(ROOT / "annotations"), (
        "the annotations changed; run: python tests/gate.py --rebase"
    )
    figures = measure()
    print(json.dumps(figures, indent=1))  # noqa: T201  make gate shows it
    assert below(figures, kept["floors"]) == []


@pytest.mark.parametrize(
    ("figure", "floor", "lines"),
    [
        (0.9, 0.9, []),
        (0.91, 0.9, []),
        (0.89, 0.9, ["test money: 0.89 is under the floor of 0.9"]),
    ],
)
def test_a_figure_may_only_rise(figure: float, floor: float, lines: list[str]) -> None:
    assert below({"test": {"money": figure}}, {"test": {"money": floor}}) == lines


def test_a_figure_without_a_floor_is_told() -> None:
    assert below({"dev": {"date": 1.0}}, {}) == ["dev date: no floor"]


def test_the_hash_sees_every_annotation(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{}\n", encoding="utf-8")
    before = annotations_hash(tmp_path)
    (tmp_path / "b.jsonl").write_text("{}\n", encoding="utf-8")
    assert annotations_hash(tmp_path) != before
