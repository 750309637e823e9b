"""What has to hold for any text, on a short run of tests/fuzz.py; ``make fuzz`` is the long one."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import example, given

import fuzz
from jijitsu.pipeline import Pipeline
from strategies import any_text, fragments

CASES = 1_500


@pytest.fixture(scope="session")
def whole() -> Pipeline:
    """Return a pipeline with names."""
    return Pipeline()


def test_no_case_breaks_anything() -> None:
    assert fuzz.search(CASES, seed=1) == []


def test_the_cases_of_a_seed_are_the_same_each_time() -> None:
    first, again, other = (list(itertools.islice(fuzz.texts(seed), 50)) for seed in (7, 7, 8))
    assert first == again != other


@given(any_text)
@example("announced on 24 Septe")
@example("独とみられる$26〜0B）に及ぶ")
@example("サムスン35.2%、SK（ソリダ")
def test_any_text_keeps_the_invariants(whole: Pipeline, text: str) -> None:
    fuzz.check(whole, text)


@given(fragments, fragments)
@example("250ドルへ下げた", "アが8ポイント縮んだ")
@example("3億5000万ドル（約2900億", "大で9億ドルを見込む")
def test_texts_that_nothing_ties_stand_alone(pipeline: Pipeline, first: str, second: str) -> None:
    fuzz.check_pair(pipeline, first, second)


def test_the_search_tells_what_broke(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Pipeline, text: str) -> None:
        raise AssertionError(f"no {len(text)}")

    monkeypatch.setattr(fuzz, "check", refuse)
    said: list[str] = []
    broken = fuzz.search(3, seed=0, say=said.append)
    assert len(broken) == 3
    assert said == broken
    assert "AssertionError: no" in broken[0]
