"""Every row of ``attribution/*.tsv`` (:mod:`attribution_rows` says how it is written)."""

from __future__ import annotations

import pytest

from attribution_rows import KNOWN_FAILURES, Row, judge, read_row, read_rows, tables
from case_rows import RowError

ROWS = [row for path in tables() for row in read_rows(path)]
FAILING = list(read_rows(KNOWN_FAILURES))


@pytest.mark.parametrize("row", [pytest.param(row, id=row.place) for row in ROWS])
def test_row(row: Row) -> None:
    assert judge(row) == row.expected


@pytest.mark.xfail(strict=True, raises=AssertionError)
@pytest.mark.parametrize("row", [pytest.param(row, id=row.place) for row in FAILING])
def test_known_failure(row: Row) -> None:
    assert judge(row) == row.expected


def test_no_row_stands_twice() -> None:
    places: dict[object, str] = {}
    for row in [*ROWS, *FAILING]:
        said = row.text, row.names, row.amounts
        assert said not in places, f"{row.place} says what {places[said]} says"
        places[said] = row.place


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{アルファ|org}は[1億円を投じる\tinvestment アルファ", r"\[ stays open"),
        ("{アルファは[1億円]を投じる\tinvestment アルファ", "{ stays open"),
        ("アルファ|org}は[1億円]を投じる\tinvestment アルファ", "closes no name"),
        ("{アルファ|firm}は[1億円]を投じる\tinvestment アルファ", "firm"),
        ("[1億円]を投じる\tspending -", "can't be read"),
        ("[1億円]を投じる\tinvestment", "can't be read"),
        ("[1億円]と[2億円]を投じる\tinvestment -", "zip"),
        ("[1億円]を投じる", "not enough values"),
        ("[1億円]を投じる\tinvestment -\t@someday", "someday"),
    ],
)
def test_a_row_that_can_not_be_read_says_why(line: str, reason: str) -> None:
    with pytest.raises(RowError, match=f"^rows.tsv:7: .*{reason}"):
        read_row("rows.tsv:7", line)


def test_a_bracket_without_an_amount_is_refused() -> None:
    with pytest.raises(RowError, match="no amount: 100億"):
        judge(read_row("rows.tsv:7", "{アルファ|org}は[100億]を投じる\tinvestment アルファ"))
