"""The second engine: GiNZA's named entities, its labels mapped to our types.

It is slow (about 2,000 characters a second) and takes part only where asked for; spaCy and
the model are imported when the engine is made.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any, NamedTuple, get_args

from jijitsu.kinds import EntityType
from jijitsu.model import Mention, Text
from jijitsu.names import EngineUnavailableError
from jijitsu.names.dictionary import lower_case
from jijitsu.names.table import Entity, entity_table
from jijitsu.names.words import is_whole_word, product_end, versioned_end
from jijitsu.tables import TableError, load_csv
from jijitsu.tokens import Tokens

MODEL = "ja_ginza"
# SudachiPy refuses a text above 49,149 bytes; a piece of so many characters is far below that,
# and the network's memory for it, about 50 KB a character, stays small.
MAX_PIECE = 2_000
LABELS_TABLE = "ginza_labels.csv"
# Nothing here feeds the entity recognizer, except that the parser's sentence borders end its
# names; lines do that here, and find more of them.
_UNUSED_PIPES = (
    "parser", "attribute_ruler", "morphologizer", "compound_splitter", "bunsetu_recognizer",
)  # fmt: skip
# spaCy keeps every word that it meets; behind so many new ones the model is loaded afresh.
_MAX_NEW_STRINGS = 300_000
_SENTENCE_END = re.compile("[。！？!?]")
# A name and its gloss in brackets are two names; no name crosses a line or a table's cell.
_PART = re.compile(r"[^\n|()\[\]{}<>「」『』【】《》〈〉]+")
_EDGE = " \t\u3000、。,.:;・…~*#_/\\\"'“”‘’\ufffc-"
# An amount, or no letter at all.
_NUMERIC = re.compile("[約計]?[0-9][0-9,.]*[十百千万億兆%人個円元]|[^A-Za-zÀ-ÿぁ-ヺ一-龥々가-힣]*$")


class _Labelled(NamedTuple):
    """An entity as GiNZA gives it, its label mapped."""

    start: int
    end: int
    type: EntityType


class GinzaEngine:
    """Finds what GiNZA finds; what the entity table knows has the table's name and type."""

    def __init__(self) -> None:
        """Load the model.

        Raises:
            EngineUnavailableError: GiNZA, its model or spaCy is not installed.
            TableError: the table of labels can't be used.
        """
        self._types = label_types()
        self._load()

    def _load(self) -> None:
        try:
            import_module("ginza")
            import_module(MODEL)
            self._nlp: Any = import_module("spacy").load(MODEL, exclude=_UNUSED_PIPES)
        except ImportError as error:
            raise EngineUnavailableError(
                f"the engine ginza is not installed ({error}); "
                "install with: pip install 'jijitsu[ginza]'"
            ) from error
        self._full = len(self._nlp.vocab.strings) + _MAX_NEW_STRINGS

    def find(self, text: Text, tokens: Tokens) -> list[Mention]:
        """Return the names, sorted by start; they do not overlap."""
        norm = text.norm
        mentions: list[Mention] = []
        for entity in self._entities(norm):
            for start, end in name_spans(norm, entity.start, entity.end):
                mention = _mention(norm, start, end, entity.type)
                free = not mentions or mentions[-1].end <= mention.start
                if free and is_whole_word(norm, tokens, mention.start, mention.end):
                    mentions.append(mention)
        return mentions

    def _entities(self, norm: str) -> Iterator[_Labelled]:
        if len(self._nlp.vocab.strings) > self._full:
            self._load()
        for batch in batches(norm):
            for document, offset in self._nlp.pipe(batch, as_tuples=True):
                for entity in document.ents:
                    type_ = self._types.get(entity.label_)
                    if type_ is not None:
                        start, end = entity.start_char, entity.end_char
                        yield _Labelled(offset + start, offset + end, type_)


@functools.cache
def label_types() -> dict[str, EntityType]:
    """Return GiNZA's label → our type, of the labels that are names.

    Raises:
        TableError: an unknown type, or a label that stands twice.
    """
    types: dict[str, EntityType] = {}
    for row in load_csv(LABELS_TABLE, ("label", "type")):
        label, type_ = row["label"], row["type"]
        if type_ not in get_args(EntityType):
            raise TableError(LABELS_TABLE, label, f"unknown type {type_!r}")
        if label in types:
            raise TableError(LABELS_TABLE, label, "the label stands twice")
        types[label] = type_  # type: ignore[assignment]
    return types


def batches(norm: str, limit: int = MAX_PIECE) -> Iterator[list[tuple[str, int]]]:
    """Yield the pieces that go through the network together, as many as keep to the limit."""
    batch: list[tuple[str, int]] = []
    for piece, offset in pieces(norm, limit):
        if batch and offset + len(piece) - batch[0][1] > limit:
            yield batch
            batch = []
        batch.append((piece, offset))
    if batch:
        yield batch


def pieces(norm: str, limit: int = MAX_PIECE) -> Iterator[tuple[str, int]]:
    r"""Yield the lines that are not blank, with their offsets.

    One above the limit (in characters) is cut behind a sentence's end, else anywhere.

    >>> list(pieces("一行。\n\n二行目。三文。", limit=5))
    [('一行。', 0), ('二行目。', 5), ('三文。', 9)]
    """
    start = 0
    while start < len(norm):
        newline = norm.find("\n", start, start + limit + 1)
        if newline >= 0:
            end = newline
        elif len(norm) - start <= limit:
            end = len(norm)
        else:
            end = _cut(norm, start, start + limit)
        if not norm[start:end].isspace() and end > start:
            yield norm[start:end], start
        start = end + (newline >= 0)


def _cut(norm: str, start: int, end: int) -> int:
    """Return the end of the last sentence in the span, else the span's own."""
    ends = [found.end() for found in _SENTENCE_END.finditer(norm, start, end)]
    return ends[-1] if ends else end


def name_spans(norm: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    r"""Yield the names in an entity's span: its parts between brackets, their edges bare.

    >>> norm = "「天猫(Tmall)」、計26万\n"
    >>> [norm[slice(*span)] for span in name_spans(norm, 0, len(norm))]
    ['天猫', 'Tmall']
    """
    for part in _PART.finditer(norm, start, end):
        words = part[0].strip(_EDGE)
        if words and not _NUMERIC.match(words):
            first = part.start() + part[0].index(words)
            yield first, first + len(words)


def _mention(norm: str, start: int, end: int, type_: EntityType) -> Mention:
    """Return the mention, grown by the version behind it as the dictionary's names are."""
    known = _known(norm[start:end])
    if known is not None:
        type_ = known.type
    grown = end
    if norm[end - 1].isascii():
        grown = product_end(norm, end) if type_ == "product" else versioned_end(norm, end)
    if grown > end:
        return Mention("entity", start, grown, {"type": "product", "name": norm[start:grown]})
    name = norm[start:end] if known is None else known.name
    return Mention("entity", start, end, {"type": type_, "name": name})


def _known(surface: str) -> Entity | None:
    """Return the table's entity that is written so, if the form is not ambiguous."""
    for end, form in entity_table().longest_at(surface, lower_case(surface), 0):
        if end == len(surface):
            return None if form.ambiguous else form.entity
    return None
