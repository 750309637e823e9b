"""Who takes part: how each contestant is imported, made and called on one article.

Everything is imported late, in the worker's process and the contestant's own environment;
this module itself needs the standard library alone.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, NamedTuple

FLOOR = "fugashi"
RULES = "jijitsu rules"
WHOLE = "jijitsu"
GINZA = "GiNZA"


class Row(NamedTuple):
    """An article as the workers get it."""

    text: str
    published: str | None


Extractor = Callable[[Row], object]
"""Reads one article; what it returns is thrown away."""


@dataclass(frozen=True, slots=True)
class Contestant:
    """One who takes part.

    ``package`` is the distribution whose version is named, ``module`` what a user imports
    first.  ``share`` is the part of the text that it reads: less than all for the slow ones.
    ``requirements`` are what it needs in the peers' environment; without any it runs in the
    project's own.
    """

    name: str
    package: str
    module: str
    make: Callable[[], Extractor]
    share: float = 1.0
    requirements: tuple[str, ...] = ()


def _make_floor() -> Extractor:
    tagger = import_module("fugashi").Tagger()

    def read(row: Row) -> object:
        return [[node.surface for node in tagger(line)] for line in row.text.split("\n")]

    return read


def _make_jijitsu(**choices: Any) -> Extractor:
    jijitsu = import_module("jijitsu")
    pipeline = jijitsu.Pipeline(**choices)
    article_model = jijitsu.Article

    def read(row: Row) -> object:
        day = datetime.date.fromisoformat(row.published) if row.published else None
        return pipeline.extract(article_model(id="a", source="a", text=row.text, published=day))

    return read


def _make_rules() -> Extractor:
    return _make_jijitsu(ner="none")


def _make_json() -> Extractor:
    extract: Any = _make_jijitsu()

    def read(row: Row) -> object:
        return extract(row).to_json()

    return read


def _make_ginza() -> Extractor:
    nlp = import_module("spacy").load("ja_ginza")

    def read(row: Row) -> object:
        return nlp(row.text)

    return read


def _make_ja_timex() -> Extractor:
    parser = import_module("ja_timex").TimexParser()

    def read(row: Row) -> object:
        return parser.parse(row.text)

    return read


def _make_pynormalizenumexp() -> Extractor:
    module = import_module("pynormalizenumexp.normalize_numexp")
    normalizer = module.NormalizeNumexp("ja")

    def read(row: Row) -> object:
        return normalizer.normalize(row.text)

    return read


def _make_recognizers() -> Extractor:
    suite = import_module("recognizers_suite")
    culture = suite.Culture.Japanese
    numbers = import_module("recognizers_number").NumberRecognizer(culture)
    units = import_module("recognizers_number_with_unit").NumberWithUnitRecognizer(culture)
    models = (
        numbers.get_number_model(),
        numbers.get_percentage_model(),
        units.get_currency_model(),
    )

    def read(row: Row) -> object:
        return [model.parse(row.text) for model in models]

    return read


CONTESTANTS = (
    Contestant(FLOOR, "fugashi", "fugashi", _make_floor),
    Contestant(RULES, "jijitsu", "jijitsu", _make_rules),
    Contestant(WHOLE, "jijitsu", "jijitsu", _make_jijitsu),
    Contestant("jijitsu, to JSON", "jijitsu", "jijitsu", _make_json),
    Contestant(
        GINZA, "ja-ginza", "spacy", _make_ginza, share=0.2,
        requirements=("ja-ginza==5.3.0", "ginza==5.3.0", "spacy==3.8.18"),
    ),
    Contestant(
        "ja-timex", "ja-timex", "ja_timex", _make_ja_timex,
        requirements=("ja-timex==0.2.8",),
    ),
    Contestant(
        "pynormalizenumexp", "pynormalizenumexp", "pynormalizenumexp.normalize_numexp",
        _make_pynormalizenumexp, share=0.5, requirements=("pynormalizenumexp==0.3.4",),
    ),
    Contestant(
        "Recognizers-Text", "recognizers-text-suite", "recognizers_suite", _make_recognizers,
        share=0.5, requirements=("recognizers-text-suite==1.0.2a2", "emoji<1.7"),
    ),
)  # fmt: skip
"""All contestants, in the order in which each round runs them."""

BY_NAME = {contestant.name: contestant for contestant in CONTESTANTS}
