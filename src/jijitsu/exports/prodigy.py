"""Prodigy: JSON Lines of tasks, as its documentation of the interfaces describes them.

For ``spans.manual`` and ``rel.manual``: tokens, spans on tokens, relations between the last
tokens of spans.  Tokens are the words of :mod:`jijitsu.exports.words` and the white space
between them.  Prodigy keeps keys that it does not know: a span's ``id`` and ``fields``, and
``jijitsu`` with the document and the facts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from jijitsu.exports.base import Dataset, Example, Export, Problem, json_lines
from jijitsu.exports.words import Span, find_words, fit, words_of
from jijitsu.regions import Region, mark_up


def export(dataset: Dataset) -> Export:
    """Return ``NAME.jsonl`` for each split."""
    result = Export()
    for name, examples in dataset.items():
        rows = []
        for example in examples:
            row, problems = _task(example, name)
            rows.append(row)
            result.problems += problems
        result.files[f"{name}.jsonl"] = json_lines(rows)
    return result


def _task(example: Example, split: str) -> tuple[dict[str, Any], list[Problem]]:
    words, problems = fit(example, split, list(_with_space(example.text)))
    markup = mark_up(example.facts)
    spans = {region.id: _span(region, words) for region in markup.regions}
    task = {
        "text": example.text,
        "tokens": list(_tokens(example.text, words)),
        "spans": list(spans.values()),
        "relations": [
            {
                "label": relation.name,
                "head": spans[relation.source]["token_end"],
                "child": spans[relation.target]["token_end"],
                "head_span": _bare(spans[relation.source]),
                "child_span": _bare(spans[relation.target]),
            }
            for relation in markup.relations
        ],
        "jijitsu": {"document": example.document, "facts": example.facts},
    }
    return task, problems


def _with_space(text: str) -> Iterator[Span]:
    """Yield words and what is between them, so that they add up to the text."""
    position = 0
    for start, end in [*find_words(text), (len(text), len(text))]:
        if position < start:
            yield position, start
        if start < end:
            yield start, end
        position = end


def _tokens(text: str, words: Sequence[Span]) -> Iterator[dict[str, Any]]:
    for number, (start, end) in enumerate(words):
        yield {"text": text[start:end], "start": start, "end": end, "id": number, "ws": False}


def _span(region: Region, words: Sequence[Span]) -> dict[str, Any]:
    places = words_of({"start": region.start, "end": region.end}, words)
    return {
        "start": region.start,
        "end": region.end,
        "token_start": places[0],
        "token_end": places[-1],
        "label": region.label,
        "id": region.id,
        "fields": region.fields,
    }


def _bare(span: dict[str, Any]) -> dict[str, Any]:
    return {key: span[key] for key in ("start", "end", "token_start", "token_end", "label")}
