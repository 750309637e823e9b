"""The first engine: names that the entity table knows, as whole words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from jijitsu.model import Mention, Text
from jijitsu.names.table import Entity, Form, entity_table
from jijitsu.names.words import (
    NOT_BEHIND,
    is_in_address,
    is_whole_word,
    product_end,
    versioned_end,
)
from jijitsu.tokens import Tokens

_SENTENCE_END = re.compile(r"[。\n]")
_CONTEXT_WINDOW = 80


class Candidate(NamedTuple):
    """A form found in the text, its span grown to the whole name."""

    start: int
    end: int
    form: Form
    grown: bool


class DictionaryEngine:
    """Finds the table's forms; an ambiguous one only where the article bears it out."""

    def find(self, text: Text, tokens: Tokens) -> list[Mention]:
        """Return the names, sorted by start; they do not overlap."""
        candidates = list(self.candidates(text.norm, tokens))
        certain = {c.form.entity for c in candidates if not c.form.ambiguous}
        return [
            Mention(
                "entity",
                c.start,
                c.end,
                {
                    "type": _type_of(c),
                    "name": text.norm[c.start : c.end] if c.grown else c.form.entity.name,
                    "entity_id": None if c.grown else c.form.entity.id,
                },
            )
            for c in candidates
            if not c.form.ambiguous
            or c.form.entity in certain
            or has_context(text.norm, c.start, c.end, c.form.entity)
        ]

    def candidates(self, norm: str, tokens: Tokens) -> Iterator[Candidate]:
        """Yield the longest form at each place, from left to right, ambiguous ones too."""
        table = entity_table()
        beginnings = table.beginnings
        lowered = lower_case(norm)
        position = 0
        for index in range(len(tokens)):
            # A name begins where a token does.  Most tokens begin none: those are out at once.
            starts = tokens.columns(index).starts
            for start in [at for at in starts if lowered[at : at + 2] in beginnings]:
                if start < position:
                    continue
                for end, form in table.longest_at(norm, lowered, start):
                    candidate = _whole(norm, tokens, start, end, form)
                    if candidate is not None:
                        yield candidate
                        position = candidate.end
                        break


def lower_case(norm: str) -> str:
    """Return the text in lower case, at the same length."""
    lowered = norm.lower()
    # A few letters grow in lower case (İ); then only exact case is looked for.
    return lowered if len(lowered) == len(norm) else norm


def has_context(norm: str, start: int, end: int, entity: Entity) -> bool:
    """Whether a word that settles the entity's ambiguous forms stands in the sentence."""
    if not entity.context:
        return False
    before = norm[max(0, start - _CONTEXT_WINDOW) : start]
    behind = norm[end : end + _CONTEXT_WINDOW]
    sentence = _SENTENCE_END.split(before)[-1] + "\ufffc" + _SENTENCE_END.split(behind)[0]
    return any(word in sentence for word in entity.context)


def _whole(norm: str, tokens: Tokens, start: int, end: int, form: Form) -> Candidate | None:
    """Return the candidate, grown by its version, if it stands as a whole word."""
    grown = end
    if norm[end - 1].isascii():
        if is_in_address(norm, end):
            return None
        grown = (
            product_end(norm, end) if form.entity.type == "product" else versioned_end(norm, end)
        )
    if not is_whole_word(norm, tokens, start, grown):
        return None
    condition = NOT_BEHIND.get(form.entity.type)
    if condition and condition.match(norm, grown):
        return None
    return Candidate(start, grown, form, grown > end)


def _type_of(candidate: Candidate) -> str:
    """A company's name with a version behind it is a product's (DeepSeek-R1)."""
    return "product" if candidate.grown else candidate.form.entity.type
