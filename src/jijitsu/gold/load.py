"""Files of facts, gold ones or extracted ones: a JSON line per article."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from jijitsu.kinds import ArticleFacts

JsonFact = dict[str, Any]
"""A fact as it stands in a file: gold may hold keys that the models don't."""

GOLD_KEYS = frozenset({"optional"})
"""The keys that gold has besides those of the models."""


class FactsFileError(ValueError):
    """A file that holds no facts; the message names it, the line and the reason."""


@dataclass(frozen=True, slots=True)
class Annotated:
    """The facts of one article, and where they were read."""

    document: dict[str, Any]
    facts: list[JsonFact]
    file: Path
    line: int = 1

    @property
    def where(self) -> str:
        """Return the file and the line, for messages."""
        return f"{self.file}:{self.line}"


def load_facts(path: Path) -> dict[str, Annotated]:
    """Read a file of facts, or all ``.jsonl`` files of a folder; return articles by their id.

    Raises:
        FactsFileError: a line can't be read, or two lines are of the same article.
    """
    articles: dict[str, Annotated] = {}
    for article in iterate_facts(path):
        name = article.document["id"]
        if name in articles:
            raise FactsFileError(f"{article.where}: a second article with the id {name!r}")
        articles[name] = article
    return articles


def iterate_facts(path: Path) -> Iterator[Annotated]:
    """Yield the articles of a file of facts, or of all ``.jsonl`` files of a folder, one by one.

    Raises:
        FactsFileError: a line can't be read.
    """
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    if not files:
        raise FactsFileError(f"{path}: a folder without .jsonl files")
    for file in files:
        try:
            with file.open(encoding="utf-8-sig", newline="\n") as lines:
                for number, line in enumerate(lines, start=1):
                    if line.strip():
                        yield _read_line(line, file, number)
        except (OSError, UnicodeDecodeError) as error:
            reason = "no such file or folder" if isinstance(error, FileNotFoundError) else error
            raise FactsFileError(f"{file}: {reason}") from error


def check_facts(article: Annotated) -> None:
    """See that the facts are those of the models, and their ids different.

    Raises:
        FactsFileError: they are not; the message names the first field that is wrong.
    """
    facts = [{k: v for k, v in fact.items() if k not in GOLD_KEYS} for fact in article.facts]
    try:
        ArticleFacts.model_validate({"document": article.document, "facts": facts})
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise FactsFileError(f"{article.where}: {place}: {first['msg']}") from error
    if len({fact["id"] for fact in facts}) < len(facts):
        raise FactsFileError(f"{article.where}: two facts have one id")


def _read_line(line: str, file: Path, number: int) -> Annotated:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise FactsFileError(f"{file}:{number}: malformed JSON: {error}") from error
    try:
        document, facts = row["document"], row["facts"]
        well_formed = isinstance(document["id"], str) and all(map(_is_fact, facts))
    except (KeyError, TypeError):
        well_formed = False
    if not well_formed:
        raise FactsFileError(f"{file}:{number}: not an article's facts")
    return Annotated(document, facts, file, number)


def _is_fact(fact: JsonFact) -> bool:
    return (
        isinstance(fact["kind"], str)
        and isinstance(fact["text"], str)
        and isinstance(fact["start"], int)
        and isinstance(fact["end"], int)
    )
