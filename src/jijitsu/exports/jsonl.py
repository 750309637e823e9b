"""JSON Lines in the manner of Hugging Face datasets: a file per split, and a dataset card.

A row is ``id``, ``published``, ``title``, ``text`` and ``facts``.  Columnar readers want the
same keys in every row: each fact has all fields that some fact of the dataset has, null where
they are none of its own.  The card declares files and types.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import yaml

from jijitsu.exports.base import Dataset, Example, Export, json_lines
from jijitsu.exports.report import summarize
from jijitsu.gold.load import JsonFact
from jijitsu.kinds import KINDS, Conversion
from jijitsu.regions import LISTS, label_of

# Names of splits as that library has them, where ours differ.
_SPLITS = {"dev": "validation"}
_NUMBERS = {"start": "int64", "end": "int64", "optional": "bool"}


def export(dataset: Dataset) -> Export:
    """Return ``NAME.jsonl`` for each split, and the card, ``README.md``."""
    columns = _columns(
        fact for examples in dataset.values() for each in examples for fact in each.facts
    )
    files = {
        f"{name}.jsonl": json_lines(_row(example, columns) for example in examples)
        for name, examples in dataset.items()
    }
    files["README.md"] = _card(dataset, columns).encode()
    return Export(files)


def _columns(facts: Iterable[JsonFact]) -> list[str]:
    """Return all fields of the facts, in the order of the models."""
    found = {field for fact in facts for field, value in fact.items() if value is not None}
    known = dict.fromkeys(
        field.alias or name
        for model in KINDS.values()
        for name, field in model.model_fields.items()
    )
    first = ["id", "kind", "label", "text", "start", "end"]
    return [*first, *(field for field in [*known, "optional"] if field in found - set(first))]


def _row(example: Example, columns: Sequence[str]) -> dict[str, Any]:
    return {
        "id": example.id,
        "published": example.document.get("published"),
        "title": example.document.get("title"),
        "text": example.text,
        "facts": [_cells(fact, columns) for fact in example.facts],
    }


def _cells(fact: JsonFact, columns: Sequence[str]) -> dict[str, Any]:
    row = {column: fact.get(column) for column in columns}
    row["label"] = label_of(fact)
    if fact.get("converted"):
        row["converted"] = [
            {"currency": currency, **dict.fromkeys(Conversion.model_fields), **conversion}
            for currency, conversion in fact["converted"].items()
        ]
    return row


def _card(dataset: Dataset, columns: Sequence[str]) -> str:
    metadata = {
        "language": ["ja"],
        "task_categories": ["token-classification"],
        "pretty_name": "Facts of Japanese technology news",
        "configs": [
            {
                "config_name": "default",
                "data_files": [
                    {"split": _SPLITS.get(name, name), "path": f"{name}.jsonl"} for name in dataset
                ],
            }
        ],
        "dataset_info": {"features": _features(columns)},
    }
    described = yaml.safe_dump(metadata, allow_unicode=True, sort_keys=False)
    fields = ", ".join(f"`{column}`" for column in columns)
    return f"---\n{described}---\n\n{_CARD.format(table=_table(dataset), fields=fields)}"


def _features(columns: Sequence[str]) -> list[dict[str, Any]]:
    text = [{"name": name, "dtype": "string"} for name in ("id", "published", "title", "text")]
    return [*text, {"name": "facts", "list": [_feature(column) for column in columns]}]


def _feature(column: str) -> dict[str, Any]:
    if column in LISTS:
        return {"name": column, "list": "string"}
    if column == "confidence":
        sure = ("predicate", "subject", "type")
        return {"name": column, "struct": [{"name": f, "dtype": "float64"} for f in sure]}
    if column == "converted":
        fields = ("currency", *Conversion.model_fields)
        return {"name": column, "list": [{"name": f, "dtype": "string"} for f in fields]}
    return {"name": column, "dtype": _NUMBERS.get(column, "string")}


def _table(dataset: Dataset) -> str:
    counts = [[name, *map(str, row)] for name, row in summarize(dataset, (), ()).rows()]
    heads = ["", *(_SPLITS.get(name, name) for name in dataset)]
    rows = [heads, ["---", *("---:" for _ in dataset)], *counts]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


_CARD = """# Facts of Japanese technology news

Articles with the facts in them: amounts of money, dates, durations, percentages, parameter counts, quantities and names,
each with its exact place and a normalized value. Written by `jijitsu export --to jsonl`.

{table}

A row has `id`, `published` (ISO date), `title`, `text` and `facts`. Each fact has {fields}; a field that a kind of fact does
not have is null. `text` of a fact is `article[start:end]`, counted in code points. Numbers are decimal strings. Near-duplicate
articles are in one split.
"""
