"""What exports share: examples in, files and problems out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from jijitsu.article import ArticleError
from jijitsu.gold.load import JsonFact
from jijitsu.kinds import dump_json


class ExtraMissingError(ImportError):
    """A library of an extra is not installed; the message names the command that installs it."""


@dataclass(frozen=True, slots=True)
class Example:
    """An article with its facts, as a file of facts holds them."""

    document: dict[str, Any]
    text: str
    facts: Sequence[JsonFact]

    @property
    def id(self) -> str:
        """The article's id."""
        name: str = self.document["id"]
        return name


Dataset = Mapping[str, Sequence[Example]]
"""The examples of each split, by its name (``train``, ``dev``, ``test``)."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A fact that a format can't hold as it is.

    ``cuts a word``: it begins or ends within a word of the tokenizer, which was cut there.
    ``inside another fact``: the format's labels are flat, and a longer fact has the words.
    """

    split: str
    article: str
    problem: Literal["cuts a word", "inside another fact"]
    fact: JsonFact
    words: str
    """What the tokenizer made of the span, words between bars; or the longer fact."""

    def to_json(self) -> dict[str, Any]:
        """Return the problem as a row of ``problems.jsonl``."""
        place = {key: self.fact[key] for key in ("id", "kind", "text", "start", "end")}
        return {
            "split": self.split,
            "article": self.article,
            "problem": self.problem,
            "words": self.words,
            "fact": place,
        }


@dataclass(slots=True)
class Export:
    """The files of an export, by name, and what could not be held as it is."""

    files: dict[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    failed: list[ArticleError] = field(default_factory=list)


Format = Callable[[Dataset], Export]
"""Makes a dataset's files; raises ExtraMissingError where it needs what is not installed."""


def json_lines(rows: Iterable[Any]) -> bytes:
    """Return rows as JSON Lines in UTF-8."""
    return "".join(dump_json(row) + "\n" for row in rows).encode()
