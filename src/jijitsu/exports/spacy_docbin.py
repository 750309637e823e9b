"""spaCy's binary format, for ``spacy train``: entities (``ner``) and all spans (``spancat``).

Words are those of ``spacy.blank("ja")``, cut where a fact begins or ends within one.  When
spaCy trains, it aligns these with its own uncut words and leaves what does not fit out of
the loss; it is not taught that there is nothing.

``doc.ents`` holds facts that don't overlap, ``doc.spans["sc"]`` (the key that spaCy's own
configurations use) holds all; a span's ``id_`` is its fact's id.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from jijitsu.article import ArticleError
from jijitsu.exports.base import Dataset, Example, Export, ExtraMissingError, Problem
from jijitsu.exports.words import Fitted, fit, flatten
from jijitsu.gold.load import JsonFact
from jijitsu.regions import label_of

SPANS_KEY = "sc"


def export(dataset: Dataset) -> Export:
    """Return ``NAME.spacy`` for each split.

    Raises:
        ExtraMissingError: spaCy or its Japanese tokenizer is not installed.
    """
    try:
        spacy = import_module("spacy")
        nlp = spacy.blank("ja")
    except ImportError as error:
        raise ExtraMissingError(
            f"the format spacy needs spaCy and SudachiPy ({error}); "
            "install with: pip install 'jijitsu[spacy]'"
        ) from error
    result = Export()
    for name, examples in dataset.items():
        docs = spacy.tokens.DocBin(store_user_data=True)
        for example in examples:
            try:
                doc, problems = _make_doc(nlp, example, name)
            except Exception as error:  # noqa: BLE001 - SudachiPy's own class, for a long text
                reason = f"the tokenizer of spaCy refuses it: {error}"
                result.failed.append(ArticleError(example.id, reason))
                continue
            docs.add(doc)
            result.problems += problems
        result.files[f"{name}.spacy"] = docs.to_bytes()
    return result


def _make_doc(nlp: Any, example: Example, split: str) -> tuple[Any, list[Problem]]:
    tokenized = nlp.make_doc(example.text)
    words = [(token.idx, token.idx + len(token)) for token in tokenized]
    fitted = fit(example, split, words)
    doc = _rebuild(nlp, example, fitted)
    flat, nested = flatten(example, split)
    doc.set_ents([_span(doc, fact) for fact in flat])
    doc.spans[SPANS_KEY] = [_span(doc, fact) for fact in example.facts]
    return doc, fitted.problems + nested


def _rebuild(nlp: Any, example: Example, fitted: Fitted) -> Any:
    """Return the document with the cut words; its text is the article's, to the character."""
    doc_class = import_module("spacy.tokens").Doc
    text, words = example.text, fitted.words
    doc = doc_class(
        nlp.vocab,
        words=[text[start:end] for start, end in words],
        spaces=[
            text[end : end + 1] == " " and not _is_word(words, at, end)
            for at, (_, end) in enumerate(words)
        ],
        user_data={"id": example.id},
    )
    if doc.text != text:
        raise ValueError("its words don't add up to the article")
    return doc


def _is_word(words: list[tuple[int, int]], at: int, end: int) -> bool:
    """Whether the next word begins right at ``end``: then a space there is that word."""
    return at + 1 < len(words) and words[at + 1][0] == end


def _span(doc: Any, fact: JsonFact) -> Any:
    span = doc.char_span(fact["start"], fact["end"], label=label_of(fact), span_id=fact["id"])
    if span is None:
        raise ValueError(f"{fact['text']!r} does not fall on its words")
    return span
