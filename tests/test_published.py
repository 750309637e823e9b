"""Dates of publication in every notation that pages use."""

from __future__ import annotations

import datetime

import pytest

from jijitsu.published import NotADateError, date_in_name, parse_iso, parse_written

DAY = datetime.date(2025, 12, 30)

WRITTEN = [
    "2025-12-30",
    " 2025-12-30 ",
    "2025-12-30T20:20:39+09:00",
    "2025-12-30T16:37:23.595Z",
    "2025-12-30 20:20:39 +0900",
    "2025-12-30 20:20",
    "2025-12-30T20",
    "2025/12/30",
    "2025/12/30 20:20",
    "2025.12.30",
    "2025年12月30日",
    "2025年 12月 30日",
    "２０２５年１２月３０日（火）",
    "2025年12月30日 20時20分",
    "20251230",
    "20251230T202039Z",
    "Tue, 30 Dec 2025 20:20:39 +0900",
    "Tue, 30 Dec 2025 11:20:39 GMT",
    "Tue, 30 Dec 2025",
    "30 Dec 2025",
    "30 December 2025",
    "December 30, 2025",
    "Dec 30, 2025",
]

NO_DATES = [
    "",
    "いつか",
    "2025",
    "2025-12",
    "2025年12月",
    "2025-13-01",
    "2025-02-30",
    "2025-12/30",
    "2025-12-301",
    "2025-12-30-slug",
    "12-30-2025",
    "Tue, 31 Nov 2025 11:20:39 GMT",
    "0000-01-01",
    "0001-01-01T00:00:00Z",
    "1867-12-31",
    "2101-01-01",
    "9" * 1_000_000,
]

NAMES = {
    "2025-12-30-slug.md": DAY,
    "2025-12-30.txt": DAY,
    "2025_12_30_slug.md": DAY,
    "20251230_startup.md": DAY,
    "20251230123456.txt": None,
    "2025-1230.txt": None,
    "2025-13-30-slug.md": None,
    "1234-11-11-part.md": None,
    "slug-2025-12-30.md": None,
    "２０２５-12-30.md": None,
}


@pytest.mark.parametrize("value", WRITTEN)
def test_written_dates(value: str) -> None:
    assert parse_written(value) == DAY


@pytest.mark.parametrize("value", NO_DATES, ids=lambda value: value[:30])
def test_what_is_no_date(value: str) -> None:
    for parse in (parse_written, parse_iso):
        with pytest.raises(NotADateError) as raised:
            parse(value)
        assert len(str(raised.value)) < 300


def test_the_day_is_the_one_that_is_written() -> None:
    assert parse_iso("2025-12-30T23:30:00-10:00") == DAY
    assert parse_written("2025-12-30T00:30:00+14:00") == DAY


@pytest.mark.parametrize(("name", "expected"), NAMES.items())
def test_dates_in_file_names(name: str, expected: datetime.date | None) -> None:
    assert date_in_name(name) == expected
