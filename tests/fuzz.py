"""A long search for texts that break the extractor: ``make fuzz``.

Each case is a text in which pieces of articles, of test rows and of what rules look for are
cut, doubled, swapped and thrown together.  :func:`check` says what has to hold for any text.
``python tests/fuzz.py --cases N --seed S`` runs N cases, prints each text that breaks
something, and ends with 1 if one did.  tests/test_fuzz.py runs a short form.
"""

from __future__ import annotations

import argparse
import datetime
import functools
import json
import random
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import jsonschema_rs

from case_rows import CASES, read_cases
from jijitsu.article import Article
from jijitsu.dates.read import read_dates
from jijitsu.kinds import ArticleFacts
from jijitsu.markup import find_regions
from jijitsu.numbers.parameters import has_model_context
from jijitsu.pipeline import Pipeline
from jijitsu.text import normalize
from jijitsu.tokens import Tokens
from strategies import FRAGMENTS

CORPUS = Path(__file__).parent.parent / "corpus"
PUBLISHED = datetime.date(2025, 9, 25)
_LONGEST_PIECE = 120
_JOINT = "\n\n"

Mutation = Callable[[random.Random, str, Sequence[str]], str]


@functools.cache
def _schema() -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(
        ArticleFacts.model_json_schema(mode="serialization", by_alias=True)
    )


def facts_of(pipeline: Pipeline, text: str) -> ArticleFacts:
    """Return the facts of a text that was published on :data:`PUBLISHED`."""
    return pipeline.extract(Article(id="a", source="a", text=text, published=PUBLISHED))


def check(pipeline: Pipeline, text: str) -> None:
    """Raise AssertionError where the facts of a text break an invariant, and why."""
    found = facts_of(pipeline, text)
    line = found.to_json()
    facts = json.loads(line)["facts"]
    spans = [(fact["start"], fact["end"]) for fact in facts]
    assert spans == sorted(spans), "not sorted"
    for fact in facts:
        assert fact["text"] == text[fact["start"] : fact["end"]], "text is not its span's"
    ids = {fact["id"] for fact in facts}
    assert len(ids) == len(facts), "an id stands twice"
    assert ids.issuperset(_references(facts)), "a reference leads nowhere"
    _schema().validate(json.loads(line))
    assert facts_of(pipeline, text).to_json() == line, "not the same twice"
    spaced = facts_of(pipeline, text + " \u3000\n")
    assert spaced.facts == found.facts, "spaces at the end change something"


def _references(facts: Sequence[dict[str, Any]]) -> Iterator[str]:
    for fact in facts:
        for field in ("subject", "when"):
            if fact.get(field):
                yield fact[field]
        for field in ("equivalent_to", "participants"):
            yield from fact.get(field) or ()


def check_pair(numbers: Pipeline, first: str, second: str) -> None:
    """Raise AssertionError where two texts that nothing ties give other facts together.

    ``numbers`` extracts no names: those of an article are read together on purpose.
    """
    joined = first + _JOINT + second
    if is_tied(first, second):
        return
    apart = [_moved(fact, 0) for fact in _dumped(numbers, first)]
    apart += [_moved(fact, len(first + _JOINT)) for fact in _dumped(numbers, second)]
    together = [_moved(fact, 0) for fact in _dumped(numbers, joined)]
    assert together == apart, "two texts disturb each other"


# What names other facts, and what is inferred from all that the article says before.
IN_CONTEXT = frozenset(
    "id equivalent_to deviation predicate subject participants when confidence".split()
)


def is_tied(first: str, second: str) -> bool:
    """Say whether something in one of the texts bears on the other one.

    Dates count from those before, and the talk of models, the columns of a table and the
    yuan named in an article say how numbers are meant; markup may run on.
    """
    joined = first + _JOINT + second
    norm = normalize(joined).norm
    tokens = Tokens(norm)
    return bool(
        find_regions(joined)
        or find_regions(second)
        or read_dates(norm, tokens, PUBLISHED)[1]
        or has_model_context(norm)
        or any(word in norm for word in ("|", "param", "Param"))
        or ("¥" in norm and "元" in norm)
    )


