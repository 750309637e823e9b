"""What Label Studio exports as JSON: tasks with annotations.

Of several annotations the one marked as ground truth counts, else the one updated last;
cancelled ones don't.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jijitsu.article import ArticleError
from jijitsu.imports.base import Corrected, Result, Skipped, TaskError, exported, guard
from jijitsu.regions import REFERENCES, Markup, Region, Relation

_TEXT, _LABEL, _FIELDS = "text", "labels", "textarea"


def read(content: bytes, name: str, unreviewed: bool) -> Iterator[Result]:  # noqa: FBT001 - see Reader
    """Yield the tasks of a file."""
    try:
        tasks = json.loads(content)
    except (ValueError, RecursionError) as error:
        yield ArticleError(name, f"malformed JSON: {error}")
        return
    if not isinstance(tasks, list):
        yield ArticleError(name, "not a list of tasks")
        return

    def read_task(source: str, task: Mapping[str, Any]) -> Corrected | Skipped:
        text = task["data"][_TEXT]
        document, facts = exported(task["data"], text)
        result = _result(task, unreviewed=unreviewed)
        if result is None:
            return Skipped(source, f"{document['id']}: nobody has annotated it")
        return Corrected(source, document, text, facts, _markup(result, text))

    for number, task in enumerate(tasks, start=1):
        yield guard(f"{name}: task {number}", task, read_task)


def _result(task: Mapping[str, Any], *, unreviewed: bool) -> Sequence[Mapping[str, Any]] | None:
    done = [each for each in task.get("annotations") or () if not each.get("was_cancelled")]
    if not done and unreviewed:
        done = list(task["predictions"])
    if not done:
        return None
    best = max(
        done, key=lambda each: (bool(each.get("ground_truth")), each.get("updated_at") or "")
    )
    result: Sequence[Mapping[str, Any]] = best["result"]
    return result


def _markup(result: Sequence[Mapping[str, Any]], text: str) -> Markup:
    said = {part["id"]: part["value"]["text"] for part in result if part["type"] == _FIELDS}
    regions = []
    relations: list[Relation] = []
    for part in result:
        if part["type"] == _LABEL:
            regions.append(_region(part, text, said.get(part["id"])))
        elif part["type"] == "relation":
            relations += _relations(part)
        elif part["type"] != _FIELDS:
            raise TaskError(f"a result of the unknown type {part['type']!r}")
    return Markup(regions, relations)


def _region(part: Mapping[str, Any], text: str, said: Any) -> Region:
    value = part["value"]
    start, end = value["start"], value["end"]
    quoted = text[start:end]
    if value.get("text", quoted) != quoted:
        raise TaskError(f"a region quotes {value['text']!r}, but at {start} stands {quoted!r}")
    if len(value["labels"]) != 1:
        raise TaskError(f"{quoted!r} at {start} has {len(value['labels'])} labels, not one")
    return Region(
        part["id"], start, end, value["labels"][0], _fields(said, f"{quoted!r} at {start}")
    )


def _fields(said: Any, where: str) -> dict[str, Any] | None:
    written = "".join(said) if isinstance(said, list) else said
    if not written:
        return None
    try:
        fields = json.loads(written)
    except ValueError as error:
        raise TaskError(f"{where}: its fields are malformed JSON: {error}") from error
    if not isinstance(fields, dict):
        raise TaskError(f"{where}: its fields are no JSON object")
    return fields


def _relations(part: Mapping[str, Any]) -> Iterator[Relation]:
    ends = (part["from_id"], part["to_id"])
    source, target = reversed(ends) if part.get("direction") == "left" else ends
    names = part.get("labels") or ()
    if not names:
        raise TaskError(f"a relation without a name (there are {', '.join(REFERENCES)})")
    for name in names:
        yield Relation(name, source, target)
