"""What Prodigy's ``db-out`` writes: tasks with an answer.

Rejected and ignored tasks are left out.  A span that came from an export has its ``fields``;
one that was drawn in Prodigy has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jijitsu.imports.base import Corrected, Result, Skipped, exported, guard, parse_lines
from jijitsu.regions import Markup, Region, Relation


def read(content: bytes, name: str, unreviewed: bool) -> Iterator[Result]:  # noqa: FBT001 - see Reader
    """Yield the tasks of a file."""

    def read_task(source: str, task: Mapping[str, Any]) -> Corrected | Skipped:
        document, facts = exported(task, task["text"])
        answer = task.get("answer", "accept" if unreviewed else None)
        if answer != "accept":
            reason = f"its answer is {answer!r}" if answer else "nobody has annotated it"
            return Skipped(source, f"{document['id']}: {reason}")
        return Corrected(source, document, task["text"], facts, _markup(task))

    for source, task in parse_lines(content, name):
        yield guard(source, task, read_task)


def _markup(task: Mapping[str, Any]) -> Markup:
    regions = [
        Region(_name(span), span["start"], span["end"], span["label"], span.get("fields"))
        for span in task.get("spans") or ()
    ]
    relations = [
        Relation(each["label"], _name(each["head_span"]), _name(each["child_span"]))
        for each in task.get("relations") or ()
    ]
    return Markup(regions, relations)


def _name(span: Mapping[str, Any]) -> str:
    """Name a span by its place and label; relations quote spans, and do not name them."""
    return f"{span['start']}-{span['end']}-{span['label']}"
