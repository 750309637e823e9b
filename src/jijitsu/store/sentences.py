"""The sentence in which a fact stands."""

from __future__ import annotations

import re

_END = re.compile(r"[。！？!?]+[」』）)]*|\n")
_REACH = 500


def sentence_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of the sentence around a span, without white space at its ends.

    A sentence ends with 。, ！ or ？, or with its line.  It reaches at most 500 characters to
    either side, so that a text without sentences costs linear time.

    >>> text = "増収だった。売上高は3兆円。"
    >>> first, last = sentence_span(text, 10, 13)
    >>> text[first:last]
    '売上高は3兆円。'
    """
    first, last = max(0, start - _REACH), min(len(text), end + _REACH)
    for found in _END.finditer(text, first, start):
        first = found.end()
    found_end = _END.search(text, end, last)
    if found_end:
        last = found_end.start() if found_end[0] == "\n" else found_end.end()
    while first < start and text[first].isspace():
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    return first, last
