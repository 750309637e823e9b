"""From annotated articles to the tagger's training examples."""

from __future__ import annotations

import random
from bisect import bisect_left
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from jijitsu.model import Text
from jijitsu.names.dictionary import DictionaryEngine
from jijitsu.names.tagger.evidence import Evidence, without
from jijitsu.names.tagger.features import sentence_features
from jijitsu.names.tagger.words import read_words
from jijitsu.text import normalize
from jijitsu.tokens import Tokens
from training.spans import normalized_positions

OUTSIDE_LABEL = "O"


class GoldArticle(NamedTuple):
    """An article's text and its gold names: ``(start, end, type, name)``, raw offsets."""

    id: str
    text: str
    names: list[tuple[int, int, str, str]]


class Example(NamedTuple):
    """A sentence: features and label of each word."""

    features: list[list[str]]
    labels: list[str]


def gold_article(name: str, text: str, facts: Sequence[dict[str, Any]]) -> GoldArticle:
    """Return the names of an article's gold; optional ones count as names."""
    names = [
        (fact["start"], fact["end"], fact["type"], fact["name"])
        for fact in facts
        if fact["kind"] == "entity"
    ]
    return GoldArticle(name, text, names)


def examples(article: GoldArticle, struck: Collection[str] = ()) -> list[Example]:
    """Return the sentences of an article; ``struck`` names are hidden from the table."""
    text = normalize(article.text)
    tokens = Tokens(text.norm)
    candidates = without(DictionaryEngine().candidates(text.norm, tokens), struck)
    gold = _normalized_spans(text, article.names)
    evidence = Evidence(text.norm, candidates)
    found = []
    for words in read_words(text.norm, tokens):
        told = evidence.of(words)
        for first, last in pairwise(words.borders):
            features = sentence_features(
                words.surfaces[first:last], words.pos[first:last], told[first:last]
            )
            labels = _labels(words.starts[first:last], words.ends[last - 1], gold)
            found.append(Example(features, labels))
    return found


def _normalized_spans(
    text: Text, names: Sequence[tuple[int, int, str, str]]
) -> list[tuple[int, int, str]]:
    """Return the spans in normalized offsets, sorted."""
    starts, ends = normalized_positions(text)
    return sorted(
        (starts[start], ends[end], kind)
        for start, end, kind, _ in names
        if start in starts and end in ends
    )


def _labels(starts: Sequence[int], behind: int, gold: Sequence[tuple[int, int, str]]) -> list[str]:
    """Return the labels of a sentence's words, by where they start and the last one ends."""
    labels = [OUTSIDE_LABEL] * len(starts)
    first = bisect_left(gold, (starts[0], 0, ""))
    for start, end, kind in gold[first:]:
        if start >= behind:
            break
        begin = bisect_left(starts, start)
        for index in range(begin, len(starts)):
            if starts[index] >= end:
                break
            labels[index] = ("B-" if index == begin else "I-") + kind
    return labels


def struck_half(article: GoldArticle, rng: random.Random) -> set[str]:
    """Return about half of an article's names, to be unknown to the table."""
    names = sorted({name for *_, name in article.names})
    return {name for name in names if rng.random() < 0.5}  # noqa: PLR2004
