"""Every row of ``names/mended.tsv``: what a tagger says, and what is left of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jijitsu.names.consistency import Name
from jijitsu.names.dictionary import DictionaryEngine
from jijitsu.names.tidy import tidied
from jijitsu.text import fold
from jijitsu.tokens import Tokens

_TABLE = Path(__file__).parent / "names/mended.tsv"
ROWS = [
    line.split("\t")
    for line in _TABLE.read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


def _parsed(marked: str) -> tuple[str, list[Name]]:
    """Return the text without its marks, and the names that they say."""
    norm, names = "", []
    for text, surface, kind in re.findall(r"([^\[]*)(?:\[([^|\]]+)\|([a-z]+)\])?", marked):
        start = len(norm + text)
        norm += text + surface
        if surface:
            names.append(Name(start, len(norm), kind))
    return norm, names


@pytest.mark.parametrize(("tagged", "mended"), ROWS, ids=[row[0] for row in ROWS])
def test_mended(tagged: str, mended: str) -> None:
    norm, names = _parsed(fold(tagged))
    tokens = Tokens(norm)
    candidates = list(DictionaryEngine().candidates(norm, tokens))
    assert (norm, tidied(norm, tokens, names, candidates)) == _parsed(fold(mended))
