"""Facts over words: a word that a fact cuts through is cut there, so that every span fits."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from jijitsu.exports.base import Example, Problem
from jijitsu.gold.load import JsonFact
from jijitsu.tokens import Tokens

Span = tuple[int, int]
"""Start and end of a word in the article, in code points."""


class Fitted(NamedTuple):
    """An article's words, with every fact on their bounds, and what had to be cut for that."""

    words: list[Span]
    problems: list[Problem]


def find_words(text: str) -> list[Span]:
    """Return the words of an article (fugashi with unidic-lite), white space left out."""
    tokens = Tokens(text)
    return [
        (token.start, token.end)
        for chunk in range(len(tokens))
        for token in tokens.chunk(chunk)
        if token.surface.strip()
    ]


def fit(example: Example, split: str, words: Sequence[Span]) -> Fitted:
    """Cut the words at the bounds of the facts, and say which facts needed that."""
    bounds = {start for start, _ in words} | {end for _, end in words}
    starts = [start for start, _ in words]
    problems = []
    wanted: set[int] = set()
    for fact in example.facts:
        inside = [
            place
            for place in (fact["start"], fact["end"])
            if place not in bounds and _is_within(place, words, starts)
        ]
        if inside:
            wanted.update(inside)
            shown = _words_around(example.text, fact, words, starts)
            problems.append(Problem(split, example.id, "cuts a word", fact, shown))
    return Fitted(list(_cut(words, sorted(wanted))), problems)


def flatten(example: Example, split: str) -> tuple[list[JsonFact], list[Problem]]:
    """Return the facts that flat labels can hold: of overlapping ones the longest, then first."""
    kept: list[JsonFact] = []
    problems = []
    taken: dict[int, JsonFact] = {}
    for fact in sorted(
        example.facts, key=lambda each: (each["start"] - each["end"], each["start"])
    ):
        holder = taken.get(fact["start"]) or taken.get(fact["end"] - 1)
        if holder:
            problems.append(Problem(split, example.id, "inside another fact", fact, holder["text"]))
            continue
        kept.append(fact)
        taken.update(dict.fromkeys(range(fact["start"], fact["end"]), fact))
    kept.sort(key=lambda each: each["start"])
    problems.sort(key=lambda problem: problem.fact["start"])
    return kept, problems


def words_of(fact: JsonFact, words: Sequence[Span]) -> range:
    """Return the places of a fact's words among fitted words."""
    first = bisect_right(words, fact["start"], key=lambda word: word[1])
    return range(first, bisect_left(words, fact["end"], lo=first, key=lambda word: word[0]))


def _is_within(place: int, words: Sequence[Span], starts: Sequence[int]) -> bool:
    at = bisect_right(starts, place) - 1
    return at >= 0 and words[at][0] < place < words[at][1]


def _words_around(text: str, fact: JsonFact, words: Sequence[Span], starts: Sequence[int]) -> str:
    first = max(0, bisect_right(starts, fact["start"]) - 1)
    around = itertools.takewhile(lambda word: word[0] < fact["end"], words[first:])
    return "|".join(text[start:end] for start, end in around)


def _cut(words: Iterable[Span], places: Sequence[int]) -> Iterator[Span]:
    for start, end in words:
        inner = places[bisect_right(places, start) : bisect_left(places, end)]
        yield from itertools.pairwise((start, *inner, end))
