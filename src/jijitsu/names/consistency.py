"""One article, one reading: a name found once is a name everywhere, of one type."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jijitsu.names.dictionary import Candidate
from jijitsu.names.words import NOT_BEHIND, is_whole_word
from jijitsu.tokens import Tokens

# A surface this short, or of hiragana or digits, is too often another word.
_SEARCHABLE = re.compile(r"(?=.*[A-Za-zァ-ヺ一-龥])(?:[!-~À-ÿ ]{3,}|.*[ァ-ヺー]{3,}.*|.{2,})")


class Name(NamedTuple):
    """A name's span in the normalized text and its type."""

    start: int
    end: int
    type: str


def consistent(
    norm: str, tokens: Tokens, names: Sequence[Name], candidates: Sequence[Candidate]
) -> list[Name]:
    """Return the names with one type per surface, and their repeats that were not tagged."""
    types = _types(norm, names, candidates)
    kept = [name._replace(type=types[norm[name.start : name.end]]) for name in names]
    covered = bytearray(len(norm))
    for name in kept:
        covered[name.start : name.end] = b"\1" * (name.end - name.start)
    return sorted([*kept, *_repeats(norm, tokens, types, covered)])


def _types(norm: str, names: Sequence[Name], candidates: Sequence[Candidate]) -> dict[str, str]:
    """Return each surface's type: what most of its mentions say, and in a tie the table."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        votes[norm[name.start : name.end]][name.type] += 1
    for surface in _surnames(votes):
        votes[surface]["person"] += sum(votes[surface].values())
    known = {norm[c.start : c.end]: c.form.entity.type for c in candidates if not c.form.ambiguous}
    return {
        surface: max(counter, key=lambda kind: (counter[kind], known.get(surface) == kind, kind))
        for surface, counter in votes.items()
    }


def _surnames(votes: dict[str, Counter[str]]) -> list[str]:
    """Return the surfaces that end a person's full Latin name (Musk of Elon Musk)."""
    persons = {
        surface.rpartition(" ")[2]
        for surface, counter in votes.items()
        if " " in surface and counter.most_common(1)[0][0] == "person"
    }
    return sorted(persons & votes.keys())


def _repeats(
    norm: str, tokens: Tokens, types: dict[str, str], covered: bytearray
) -> Iterator[Name]:
    """Yield the uncovered repeats of the surfaces, in one pass; the longest at each place."""
    by_beginning: dict[str, list[str]] = {}
    for surface in sorted(types, key=lambda s: (-len(s), s)):
        if _SEARCHABLE.fullmatch(surface):
            by_beginning.setdefault(surface[:2], []).append(surface)
    # A pattern of all surfaces would be made anew for each article, and that takes longer.
    firsts = {beginning[0] for beginning in by_beginning}
    characters = enumerate(norm) if firsts else ()
    position = 0
    for start in [start for start, first in characters if first in firsts]:
        if start < position:
            continue
        for surface in by_beginning.get(norm[start : start + 2], ()):
            end = start + len(surface)
            if not norm.startswith(surface, start) or any(covered[start:end]):
                continue
            if _stands_alone(norm, tokens, start, end, types[surface]):
                yield Name(start, end, types[surface])
                position = end
                break


def _stands_alone(norm: str, tokens: Tokens, start: int, end: int, kind: str) -> bool:
    condition = NOT_BEHIND.get(kind)
    if condition and condition.match(norm, end):
        return False
    return is_whole_word(norm, tokens, start, end)
