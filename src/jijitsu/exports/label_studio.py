"""Label Studio: tasks with predictions, and the labelling interface for them.

A task's ``data`` holds the text, and under ``jijitsu`` the document and the facts; Label
Studio gives it back as it was.  Facts are predictions, regions of the control ``label``;
what each says (value, currency, name …) is in the region's own text field ``fields``, as JSON
that annotators can correct.  Relations have the names of :data:`jijitsu.regions.REFERENCES`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any
from xml.etree import ElementTree as ET

from jijitsu.exports.base import Dataset, Example, Export
from jijitsu.kinds import dump_json
from jijitsu.regions import LABELS, REFERENCES, Region, Relation, mark_up

TEXT, LABEL, FIELDS = "text", "label", "fields"
"""Names of the interface's object and controls."""


def export(dataset: Dataset) -> Export:
    """Return ``NAME.json`` for each split, and ``config.xml``, the labelling interface."""
    files = {
        f"{name}.json": _dump([_task(example) for example in examples])
        for name, examples in dataset.items()
    }
    files["config.xml"] = interface().encode()
    return Export(files)


def interface() -> str:
    """Return the labelling interface, to be pasted into the project's settings."""
    view = ET.Element("View")
    labels = ET.SubElement(view, "Labels", name=LABEL, toName=TEXT)
    for label in LABELS:
        ET.SubElement(labels, "Label", value=label)
    relations = ET.SubElement(view, "Relations")
    for name in REFERENCES:
        ET.SubElement(relations, "Relation", value=name)
    ET.SubElement(view, "Text", name=TEXT, value=f"${TEXT}")
    ET.SubElement(
        view,
        "TextArea",
        name=FIELDS,
        toName=TEXT,
        perRegion="true",
        editable="true",
        maxSubmissions="1",
        displayMode="region-list",
    )
    ET.indent(view)
    return ET.tostring(view, encoding="unicode") + "\n"


def _dump(tasks: list[dict[str, Any]]) -> bytes:
    return json.dumps(tasks, ensure_ascii=False, indent=1).encode() + b"\n"


def _task(example: Example) -> dict[str, Any]:
    markup = mark_up(example.facts)
    result = [part for region in markup.regions for part in _region(region, example.text)]
    result += [_relation(relation) for relation in markup.relations]
    return {
        "data": {
            TEXT: example.text,
            "jijitsu": {"document": example.document, "facts": example.facts},
        },
        "predictions": [{"model_version": f"jijitsu {version('jijitsu')}", "result": result}],
    }


def _region(region: Region, text: str) -> Iterator[dict[str, Any]]:
    place = {"start": region.start, "end": region.end}
    shared = {"id": region.id, "to_name": TEXT}
    quoted = {**place, "text": text[region.start : region.end], "labels": [region.label]}
    yield {**shared, "from_name": LABEL, "type": "labels", "value": quoted}
    if region.fields:
        said = {**place, "text": [dump_json(region.fields)]}
        yield {**shared, "from_name": FIELDS, "type": "textarea", "value": said}


def _relation(relation: Relation) -> dict[str, Any]:
    return {
        "type": "relation",
        "from_id": relation.source,
        "to_id": relation.target,
        "direction": "right",
        "labels": [relation.name],
    }
