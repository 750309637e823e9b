"""Checks of gold: what a careful annotator would want to look at again."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from jijitsu.front_matter import find_front_matter
from jijitsu.gold.load import GOLD_KEYS, Annotated, JsonFact
from jijitsu.kinds import FACT

_NUMBER = re.compile(
    r"[0-9０-９][0-9０-９,，.．]*[万億兆千百]*(?:円|米?ドル|人民元|ユーロ|ポンド|ウォン|%|％|パーセント|年度?|カ月|か月|時間)"
)
_SHORTEST_NAME = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong (``error``), or worth a look, in one article's gold."""

    article: str
    error: bool
    message: str


def lint_gold(gold: Mapping[str, Annotated], texts: Mapping[str, str]) -> Iterator[Finding]:
    """Yield what is wrong or doubtful in the gold, article by article.

    Errors: spans that don't fit the text, facts that the models refuse, references to no
    fact, overlaps of one kind.  Doubts: one name with two types in one article, numbers with
    a unit and repeats of a marked name that no fact covers.
    """
    for name, article in gold.items():
        text = texts.get(name)
        if text is None:
            yield Finding(name, error=True, message="its text is not there")
            continue
        for message in find_errors(article.facts, text):
            yield Finding(name, error=True, message=message)
        for message in _doubts(article.facts, text):
            yield Finding(name, error=False, message=message)


def find_errors(facts: list[JsonFact], text: str) -> Iterator[str]:
    """Yield what is wrong with an article's facts: spans, values, ids, overlaps of one kind."""
    ids = {fact.get("id") for fact in facts}
    if len(ids) < len(facts):
        yield "two facts have one id"
    for fact in facts:
        where = f"{fact['kind']} {fact['text']!r} at {fact['start']}"
        if text[fact["start"] : fact["end"]] != fact["text"]:
            yield f"{where}: the text there is {text[fact['start'] : fact['end']]!r}"
        try:
            FACT.validate_python({k: v for k, v in fact.items() if k not in GOLD_KEYS})
        except ValidationError as error:
            yield f"{where}: {error.errors()[0]['msg']}"
        if not ids.issuperset(_references(fact)):
            yield f"{where}: it names a fact that is not there"
    yield from _overlaps(facts)


def _references(fact: JsonFact) -> list[str]:
    """Return the ids of all facts that this one names."""
    one = [fact[key] for key in ("subject", "when") if fact.get(key) is not None]
    several = [fact.get(key) or [] for key in ("equivalent_to", "participants")]
    return [*one, *itertools.chain.from_iterable(several)]


def _overlaps(facts: list[JsonFact]) -> Iterator[str]:
    by_kind: dict[str, list[JsonFact]] = defaultdict(list)
    for fact in facts:
        by_kind[fact["kind"]].append(fact)
    for kind, group in by_kind.items():
        group.sort(key=lambda fact: (fact["start"], fact["end"]))
        for first, second in itertools.pairwise(group):
            if second["start"] < first["end"]:
                yield f"{kind} {first['text']!r} and {second['text']!r} overlap at {second['start']}"


def _types(facts: list[JsonFact]) -> Iterator[str]:
    types: dict[str, set[str]] = defaultdict(set)
    for fact in facts:
        if fact["kind"] == "entity":
            types[fact["name"]].add(fact["type"])
    for name, found in sorted(types.items()):
        if len(found) > 1:
            yield f"name {name!r} has the types {', '.join(sorted(found))}"


def _doubts(facts: list[JsonFact], text: str) -> Iterator[str]:
    front_matter = find_front_matter(text)
    body = front_matter.end if front_matter else 0
    covered = _covered(facts, len(text))
    for found in _NUMBER.finditer(text, body):
        if not any(covered[found.start() : found.end()]):
            yield f"no fact covers {_context(text, found.start(), found.end())}"
    yield from _types(facts)
    surfaces = {fact["text"] for fact in facts if fact["kind"] == "entity"}
    for surface in sorted(surfaces, key=lambda s: (-len(s), s)):
        if len(surface) < _SHORTEST_NAME:
            continue
        position = text.find(surface, body)
        while position >= 0:
            end = position + len(surface)
            if not any(covered[position:end]):
                yield f"a name elsewhere is unmarked at {_context(text, position, end)}"
            position = text.find(surface, end)


def _covered(facts: list[JsonFact], length: int) -> bytearray:
    covered = bytearray(length)
    for fact in facts:
        covered[fact["start"] : fact["end"]] = b"\1" * (fact["end"] - fact["start"])
    return covered


def _context(text: str, start: int, end: int) -> str:
    quote = f"{text[max(0, start - 12) : start]}[{text[start:end]}]{text[end : end + 12]}"
    return quote.replace("\n", "⏎")
