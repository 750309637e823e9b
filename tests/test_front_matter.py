"""Front matter: where it ends, and what it says."""

from __future__ import annotations

import datetime
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jijitsu.front_matter import MAX_BLOCK, Metadata, find_front_matter, read_metadata
from jijitsu.published import NotADateError

# A text, and what of it is front matter.
FOUND = {
    "---\ntitle: 見出し\n---\n本文": "---\ntitle: 見出し\n---\n",
    "---\ntitle: 見出し\n---": "---\ntitle: 見出し\n---",
    "---\r\ntitle: 見出し\r\n---\r\n本文": "---\r\ntitle: 見出し\r\n---\r\n",
    "---\rtitle: 見出し\r---\r本文": "---\rtitle: 見出し\r---\r",
    "\ufeff---\ntitle: a\n---\n本文": "---\ntitle: a\n---\n",
    "\n \n\n---\ntitle: a\n---\n本文": "---\ntitle: a\n---\n",
    "---  \ntitle: a\n---\t\n本文": "---  \ntitle: a\n---\t\n",
    "---\n# comment\n\ntitle: a\n---\n本文": "---\n# comment\n\ntitle: a\n---\n",
    '---\n"title": a\n---\n本文': '---\n"title": a\n---\n',
    "---\ntags:\n- a\n---\n本文": "---\ntags:\n- a\n---\n",
    "---\n題名: a\n---\n本文": "---\n題名: a\n---\n",
    "---\na: b\n---\n---\nc: d\n---\n": "---\na: b\n---\n",
    "---\na: b\n ---\n---\n": "---\na: b\n ---\n---\n",
    '+++\ntitle = "a"\n+++\n本文': '+++\ntitle = "a"\n+++\n',
    "+++\n[params]\na = 1\n+++\n本文": "+++\n[params]\na = 1\n+++\n",
}

NOT_FOUND = [
    "",
    "本文",
    "---\n",
    "---\ntitle: a\n",
    "---\n---\n",
    "---\n\n---\n",
    "本文\n---\ntitle: a\n---\n",
    "  ---\ntitle: a\n---\n",
    "----\ntitle: a\n----\n",
    "---\n本文の段落。\n---\n次の段落",
    "---\n概要：この記事では\n---\n",
    "---\n10:30に始まった。\n---\n",
    "---\n- list: a\n---\n",
    "---\ntitle: a\n+++\n",
    "+++\ntitle: a\n+++\n",
    "---\ntitle = a\n---\n",
    "---\ntitle: " + "a" * MAX_BLOCK + "\n---\n",
]

# A block (YAML, or TOML after "+"), the title in it, and the date (None where there is none).
METADATA: list[tuple[str, str | None, str | None]] = [
    ("title: 見出し\ndate: 2025-12-30", "見出し", "2025-12-30"),
    ('title: "引用: 「あ」"\ndate: "2025-12-30"', "引用: 「あ」", "2025-12-30"),
    ("date: 2025-12-30 20:20:39 +0900", None, "2025-12-30"),
    ("date: 2025-12-30T16:37:23.595Z", None, "2025-12-30"),
    ("date: 2025/12/30 # 公開日", None, "2025-12-30"),
    ("pubDate: Tue, 30 Dec 2025 20:20:39 +0900", None, "2025-12-30"),
    ("published_at: 2025年12月30日", None, "2025-12-30"),
    ("publishedAt: 2025-12-30\ncreated: 2024-01-01", None, "2025-12-30"),
    ("created_at: 2024-01-01\ndate: 2025-12-30", None, "2025-12-30"),
    ("Date: 2025-12-30\nTitle: a", "a", "2025-12-30"),
    ("published: true\npublished_at: 2025-12-30", None, "2025-12-30"),
    ("published: false\ntitle: a", "a", None),
    ("date:\ntitle: a", "a", None),
    ("date: null\ntitle: ~", None, None),
    ("lastmod: 2025-12-30", None, None),
    ("seo:\n  date: 2025-12-30", None, None),
    # No YAML, but common:
    ("title: AI: その次: へ\ndate: 2025-12-30", "AI: その次: へ", "2025-12-30"),
    ("title: [速報] 3億円\ndate: 2025-12-30", "[速報] 3億円", "2025-12-30"),
    ('title: "「あ」" と "い"\ndate: 2025-12-30 # x', "「あ」", "2025-12-30"),
    ("title: @alibaba\ndate: '2025-12-30'", "@alibaba", "2025-12-30"),
    ("title:\ta\ndate:\t2025-12-30", "a", "2025-12-30"),
    ("title: a\ntitle: {{ x }}\ndate: 2025-12-30", "a", "2025-12-30"),
    ("title: a\nlayout: *post\ndate: 2025-12-30", "a", "2025-12-30"),
    ("+title = '見出し'\ndate = 2025-12-30", "見出し", "2025-12-30"),
    ("+title = '見出し'\ndate = 2025-12-30T20:20:39+09:00", "見出し", "2025-12-30"),
    ('+date = "2025-12-30"\ndraft = true\n[extra]\ndate = 1', None, "2025-12-30"),
    ("+title = 見出し\ndate = 2025-12-30", "見出し", "2025-12-30"),
    ('+title = "a"\r\ndate = 2025-12-30\r', "a", "2025-12-30"),
]

