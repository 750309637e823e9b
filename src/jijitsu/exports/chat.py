"""Instruction pairs for tuning language models: an article, and its facts as JSON.

A row is ``{"messages": [system, user, assistant]}``.  What the assistant says is accepted by
``schema.json``, which is written beside: the part of ``jijitsu schema`` that an article can
answer for.  Fields that come from elsewhere (exchange rates, the entity table, the
extractor's doubts) are left out.
"""

from __future__ import annotations

import json
from typing import Any

from jijitsu.exports.base import Dataset, Example, Export, json_lines
from jijitsu.gold.load import JsonFact
from jijitsu.kinds import FACT, ArticleFacts, dump_fact, dump_json
from jijitsu.regions import DERIVED

SYSTEM = (
    "You extract facts from Japanese technology news. Answer with one JSON object, "
    '{"facts": [...]}: every amount of money, parameter count, date, duration, percentage, '
    "quantity and name of the article, sorted by place. `text` is quoted from the article; "
    "`start` and `end` count its Unicode code points; numbers are decimal strings."
)


def export(dataset: Dataset) -> Export:
    """Return ``NAME.jsonl`` for each split, and the schema of the answers, ``schema.json``."""
    files = {f"{name}.jsonl": json_lines(map(_row, examples)) for name, examples in dataset.items()}
    schema = json.dumps(answer_schema(), ensure_ascii=False, indent=2)
    files["schema.json"] = schema.encode() + b"\n"
    return Export(files)


def answer_schema() -> dict[str, Any]:
    """Return the JSON Schema of ``{"facts": [...]}``."""
    schema = ArticleFacts.model_json_schema(mode="serialization")
    del schema["properties"]["document"], schema["$defs"]["Document"]
    schema["required"].remove("document")
    return schema | {"title": "Facts", "description": "The facts of one article."}


def _row(example: Example) -> dict[str, Any]:
    published = example.document.get("published") or "unknown"
    answer = {"facts": [_said(fact) for fact in example.facts]}
    return {
        "messages": [
            {"role": "system", "content": SYSTEM},
            {"role": "user", "content": f"published: {published}\n\n{example.text}"},
            {"role": "assistant", "content": dump_json(answer)},
        ]
    }


def _said(fact: JsonFact) -> dict[str, Any]:
    said = {key: value for key, value in fact.items() if key not in DERIVED | {"optional"}}
    return dump_fact(FACT.validate_python(said))