def _dumped(pipeline: Pipeline, text: str) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = json.loads(facts_of(pipeline, text).to_json())["facts"]
    return facts


def _moved(fact: dict[str, Any], offset: int) -> dict[str, Any]:
    kept = {key: fact[key] for key in fact if key not in IN_CONTEXT}
    return kept | {"start": fact["start"] + offset, "end": fact["end"] + offset}


@functools.cache
def seeds() -> tuple[str, ...]:
    """Return the texts that cases are made of: articles, and the rows of the case tables."""
    articles = [path.read_text("utf-8") for path in sorted(CORPUS.iterdir()) if path.suffix != ""]
    rows = [row.text for path in sorted(CASES.glob("*.tsv")) for row in read_cases(path)]
    return (*articles, *rows)


def texts(seed: int) -> Iterator[str]:
    """Yield cases without end; the same for the same seed."""
    rng = random.Random(seed)  # noqa: S311  no secret
    while True:
        text = _piece(rng, rng.choice(seeds()))
        for _ in range(rng.randrange(5)):
            text = rng.choice(_MUTATIONS)(rng, text, seeds())
        yield text


def _piece(rng: random.Random, text: str) -> str:
    start = rng.randrange(len(text) + 1)
    return text[start : start + rng.randrange(1, _LONGEST_PIECE)]


def _span(rng: random.Random, text: str) -> tuple[int, int]:
    start, end = sorted(rng.randrange(len(text) + 1) for _ in range(2))
    return start, end


def _cut(rng: random.Random, text: str, _: Sequence[str]) -> str:
    start, end = _span(rng, text)
    return text[:start] + text[end:]


def _doubled(rng: random.Random, text: str, _: Sequence[str]) -> str:
    start, end = _span(rng, text)
    return text[:end] + text[start:end] * rng.choice((1, 1, 2, 9)) + text[end:]


def _inserted(rng: random.Random, text: str, _: Sequence[str]) -> str:
    for _times in range(rng.randrange(1, 6)):
        place = rng.randrange(len(text) + 1)
        text = text[:place] + rng.choice(FRAGMENTS) + text[place:]
    return text


def _crossed(rng: random.Random, text: str, others: Sequence[str]) -> str:
    place = rng.randrange(len(text) + 1)
    return text[:place] + _piece(rng, rng.choice(others)) + text[place:]


def _digits(rng: random.Random, text: str, _: Sequence[str]) -> str:
    return "".join(rng.choice("0123456789") if c.isdecimal() else c for c in text)


def _full_width(rng: random.Random, text: str, _: Sequence[str]) -> str:
    start, end = _span(rng, text)
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text[start:end])
    return text[:start] + wide + text[end:]


def _any_character(rng: random.Random, text: str, _: Sequence[str]) -> str:
    place = rng.randrange(len(text) + 1)
    code = rng.randrange(rng.choice((0x80, 0x3100, 0x10000, 0x110000)))
    surrogate = range(0xD800, 0xE000)
    return text[:place] + ("" if code in surrogate else chr(code)) + text[place:]


_MUTATIONS: tuple[Mutation, ...] = (
    _cut, _doubled, _inserted, _crossed, _digits, _full_width, _any_character,
)  # fmt: skip


def search(cases: int, seed: int, *, say: Callable[[str], None] = lambda _: None) -> list[str]:
    """Run so many cases; return what broke, one description a text."""
    whole, numbers = Pipeline(), Pipeline(ner="none")
    broken = []
    source = texts(seed)
    before = ""
    start = time.monotonic()
    for number in range(1, cases + 1):
        text = next(source)
        try:
            check(whole, text)
            check_pair(numbers, before, text)
        except Exception:  # noqa: BLE001  whatever it is, it must not happen
            broken.append(f"{before!r}\n{text!r}\n{traceback.format_exc(limit=-2)}")
            say(broken[-1])
        before = text
        if number % 10_000 == 0:
            say(f"{number:,} cases, {len(broken)} broken, {time.monotonic() - start:,.0f} s")
    return broken


def main() -> int:
    """Run as the command line says; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    broken = search(options.cases, options.seed, say=lambda text: print(text, flush=True))  # noqa: T201
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
