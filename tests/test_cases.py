"""Every row of ``cases/*.tsv``; :mod:`case_rows` says how a row is written."""

from __future__ import annotations

import pytest
from case_rows import CASES, Case, describe_all, describe_numbers, read_cases

from jijitsu.article import Article
from jijitsu.pipeline import Pipeline

KNOWN_FAILURES = "known_failures.tsv"


def _parameters() -> list[object]:
    return [
        pytest.param(
            case,
            id=case.place,
            marks=[pytest.mark.xfail(strict=True)] if path.name == KNOWN_FAILURES else [],
        )
        for path in sorted(CASES.glob("*.tsv"))
        for case in read_cases(path)
    ]


@pytest.mark.parametrize("case", _parameters())
def test_case(case: Case, pipeline: Pipeline) -> None:
    assert _found(case, pipeline) == case.expected


def _found(case: Case, pipeline: Pipeline) -> tuple[str, ...]:
    if case.kinds == {"number"}:
        return describe_numbers(case.text)
    article = Article(id="case", source=case.place, text=case.text, published=case.published)
    facts = pipeline.extract(article).facts
    skipped = {"quantity"} - case.kinds
    return describe_all(case.text, [fact for fact in facts if fact.kind not in skipped])
