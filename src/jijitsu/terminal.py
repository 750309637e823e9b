"""Text in the terminal: made harmless, and with its facts in colour."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from rich.console import Console
from rich.text import Text

from jijitsu.kinds import BaseFact

STYLES = {
    "money": "bold green",
    "parameter_count": "bold magenta",
    "date": "cyan",
    "duration": "blue",
    "percent": "yellow",
    "quantity": "bright_black",
    "entity": "red",
}
"""The colour of each kind."""

_PLAIN_STYLE = "bold"
_PLAIN_WIDTH = 240

# Controls may move the cursor or speak to the terminal, and marks of direction reorder what
# is seen; each is shown as a sign of its own.
_HARMLESS = (
    {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\n\t"}
    | {0x7F: 0x2421}
    | dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
    | dict.fromkeys(
        (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), 0xFFFD
    )
)


def open_console() -> Console:
    """Return a console on stdout; where that is no terminal, tables have the room they need."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = _PLAIN_WIDTH
    return console


def make_harmless(text: str) -> str:
    r"""Return text that does nothing to a terminal but show itself.

    >>> make_harmless("\x1b[31m赤")
    '␛[31m赤'
    """
    return text.replace("\r\n", "\n").translate(_HARMLESS)


def colour(text: str, facts: Iterable[BaseFact]) -> Text:
    """Return an article with its facts in colour; those inside of others are underlined."""
    ordered = sorted(facts, key=lambda fact: (fact.start, -fact.end))
    bounds = sorted(
        {0, len(text), *(place for fact in ordered for place in (fact.start, fact.end))}
    )
    coloured = Text()
    waiting = iter([*ordered, None])
    following = next(waiting)
    around: list[BaseFact] = []
    for start, end in pairwise(bounds):
        around = [fact for fact in around if fact.end > start]
        while following and following.start == start:
            around.append(following)
            following = next(waiting)
        coloured.append(make_harmless(text[start:end]), style=_style(around))
    return coloured


def _style(around: list[BaseFact]) -> str:
    """Return the style of text inside of these facts, the outermost first."""
    if not around:
        return ""
    style = STYLES.get(getattr(around[0], "kind", ""), _PLAIN_STYLE)
    return f"{style} underline" if len(around) > 1 else style
