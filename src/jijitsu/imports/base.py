"""What imports share: what annotators' tools give back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jijitsu.article import ArticleError
from jijitsu.gold.lint import find_errors
from jijitsu.gold.load import JsonFact
from jijitsu.regions import Markup


@dataclass(frozen=True, slots=True)
class Corrected:
    """An article as it comes back: what was exported, and what it is marked up with now."""

    source: str
    document: dict[str, Any]
    text: str
    facts: list[JsonFact]
    markup: Markup


@dataclass(frozen=True, slots=True)
class Skipped:
    """A task that holds nobody's answer; ``reason`` says why."""

    source: str
    reason: str


Result = Corrected | Skipped | ArticleError

Reader = Callable[[bytes, str, bool], Iterator[Result]]
"""Yields the tasks of a file: its content, its name, and whether to take tasks as they were
exported where nobody has annotated them."""


class TaskError(ValueError):
    """A task that can't be read; the message says why."""


def parse_lines(content: bytes, name: str) -> Iterator[tuple[str, Any]]:
    """Yield the rows of JSON Lines with their places, ``name:line``; None for one that is none."""
    for number, line in enumerate(content.decode("utf-8-sig").split("\n"), start=1):
        if line.strip():
            try:
                row = json.loads(line)
            except (ValueError, RecursionError):
                row = None
            yield f"{name}:{number}", row


def guard(
    source: str, task: Any, read: Callable[[str, Mapping[str, Any]], Corrected | Skipped]
) -> Result:
    """Read one task; whatever it lacks is an error of this task alone."""
    if not isinstance(task, dict):
        return ArticleError(source, "not a JSON object")
    try:
        result = read(source, task)
        if isinstance(result, Corrected):
            _check(result)
    except TaskError as error:
        return ArticleError(source, str(error))
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        return ArticleError(source, f"not as the tool writes it: {error!r}")
    return result


def _check(corrected: Corrected) -> None:
    """Check what the rest relies on: ids, places, and that the export was sound."""
    if not isinstance(corrected.document["id"], str):
        raise TaskError("its document has no id")
    problem = next(find_errors(corrected.facts, corrected.text), None)
    if problem:
        raise TaskError(f"what was exported is no gold: {problem}")
    for region in corrected.markup.regions:
        if not 0 <= region.start < region.end <= len(corrected.text):
            raise TaskError(f"a region at {region.start}-{region.end} lies outside of the text")
        if not isinstance(region.label, str):
            raise TaskError(f"a region at {region.start} has no label")


def exported(task: Mapping[str, Any], text: Any) -> tuple[dict[str, Any], list[JsonFact]]:
    """Return the document and the facts that an export put into a task.

    Raises:
        TaskError: there are none, or they are of another text.
    """
    origin = task.get("jijitsu")
    if not isinstance(origin, dict):
        raise TaskError("it does not come from jijitsu export (no key 'jijitsu')")
    document, facts = origin["document"], origin["facts"]
    if hashlib.sha256(str(text).encode()).hexdigest() != document["sha256"]:
        raise TaskError("its text is not the one that was exported (sha256)")
    return document, facts
