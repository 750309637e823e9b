"""doccano: JSON Lines for a sequence labelling project with relations.

Regions are ``entities``, in code points (leave "count grapheme clusters as one character"
off), and relations are by id.  doccano keeps other keys as an example's metadata and gives
them back: under ``jijitsu`` are the document and the facts, values included.
``label_config.json`` and ``relation_config.json`` define the project's labels.
"""

from __future__ import annotations

import json
from typing import Any

from jijitsu.exports.base import Dataset, Example, Export, json_lines
from jijitsu.regions import LABELS, REFERENCES, mark_up

# Colours that text is readable on, one after the other.
_COLOURS = ("#b7e4c7", "#e0c3fc", "#bde0fe", "#a9def9", "#ffe8a3", "#dee2e6", "#ffc9c9",
            "#ffd6e0", "#d8f3dc", "#f8d49d", "#cddafd")  # fmt: skip


def export(dataset: Dataset) -> Export:
    """Return ``NAME.jsonl`` for each split, and the definitions of the labels."""
    files = {f"{name}.jsonl": json_lines(map(_row, examples)) for name, examples in dataset.items()}
    files["label_config.json"] = _config(LABELS)
    files["relation_config.json"] = _config(REFERENCES)
    return Export(files)


def _row(example: Example) -> dict[str, Any]:
    markup = mark_up(example.facts)
    numbers = {region.id: number for number, region in enumerate(markup.regions)}
    return {
        "text": example.text,
        "entities": [
            {
                "id": numbers[region.id],
                "start_offset": region.start,
                "end_offset": region.end,
                "label": region.label,
            }
            for region in markup.regions
        ],
        "relations": [
            {
                "id": number,
                "from_id": numbers[relation.source],
                "to_id": numbers[relation.target],
                "type": relation.name,
            }
            for number, relation in enumerate(markup.relations)
        ],
        "jijitsu": {"document": example.document, "facts": example.facts},
    }


def _config(names: Any) -> bytes:
    labels = [
        {"text": name, "background_color": colour, "text_color": "#000000"}
        for name, colour in zip(names, _COLOURS, strict=False)
    ]
    return json.dumps(labels, ensure_ascii=False, indent=2).encode() + b"\n"
