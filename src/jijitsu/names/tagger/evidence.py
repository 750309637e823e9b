"""What the tables say of each word: the tagger's strongest feature, and no verdict."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence

from jijitsu.names.dictionary import Candidate, has_context, lower_case
from jijitsu.names.tagger.terms import term_tags
from jijitsu.names.tagger.words import Words


class Evidence:
    """What the entity table says of one article, asked for some of its words at a time."""

    def __init__(self, norm: str, candidates: Sequence[Candidate]) -> None:
        """Tag the candidates, which are sorted by start, once for the whole article."""
        self._lowered = lower_case(norm)
        certain = {c.form.entity for c in candidates if not c.form.ambiguous}
        self._starts = [candidate.start for candidate in candidates]
        self._ends = [candidate.end for candidate in candidates]
        self._tags = [candidate_tag(norm, candidate, certain) for candidate in candidates]

    def of(self, words: Words) -> list[str]:
        """Return a tag per word: ``B``/``I``, the entity's type, and how sure the form is.

        A word that no form of the table covers may be part of a term that is no name.
        """
        evidence = term_tags(self._lowered, words)
        starts = words.starts
        first = bisect_left(self._starts, starts[0])
        last = bisect_left(self._starts, words.ends[-1])
        for number in range(first, last):
            begin = bisect_left(starts, self._starts[number])
            end = bisect_left(starts, self._ends[number])
            sentence = bisect_right(words.borders, bisect_right(starts, self._starts[number]) - 1)
            end = min(end, words.borders[sentence])
            for index in range(begin, end):
                evidence[index] = ("B-" if index == begin else "I-") + self._tags[number]
        return evidence


def candidate_tag(norm: str, candidate: Candidate, certain: Collection[object]) -> str:
    """Return the type of a candidate's entity, with its sureness.

    A form is ``?`` where it is ambiguous and nothing in the article bears it out, ``!``
    where something does, and ``+`` where a version made the name longer.
    """
    kind = "product" if candidate.grown else candidate.form.entity.type
    if not candidate.form.ambiguous:
        return kind + ("+" if candidate.grown else "")
    borne_out = candidate.form.entity in certain or has_context(
        norm, candidate.start, candidate.end, candidate.form.entity
    )
    return kind + ("!" if borne_out else "?")


def without(candidates: Iterable[Candidate], struck: Collection[str]) -> list[Candidate]:
    """Return the candidates whose entity's name is not among those struck from the table."""
    return [c for c in candidates if c.form.entity.name not in struck]
