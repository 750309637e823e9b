"""What doccano exports as JSONL of a sequence labelling project with relations.

doccano has no place for values: a fact keeps its own as long as its span and label stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jijitsu.imports.base import Corrected, Result, TaskError, exported, guard, parse_lines
from jijitsu.regions import Markup, Region, Relation


def read(content: bytes, name: str, unreviewed: bool) -> Iterator[Result]:  # noqa: ARG001, FBT001 - see Reader
    """Yield the rows of a file; doccano does not tell which ones somebody has looked at."""
    for source, row in parse_lines(content, name):
        yield guard(source, row, _read_row)


def _read_row(source: str, row: Mapping[str, Any]) -> Corrected:
    document, facts = exported(row, row["text"])
    if "entities" not in row:
        raise TaskError("no entities: doccano gives them for projects that use relations")
    regions = [
        Region(str(each["id"]), each["start_offset"], each["end_offset"], each["label"])
        for each in row["entities"]
    ]
    relations = [
        Relation(each["type"], str(each["from_id"]), str(each["to_id"]))
        for each in row["relations"]
    ]
    return Corrected(source, document, row["text"], facts, Markup(regions, relations))
