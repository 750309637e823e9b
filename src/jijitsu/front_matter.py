"""The front matter of Markdown pages: where it ends, and the title and date in it."""

from __future__ import annotations

import datetime
import re
import reprlib
import tomllib
from dataclasses import dataclass
from typing import Any, Literal

from jijitsu.published import parse_written

MAX_BLOCK = 64 * 1024
"""Characters; a longer block is no front matter (and bounds the work of the parsers)."""

# Both parsers take quadratic time on hostile blocks; longer ones are read line by line.
_MAX_PARSED = 16 * 1024

DATE_KEYS = (
    "date",
    "published",
    "publishedat",
    "publishdate",
    "publicationdate",
    "datepublished",
    "pubdate",
    "created",
    "createdat",
    "datecreated",
)
"""Keys that hold the date of publication, the most telling first, without ``_`` and case."""

_LINE_END = r"(?:\r\n?|\n|\Z)"
_OPENING = re.compile(rf"\ufeff?\s*+(?<![^\r\n\ufeff])(?P<fence>---|\+\+\+)[ \t]*{_LINE_END}")
_CLOSING = {
    fence: re.compile(rf"(?<![^\r\n]){re.escape(fence)}[ \t]*{_LINE_END}")
    for fence in ("---", "+++")
}
# The first line that says something has to be a key's: a rule at the top of a Markdown text
# may be followed by anything, and by another rule.
_BLANKS_AND_COMMENTS = r"(?:\s++|#[^\r\n]*+)*+"
_FIRST_LINE = {
    "---": re.compile(
        _BLANKS_AND_COMMENTS + r"(?:[\w.-]+|\"[^\"\r\n]*\"|'[^'\r\n]*')[ \t]*:(?=\s|\Z)"
    ),
    "+++": re.compile(_BLANKS_AND_COMMENTS + r"(?:(?:[\w.-]+|\"[^\"\r\n]*\")[ \t]*=|\[)"),
}
_KEY_LINE = re.compile(r"^([\"']?)([\w-]+)\1[ \t]*[:=][ \t]*([^\r\n]*)", re.MULTILINE)
# "published: true" says whether a page is public, not since when.
_NO_VALUES = frozenset({"", "~", "null", "none", "true", "false", "yes", "no"})


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A block of front matter: from its opening line to the first character behind it."""

    start: int
    end: int
    syntax: Literal["yaml", "toml"]
    block: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says about itself: its title, and its date as it is written."""

    title: str | None = None
    written: str | None = None

    @property
    def published(self) -> datetime.date | None:
        """The date of publication.

        Raises:
            NotADateError: something stands where the date should, and is none.
        """
        return parse_written(self.written) if self.written is not None else None


def find_front_matter(text: str) -> FrontMatter | None:
    r"""Return the front matter that a text begins with, if it does.

    >>> find_front_matter("---\ntitle: 見出し\n---\n本文").end
    19
    """
    opening = _OPENING.match(text)
    if not opening:
        return None
    fence = opening["fence"]
    closing = _CLOSING[fence].search(text, opening.end(), opening.end() + MAX_BLOCK)
    if not closing:
        return None
    block = text[opening.end() : closing.start()]
    if not _FIRST_LINE[fence].match(block):
        return None
    return FrontMatter(
        start=opening.start("fence"),
        end=closing.end(),
        syntax="yaml" if fence == "---" else "toml",
        block=block,
    )


def read_metadata(front_matter: FrontMatter) -> Metadata:
    """Return the title and the date of a block, which need not be well-formed.

    Many pages carry YAML that no parser accepts (a colon in a bare title); their lines
    are read one by one.
    """
    fields = _parse(front_matter) if len(front_matter.block) <= _MAX_PARSED else None
    if fields is None:
        fields = _read_lines(front_matter.block)
    by_key = {_plain_key(key): value for key, value in reversed(fields.items())}
    dates = (_plain_value(by_key[key]) for key in DATE_KEYS if key in by_key)
    return Metadata(
        title=_plain_value(by_key.get("title")),
        written=next((date for date in dates if date is not None), None),
    )


def _parse(front_matter: FrontMatter) -> dict[str, Any] | None:
    import yaml  # noqa: PLC0415  late: most articles have no front matter

    try:
        if front_matter.syntax == "toml":
            return tomllib.loads(front_matter.block.replace("\r\n", "\n"))
        # The base loader makes strings of all scalars, dates that don't exist too, and
        # shares what aliases name instead of copying it: no block can blow up.
        fields = yaml.load(front_matter.block, Loader=yaml.BaseLoader)  # noqa: S506
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    return fields if isinstance(fields, dict) else None


def _read_lines(block: str) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for line in _KEY_LINE.finditer(block):
        value = line[3].strip()
        if value[:1] in {'"', "'"}:
            value = value[1:].partition(value[0])[0]
        else:
            value = value.partition(" #")[0]
        fields.setdefault(line[2], value)
    return fields


def _plain_key(key: object) -> str:
    return str(key).lower().replace("_", "").replace("-", "")


def _plain_value(value: object) -> str | None:
    # reprlib cuts lists of lists of lists short.
    text = reprlib.repr(value) if isinstance(value, (dict, list)) else str(value).strip()
    if text.lower() in _NO_VALUES:
        return None
    return text.encode(errors="replace").decode()  # YAML lets half surrogate pairs through
