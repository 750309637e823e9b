"""What an export holds, in figures: facts by label and split, and what did not fit."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from jijitsu.exports.base import Dataset, Problem
from jijitsu.regions import LABELS, label_of


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of an export.

    ``articles`` and ``labels`` are by split; ``duplicates`` are the ids of articles that were
    kept together; ``problems`` counts each kind of problem.
    """

    articles: dict[str, int]
    labels: dict[str, dict[str, int]]
    duplicates: list[list[str]]
    problems: dict[str, int]

    def rows(self) -> list[tuple[str, list[int]]]:
        """Return articles, then every label that stands anywhere, with its counts by split."""
        found = [
            (label, [counts.get(label, 0) for counts in self.labels.values()]) for label in LABELS
        ]
        return [
            ("articles", list(self.articles.values())),
            *((label, counts) for label, counts in found if any(counts)),
        ]

    def to_json(self) -> dict[str, Any]:
        """Return the figures as they stand in ``report.json``."""
        return {
            "splits": {
                name: {"articles": count, "facts": self.labels[name]}
                for name, count in self.articles.items()
            },
            "near_duplicates": self.duplicates,
            "problems": self.problems,
        }


def summarize(
    dataset: Dataset, duplicates: Sequence[Sequence[str]], problems: Sequence[Problem]
) -> Summary:
    """Count what a dataset holds."""
    labels = {}
    for name, examples in dataset.items():
        facts = itertools.chain.from_iterable(example.facts for example in examples)
        counts = Counter(map(label_of, facts))
        labels[name] = {label: counts[label] for label in LABELS if counts[label]}
    return Summary(
        articles={name: len(examples) for name, examples in dataset.items()},
        labels=labels,
        duplicates=[list(group) for group in duplicates if len(group) > 1],
        problems=dict(sorted(Counter(problem.problem for problem in problems).items())),
    )
