"""Articles that are nearly the same: agencies' reports, corrected versions, translations' copies.

Two articles are near-duplicates where their sets of :data:`SHINGLE` characters in a row,
after Unicode's NFKC and without white space, have a Jaccard similarity of at least
:data:`THRESHOLD`.  MinHash finds the candidates, and each pair of them is then measured.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from jijitsu.exports.base import Example, ExtraMissingError

SHINGLE = 5
"""Characters in a row that are compared."""
THRESHOLD = 0.5
"""The least similarity of near-duplicates; different reports of one event have some 0.15."""

_PERMUTATIONS = 128
# MinHash estimates; with so much leeway a pair at the threshold is a candidate almost surely.
_CANDIDATES = 0.3
_BLANK = re.compile(r"\s+")


def group_duplicates(examples: Sequence[Example]) -> list[list[int]]:
    """Return the places of the examples in groups: near-duplicates, and theirs, are together.

    Every place stands in one group; groups and places are in order.

    Raises:
        ExtraMissingError: datasketch is not installed.
    """
    shingles = [_shingles(example.text) for example in examples]
    leaders = list(range(len(examples)))

    def leader(place: int) -> int:
        while leaders[place] != place:
            place = leaders[place]
        return place

    for first, second in _candidates(shingles):
        if _similarity(shingles[first], shingles[second]) >= THRESHOLD:
            low, high = sorted((leader(first), leader(second)))
            leaders[high] = low
    groups: dict[int, list[int]] = {}
    for place in range(len(examples)):
        groups.setdefault(leader(place), []).append(place)
    return list(groups.values())


def _candidates(shingles: Sequence[frozenset[str]]) -> Iterator[tuple[int, int]]:
    """Yield pairs that may be near-duplicates, the earlier one first."""
    try:
        from datasketch import MinHash, MinHashLSH  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise ExtraMissingError(
            f"--split needs datasketch ({error}); install with: pip install 'jijitsu[export]'"
        ) from error
    seen = MinHashLSH(threshold=_CANDIDATES, num_perm=_PERMUTATIONS)
    for place, each in enumerate(shingles):
        hashed = MinHash(num_perm=_PERMUTATIONS, seed=1)
        hashed.update_batch([shingle.encode() for shingle in each])
        yield from ((other, place) for other in sorted(seen.query(hashed)))
        seen.insert(place, hashed)


def _shingles(text: str) -> frozenset[str]:
    plain = _BLANK.sub("", unicodedata.normalize("NFKC", text))
    return frozenset(plain[at : at + SHINGLE] for at in range(max(1, len(plain) - SHINGLE + 1)))


def _similarity(first: frozenset[str], second: frozenset[str]) -> float:
    return len(first & second) / len(first | second)
