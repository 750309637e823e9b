"""What of a raw article is not prose: front matter, tags, URLs, code.

Every article is read the same way, whatever its suffix: a Markdown page holds HTML, a row
of a JSON Lines file holds either.  A region is masked by what takes its place in the
normalized text: nothing where the prose runs on (``<b>``, ``**``), a line break where a
block ends, :data:`MASK` where something unreadable stood in a sentence.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from jijitsu.front_matter import find_front_matter

MASK = "\ufffc"
"""OBJECT REPLACEMENT CHARACTER: stands for a masked URL or piece of code."""


class Region(NamedTuple):
    """The raw span ``[start, end)`` and what stands for it in the normalized text."""

    start: int
    end: int
    replacement: str


_INLINE_TAGS = frozenset(
    "a abbr b bdi bdo big cite data del dfn em font i ins kbd mark nobr q rb ruby s samp small "
    "span strike strong sub sup time tt u var wbr".split()
)
# A row of an HTML table becomes one of a Markdown table.
_CELL_TAGS = frozenset({"td", "th"})
# Elements whose content is no prose.  Only their own end tag closes them (HTML, 13.1.2).
_OPAQUE_TAGS = frozenset({"script", "style", "template", "svg", "code", "pre", "rp", "rt"})

_URL = r"(?:https?|ftp)://[\x21\x23-\x26\x2a-\x3b\x3d\x3f-\x5b\x5d-\x7e]+"
# A block of code in a list is indented as deep as its item.
_INDENT = "[ ]{0,12}"
_START = re.compile(
    rf"""(?=[ <&`~\]*A-Za-z0-9._%+-])(?:
      (?P<comment><!--)
    | (?P<tag></?[A-Za-z][A-Za-z0-9-]{{0,30}}(?=[\s/>]))
    | (?P<declaration><[!?][A-Za-z])
    | (?P<entity>&(?:\#[0-9]{{1,7}}|\#[xX][0-9A-Fa-f]{{1,6}}|[A-Za-z][A-Za-z0-9]{{1,31}});)
    | (?P<fence>^{_INDENT}(?:`{{3,}}|~{{3,}})[^\n`]*$)
    | (?P<code>`{{1,2}}(?=[^`\n]))
    | (?P<target>\]\((?=[^\s()]))
    | (?P<url>{_URL}|(?<![A-Za-z0-9])www\.[A-Za-z0-9][\x21\x23-\x26\x2a-\x3b\x3d\x3f-\x5b\x5d-\x7e]+)
    | (?P<mail>(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{{1,64}}@[A-Za-z0-9-]{{1,63}}(?:\.[A-Za-z0-9-]{{1,63}})+)
    | (?P<strong>\*\*)
    )""",
    re.MULTILINE | re.VERBOSE,
)
# One of these is in every region, so that plain text is passed over quickly; alternatives that
# all begin with a plain character are sought fastest.
_HINT = re.compile(r"<|&|`|@|\*\*|\]\(|://|www\.|~~~")
_FENCE_ENDS = {
    character: re.compile(rf"\n{_INDENT}{character}{{3,}}+[ \t\r]*+$", re.MULTILINE)
    for character in "`~"
}
_TAG_LIMIT = 20_000
_TARGET_LIMIT = 2_000


def find_regions(text: str) -> list[Region]:
    """Return the regions that are no prose, in order, not overlapping; linear in ``text``."""
    regions: list[Region] = []
    position = 0
    front_matter = find_front_matter(text)
    if front_matter is not None:
        position = front_matter.end
        regions.append(Region(0, position, ""))
    if _HINT.search(text, position):
        regions.extend(_Scanner(text, position))
    return regions


class _Scanner:
    """One pass over the text; remembers what is known to have no end, to stay linear."""

    def __init__(self, text: str, position: int) -> None:
        self.text = text
        self.position = position
        self.unclosed: set[str] = set()

    def __iter__(self) -> Iterator[Region]:
        while found := _START.search(self.text, self.position):
            region = self._region(found)
            if region is None:
                self.position = found.end()
            else:
                yield region
                self.position = region.end

    def _region(self, found: re.Match[str]) -> Region | None:
        start, end = found.span()
        match found.lastgroup:
            case "comment":
                return self._until("-->", start, end, "")
            case "declaration":
                return self._until(">", start, end, "", limit=_TAG_LIMIT)
            case "tag":
                return self._tag(found)
            case "entity":
                character = html.unescape(found[0])
                return Region(start, end, character) if character != found[0] else None
            case "fence":
                return self._fenced(found)
            case "code":
                return self._until(found[0], start, end, MASK, limit=_TARGET_LIMIT, line=True)
            case "target":
                return self._until(")", start, end, MASK, limit=_TARGET_LIMIT, line=True)
            case "strong":
                return Region(start, end, "")
        return Region(start, end, MASK)

    def _fenced(self, found: re.Match[str]) -> Region | None:
        character = found[0].lstrip()[0]
        if character in self.unclosed:
            return None
        closing = _FENCE_ENDS[character].search(self.text, found.end())
        if closing is None:
            self.unclosed.add(character)
            return None
        return Region(found.start(), closing.end(), "\n")

    def _tag(self, found: re.Match[str]) -> Region | None:
        start, end = found.span()
        name = found[0].strip("</").lower()
        tag = self._until(">", start, end, "", limit=_TAG_LIMIT)
        if tag is None:
            return None
        if name in _OPAQUE_TAGS and not found[0].startswith("</"):
            closed = self._until_tag(f"</{name}", start, tag.end)
            if closed is not None:
                return closed._replace(replacement="\n" if name == "pre" else MASK)
        if name in _CELL_TAGS:
            return tag._replace(replacement="" if found[0].startswith("</") else "|")
        if name == "tr":
            return tag._replace(replacement="|\n" if found[0].startswith("</") else "")
        return tag._replace(replacement="" if name in _INLINE_TAGS else "\n")

    def _until_tag(self, closing: str, start: int, end: int) -> Region | None:
        region = self._until(closing, start, end, "")
        if region is None:
            return None
        close = self.text.find(">", region.end, region.end + _TARGET_LIMIT)
        return region if close < 0 else region._replace(end=close + 1)

    def _until(  # noqa: PLR0913  one search, whose bounds differ by construct
        self,
        closing: str,
        start: int,
        end: int,
        replacement: str,
        *,
        limit: int | None = None,
        line: bool = False,
    ) -> Region | None:
        """Return the region from ``start`` to behind ``closing``, sought from ``end`` on."""
        if closing in self.unclosed:
            return None
        stop = len(self.text) if limit is None else min(len(self.text), end + limit)
        if line:
            newline = self.text.find("\n", end, stop)
            stop = stop if newline < 0 else newline
        close = self.text.find(closing, end, stop)
        if close < 0:
            if limit is None:
                self.unclosed.add(closing)
            return None
        return Region(start, close + len(closing), replacement)
