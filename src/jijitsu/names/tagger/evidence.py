"""What the tables say of each word: the tagger's strongest feature, and no verdict."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence

from jijitsu.names.dictionary import Candidate, has_context
from jijitsu.names.tagger.terms import term_tags
from jijitsu.names.tagger.words import Word

NOTHING = "-"


def word_evidence(
    norm: str, words: Sequence[Word], candidates: Sequence[Candidate]
) -> list[str]:
    """Return a tag per word: ``B``/``I``, the entity's type, and how sure the form is.

    A word that no form of the table covers may be part of a term that is no name.

    ``candidates`` are sorted by start.  A form is ``?`` where it is ambiguous and nothing
    in the article bears it out.
    """
    evidence = [tag or NOTHING for tag in term_tags(norm, words)]
    if not words:
        return evidence
    starts = [word.start for word in words]
    certain = {c.form.entity for c in candidates if not c.form.ambiguous}
    first = bisect_left(candidates, words[0].start, key=_start)
    last = bisect_right(candidates, words[-1].end, key=_start)
    for candidate in candidates[first:last]:
        tag = candidate_tag(norm, candidate, certain)
        begin = bisect_left(starts, candidate.start)
        for index in range(begin, len(words)):
            if words[index].start >= candidate.end:
                break
            evidence[index] = ("B-" if index == begin else "I-") + tag
    return evidence


def candidate_tag(norm: str, candidate: Candidate, certain: Collection[object]) -> str:
    """Return the type of a candidate's entity, with its sureness."""
    kind = "product" if candidate.grown else candidate.form.entity.type
    if not candidate.form.ambiguous:
        return kind + ("+" if candidate.grown else "")
    borne_out = candidate.form.entity in certain or has_context(
        norm, candidate.start, candidate.end, candidate.form.entity
    )
    return kind + ("!" if borne_out else "?")


def _start(candidate: Candidate) -> int:
    return candidate.start


def without(candidates: Iterable[Candidate], struck: Collection[str]) -> list[Candidate]:
    """Return the candidates whose entity's name is not among those struck from the table."""
    return [c for c in candidates if c.form.entity.name not in struck]
