"""Hostile texts cost a bounded time a character, and no pattern can be made to backtrack."""

from __future__ import annotations

import datetime
import gc
import time

import pytest

from bench.hostile import HOSTILE
from jijitsu.article import Article
from jijitsu.pipeline import Pipeline

PUBLISHED = datetime.date(2025, 9, 25)
SHORT, LONG = 2_000, 16_000
# The dearest of the texts costs a tenth of this; what grows with the square costs far more.
MOST_MICROSECONDS = 300
# With eight times the text a quadratic cost is eight times as much a character.
MOST_GROWTH = 4


@pytest.fixture(scope="module")
def whole() -> Pipeline:
    """Return a pipeline with names that has loaded all it needs."""
    pipeline = Pipeline()
    _cost(pipeline, "アリババは3年間で3800億元（約7.98兆円）を投じると発表した。")
    return pipeline


def _cost(pipeline: Pipeline, text: str) -> float:
    """Return the processor's time in microseconds a character."""
    article = Article(id="a", source="a", text=text, published=PUBLISHED)
    gc.collect()
    start = time.process_time()
    pipeline.extract(article)
    return (time.process_time() - start) / len(text) * 1e6


@pytest.mark.parametrize("name", HOSTILE)
def test_the_cost_of_a_character_stays_the_same(whole: Pipeline, name: str) -> None:
    make = HOSTILE[name]
    cost = _cost(whole, make(LONG))
    assert cost < MOST_MICROSECONDS
    # What costs next to nothing is not compared.
    floor = max(_cost(whole, make(SHORT)), 2)
    assert cost < MOST_GROWTH * floor
