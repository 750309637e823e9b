"""Normalization that never loses offsets: from the raw article to :class:`Text`.

The normalized text is what NFKC makes of the article, character cluster by character
cluster (full-width and half-width forms, ㌦ ㌔ ㍻, letters with separate marks), with these
exceptions, which NFKC would turn into other numbers or other words: circled, superscript
and subscript characters, vulgar fractions and the ellipsis stay as they are.  What is no prose
is masked (:mod:`jijitsu.markup`); control characters and lone surrogates become blanks, and
blanks at the end fall away.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from jijitsu.markup import Region, find_regions
from jijitsu.model import Text

_KEPT = frozenset({"<circle>", "<super>", "<sub>", "<fraction>"})
_KEPT_CHARACTERS = "…‥"


class _FoldTable(dict[int, str]):
    """Character → normalized character, filled as characters are met.

    Bounded by the number of code points.  A character whose normal form is longer maps to
    itself and is remembered in ``clusters``.
    """

    def __init__(self) -> None:
        super().__init__()
        self.clusters: set[str] = set()

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = _fold_character(character)
        if len(folded) != 1 or unicodedata.combining(character) or character in "ﾞﾟ":
            self.clusters.add(character)
            folded = character
        self[code] = folded
        return folded


def _fold_character(character: str) -> str:
    if character in _KEPT_CHARACTERS:
        return character
    if unicodedata.category(character) in {"Cc", "Cs"}:
        return character if character == "\n" else " "
    if unicodedata.decomposition(character).partition(" ")[0] in _KEPT:
        return character
    folded = unicodedata.normalize("NFKC", character)
    # ~ (of ～) and 〜 mean the same between two numbers, and so do the minus signs.
    return {"〜": "~", "−": "-", "‐": "-", "‑": "-", "‒": "-"}.get(folded, folded)


_FOLD = _FoldTable()
# All but these may change; most text is made of these alone, and is not looked up one by one.
_CHANGEABLE = re.compile("[^\n -~ぁ-ゖァ-ヺー一-龥々、。「」『』・]+")


def _folded(found: re.Match[str]) -> str:
    return found[0].translate(_FOLD)


def fold(words: str) -> str:
    """Return a table's words as the normalized text would write them."""
    if not _CHANGEABLE.search(words):
        return words
    folded = words.translate(_FOLD)
    return unicodedata.normalize("NFKC", folded) if _FOLD.clusters.intersection(folded) else folded


def normalize(raw: str) -> Text:
    """Return the article's normalized text with its way back.

    >>> text = normalize("約５３億㌦を")
    >>> text.norm, text.raw_span(1, 6)
    ('約53億ドルを', (1, 5))
    """
    changeable = "".join(_CHANGEABLE.findall(raw))
    folded = _CHANGEABLE.sub(_folded, raw) if changeable else raw
    regions = find_regions(raw)
    specials = _FOLD.clusters.intersection(changeable)
    if specials:
        clusters = _clusters(raw, specials)
        regions = list(_merge(regions, clusters)) if regions else list(clusters)
    if not regions:
        return Text(raw, folded.rstrip())
    return _assemble(raw, folded, regions)


def _clusters(raw: str, specials: set[str]) -> Iterator[Region]:
    """Yield the clusters that NFKC changes as a whole: long forms, letters with marks."""
    one = "[" + re.escape("".join(sorted(specials))) + "]"
    marks = "".join(sorted(c for c in specials if unicodedata.combining(c) or c in "ﾞﾟ"))
    pattern = f".[{re.escape(marks)}]+|{one}" if marks else one
    for found in re.finditer(pattern, raw, re.DOTALL):
        cluster = "".join(map(_fold_character, found[0]))
        folded = unicodedata.normalize("NFC", cluster)
        yield Region(found.start(), found.end(), folded)


def _merge(regions: list[Region], clusters: Iterable[Region]) -> Iterator[Region]:
    """Merge the clusters that lie outside the masked regions into them, in order."""
    waiting = iter(regions)
    region = next(waiting, None)
    for cluster in clusters:
        while region is not None and region.end <= cluster.start:
            yield region
            region = next(waiting, None)
        if region is None or cluster.end <= region.start:
            yield cluster
    while region is not None:
        yield region
        region = next(waiting, None)


def _assemble(raw: str, folded: str, regions: list[Region]) -> Text:
    pieces: list[str] = []
    norm_starts: list[int] = []
    raw_starts: list[int] = []
    raw_lengths: list[int] = []
    length = position = 0

    def append(piece: str, raw_start: int, raw_length: int) -> None:
        nonlocal length
        if piece:
            pieces.append(piece)
            norm_starts.append(length)
            raw_starts.append(raw_start)
            raw_lengths.append(raw_length)
            length += len(piece)

    for region in regions:
        append(folded[position : region.start], position, 0)
        # A character that HTML writes as &#…; is folded as any other.
        append(fold(region.replacement), region.start, region.end - region.start)
        position = region.end
    append(folded[position:], position, 0)
    return Text(
        raw, "".join(pieces).rstrip(), tuple(norm_starts), tuple(raw_starts), tuple(raw_lengths)
    )
