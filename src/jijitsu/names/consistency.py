"""One article, one reading: a name found once is a name everywhere, of one type."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
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
    taken = sorted((name.start, name.end) for name in kept)
    for surface in sorted(types, key=lambda s: (-len(s), s)):
        if _SEARCHABLE.fullmatch(surface):
            kept += _repeats(norm, tokens, surface, types[surface], taken)
    return sorted(kept)


def _types(
    norm: str, names: Sequence[Name], candidates: Sequence[Candidate]
) -> dict[str, str]:
    """Return each surface's type: what most of its mentions say, and in a tie the table."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        votes[norm[name.start : name.end]][name.type] += 1
    known = {norm[c.start : c.end]: c.form.entity.type for c in candidates if not c.form.ambiguous}
    return {
        surface: max(
            counter, key=lambda kind: (counter[kind], known.get(surface) == kind, kind)
        )
        for surface, counter in votes.items()
    }


def _repeats(
    norm: str, tokens: Tokens, surface: str, kind: str, taken: list[tuple[int, int]]
) -> list[Name]:
    found = []
    position = norm.find(surface)
    while position >= 0:
        end = position + len(surface)
        if _is_free(taken, position, end) and is_whole_word(norm, tokens, position, end):
            condition = NOT_BEHIND.get(kind)
            if not (condition and condition.match(norm, end)):
                found.append(Name(position, end, kind))
                taken.insert(bisect_right(taken, (position, end)), (position, end))
        position = norm.find(surface, end)
    return found


def _is_free(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    index = bisect_right(taken, (start, end))
    before = index == 0 or taken[index - 1][1] <= start
    return before and (index == len(taken) or taken[index][0] >= end)
