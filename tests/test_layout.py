"""Where an amount stands: sentences, headings, lists and tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jijitsu.attribution.layout import Layout
from jijitsu.text import normalize
from strategies import any_text


def sentences(text: str) -> list[tuple[str, str]]:
    norm = normalize(text).norm
    return [(one.kind, norm[one.start : one.end]) for one in Layout(norm).sentences]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一つ目の文。二つ目!三つ目?", ["一つ目の文。", "二つ目!", "三つ目?"]),
        (
            "彼は「やる。必ず。やる」と言った。次の文。",
            ["彼は「やる。必ず。やる」と言った。", "次の文。"],
        ),
        ("彼は「外で『中だ。』と聞いた」と書いた。", ["彼は「外で『中だ。』と聞いた」と書いた。"]),
        # A quotation that is not closed ends nothing: each sentence stands for itself.
        ("彼は「開いたまま。次の文。", ["彼は「開いたまま。", "次の文。"]),
        ("売上高は3.5兆円だった。", ["売上高は3.5兆円だった。"]),
        ("It raised $3B. It will grow. 終わり。", ["It raised $3B.", " It will grow. 終わり。"]),
        ("本文の一行目\nと二行目。", ["本文の一行目", "と二行目。"]),
        # A line that ends in a comma or a particle goes on in the next one.
        (
            "買った金額ですが、\n三億円で\nした。次の文。",
            ["買った金額ですが、\n三億円で\nした。", "次の文。"],
        ),
        ("同社は  \n五億円を投じた。", ["同社は  \n五億円を投じた。"]),
        ("同社は\n\n五億円を投じた。", ["同社は", "五億円を投じた。"]),
        ("同社は\n- 五億円を投じた。", ["同社は", "- 五億円を投じた。"]),
        ("同社は\n## 五億円", ["同社は", "## 五億円"]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [words for _, words in sentences(f"長い前置きの文。\n{text}")[1:]] == expected


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("# 題", "heading"),
        ("■アルファ", "heading"),
        ("【決算】アルファ", "heading"),
        ("- 項目", "item"),
        ("・項目", "item"),
        ("①項目", "item"),
        ("3. 項目", "item"),
        ("| 会社 | 売上高 |", "row"),
        ("会社 | 売上高 | 純利益", "row"),
        ("本文は続く。", "prose"),
        ("本文は続く", "prose"),
        ("3.5兆円を投じる。", "prose"),
    ],
)
def test_kinds_of_lines(line: str, kind: str) -> None:
    assert sentences(f"前の文。\n{line}\n後の文。")[1] == (kind, normalize(line).norm)


@pytest.mark.parametrize(
    ("text", "is_heading"),
    [
        ("前の文。\n\n短い見出し\n\n後の文。", True),
        ("前の文。\n\nこれは文である。\n\n後の文。", False),
        ("前の文。\n短い行\n\n後の文。", False),
        (f"前の文。\n\n{'長い行' * 30}\n\n後の文。", False),
    ],
)
def test_a_short_line_that_stands_alone_is_a_heading(text: str, *, is_heading: bool) -> None:
    assert (sentences(text)[1][0] == "heading") is is_heading


@pytest.mark.parametrize("filler", ["長い、文", "長い文", "| 列", "# 題", "    "])
def test_what_is_too_long_is_cut(filler: str) -> None:
    norm = f"前の文。\n{filler * 2000}終わり"
    pieces = Layout(norm).sentences[1:]
    assert max(piece.end - piece.start for piece in pieces) <= 1000
    assert pieces[-1].end == len(norm)


def test_the_first_line_is_the_title() -> None:
    assert sentences("アルファ、電池に投資\n本文。")[0] == ("heading", "アルファ、電池に投資")


def _at(norm: str, words: str) -> tuple[Layout, int]:
    layout = Layout(norm)
    return layout, layout.at(norm.index(words))


def test_the_heading_above_and_the_intro_of_a_list() -> None:
    norm = "# 一\n\n前の文。\n\n## 二\n\n次の通り。\n- 甲：1円\n- 乙：2円\n\n後の文。"
    layout, item = _at(norm, "乙")
    heading, intro = layout.heading(item), layout.intro(item)
    assert heading is not None
    assert intro is not None
    assert norm[layout.sentences[heading].start :].startswith("## 二")
    assert norm[layout.sentences[intro].start :].startswith("次の通り。")
    layout, prose = _at(norm, "前の文")
    assert layout.intro(prose) is None
    assert layout.heading(0) is None
    assert layout.heading(prose) == 0


_TABLE = "|会社|売上高|純利益|\n|---|---|---|\n|甲|10億円|1億円|\n|乙|20億円|2億円|\n"
_HTML = (
    "<table><tr><th>会社</th><th>売上高</th><th>純利益</th></tr>"
    "<tr><td>甲</td><td>10億円</td><td>1億円</td></tr>"
    "<tr><td>乙</td><td>20億円</td><td>2億円</td></tr></table>"
)


@pytest.mark.parametrize("table", [_TABLE, _HTML], ids=["Markdown", "HTML"])
@pytest.mark.parametrize(
    ("words", "row", "column"),
    [
        ("20億円", "乙", "売上高"),
        ("1億円", "甲", "純利益"),
        ("乙", None, "会社"),
        ("純利益", "会社", None),
    ],
)
def test_cells(table: str, words: str, row: str | None, column: str | None) -> None:
    norm = normalize(f"前の文。\n\n{table}\n後の文。").norm
    layout = Layout(norm)
    position = norm.rindex(words) if words == "1億円" else norm.index(words)
    cell = layout.cell(layout.at(position), position)
    assert cell is not None
    assert (cell.row_heading and norm[slice(*cell.row_heading)]) == row
    assert (cell.column_heading and norm[slice(*cell.column_heading)]) == column


def test_a_table_ends_where_its_rows_end() -> None:
    norm = f"{_TABLE}\n間の文。\n\n|品|値|\n|甲|3円|\n"
    layout, row = _at(norm, "3円")
    cell = layout.cell(row, norm.index("3円"))
    assert cell is not None
    assert cell.column_heading is not None
    assert norm[slice(*cell.column_heading)] == "値"
    assert layout.cell(layout.at(norm.index("間")), norm.index("間")) is None


@given(st.one_of(any_text, st.text("。「」『』|-#\n・! あ1", max_size=40)))
def test_sentences_hold_all_but_blanks_in_order(raw: str) -> None:
    norm = normalize(raw).norm
    layout = Layout(norm)
    position = 0
    for index, one in enumerate(layout.sentences):
        assert not norm[position : one.start].strip(
            " \t\n\u3000|:+=-\r\f\v\x1c\x1d\x1e\x1f\x85\xa0"
        )
        assert one.start < one.end
        assert norm[one.start : one.end].strip()
        assert layout.at(one.start) == layout.at(one.end - 1) == index
        layout.cell(index, one.start)
        layout.intro(index)
        position = one.end
