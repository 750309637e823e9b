"""Texts that would take a careless extractor for ever: each of any length."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType


def _repeated(piece: str) -> Callable[[int], str]:
    def make(length: int) -> str:
        return (piece * (length // len(piece) + 1))[:length]

    return make


def _between(opening: str, piece: str, closing: str) -> Callable[[int], str]:
    def make(length: int) -> str:
        return opening + _repeated(piece)(length - len(opening) - len(closing)) + closing

    return make


def _nested(length: int) -> str:
    depth = length // len("<div></div>")
    return "<div>" * depth + "</div>" * depth


HOSTILE: Mapping[str, Callable[[int], str]] = MappingProxyType(
    {
        "prose in one line": _repeated(
            "アリババは3年間で3800億元（約7.98兆円）を投じると発表した。"
        ),
        "digits": _repeated("1234567890"),
        "digits with commas": _repeated("1,234,"),
        "decimals": _repeated("1.5"),
        "億億億": _repeated("億"),
        "kanji digits": _repeated("一二三"),
        "vague numbers": _repeated("数十"),
        "only 円": _repeated("円"),
        "～～～": _repeated("～"),
        "ranges": _repeated("1～"),
        "open brackets": _repeated("（"),
        "amounts in brackets": _repeated("3億円（"),
        "katakana": _repeated("アリババ"),
        "one katakana": _repeated("ア"),
        "Latin": _repeated("Abc"),
        "hyphens and letters": _repeated("A-1"),
        "Latin words": _repeated("Foo bar "),
        "names": _repeated("OpenAIとGoogleと"),
        "dates": _repeated("9月24日"),
        "years": _repeated("25年"),
        "signs": _repeated("-+"),
        "dollars": _repeated("$"),
        "blanks": _repeated(" "),
        "lines": _repeated("\n"),
        "lines that go on": _repeated("は\n"),
        "amounts in lines that go on": _repeated("3億円を\n"),
        "no sentence end": _repeated("円と元と、"),
        "combining marks": _repeated("か\u3099"),
        "one base, all marks": _between("か", "\u3099", ""),
        "open tags": _repeated("<b "),
        "deep HTML": _nested,
        "comments without end": _repeated("<!--"),
        "tables": _repeated("|3億|"),
        "entities": _repeated("&amp;"),
        "backticks": _repeated("`"),
        "stars": _repeated("*"),
        "links": _repeated("]("),
        "addresses": _repeated("a@b."),
        "URL without end": _between("https://", "a", ""),
        "front matter without end": _between("---\n", "a: b\n", ""),
        "models": _repeated("Qwen3-235B-A22B、"),
        "parameters": _repeated("パラメータ数は"),
    }
)
"""Name → a text of about so many characters."""