BAD_DATES = ["date: いつか", "date: 2025-13-45", "date: 0000-01-01", "date: [2025-12-30]"]


def metadata_of(block: str) -> Metadata:
    fence = "+++" if block.startswith("+") else "---"
    front_matter = find_front_matter(f"{fence}\n{block.removeprefix('+')}\n{fence}\n")
    assert front_matter
    return read_metadata(front_matter)


@pytest.mark.parametrize(("text", "expected"), FOUND.items())
def test_front_matter_is_found(text: str, expected: str) -> None:
    found = find_front_matter(text)
    assert found
    assert text[found.start : found.end] == expected
    assert found.syntax == ("toml" if "+++" in expected else "yaml")
    assert found.block in expected


@pytest.mark.parametrize("text", NOT_FOUND, ids=lambda text: text[:20])
def test_what_is_no_front_matter(text: str) -> None:
    assert find_front_matter(text) is None


@pytest.mark.parametrize(("block", "title", "day"), METADATA)
def test_title_and_date(block: str, title: str | None, day: str | None) -> None:
    metadata = metadata_of(block)
    assert metadata.title == title
    assert metadata.published == (datetime.date.fromisoformat(day) if day else None)


@pytest.mark.parametrize("block", BAD_DATES)
def test_a_date_that_is_none(block: str) -> None:
    with pytest.raises(NotADateError):
        assert metadata_of(block).published


def test_titles_are_valid_unicode() -> None:
    assert metadata_of(r'title: "a\ud800b"').title == "a?b"


@given(st.text("-+ \t\r\n#:=ab\"'[]", max_size=60))
def test_offsets_lie_within_the_text(text: str) -> None:
    found = find_front_matter(text)
    if found:
        assert text[found.start :].startswith(("---", "+++"))
        assert text[found.start : found.end].rstrip().endswith(("---", "+++"))
        assert isinstance(read_metadata(found), Metadata)


HOSTILE = {
    "blank lines": "\n" * 1_000_000,
    "blank lines with spaces": " \n" * 500_000,
    "rules": "---\n" * 250_000,
    "an opening, then spaces": "---\n" + " " * 1_000_000,
    "almost closed": "---\na: b\n" + "--- x\n" * 200_000,
    "comments": "---\n" + " #" * 30_000 + "\n---\n",
    "brackets": "---\na: " + "[" * 65_000 + "\n---\n",
    "fewer brackets": "---\na: " + "[" * 16_000 + "\n---\n",
    "aliases": "---\na: &a [x]\nb: [" + "*a," * 5_000 + "]\n---\n",
    "laughs": "---\na0: &a0 [x,x,x,x]\n"
    + "".join(f"a{n}: &a{n} [{f'*a{n - 1},' * 9}]\n" for n in range(1, 40))
    + "title: *a39\n---\n",
    "dotted keys": "+++\n" + "a.b." * 4_000 + "a = 1\n+++\n",
    "a long number": "+++\na = " + "1" * 16_000 + "\n+++\n",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_blocks_take_no_time(text: str) -> None:
    start = time.monotonic()
    found = find_front_matter(text)
    if found:
        read_metadata(found)
    assert time.monotonic() - start < 5
