"""The table of entities: what it finds, and the rows that it refuses."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import pytest

from jijitsu.names.table import EntityTable, entity_table
from jijitsu.tables import TableError


def load(rows: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> EntityTable:
    """Return the table of these rows."""
    (folder / "entities").mkdir()
    file = folder / "entities" / "firms.csv"
    file.write_text(f"name,type,forms,context\n{rows}\n", encoding="utf-8")
    monkeypatch.setattr(resources, "files", lambda _: folder)
    return entity_table.__wrapped__()


def test_a_form_is_found_by_what_the_normalized_text_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = load("Sharp,organization,シャープ;ＳＨＡＲＰ;?シャ,液晶;TV", tmp_path, monkeypatch)
    forms = [table.form(surface) for surface in ("SHARP", "sharp", "シャ", "シャープ")]
    assert [(form.surface, form.ambiguous) for form in forms if form] == [
        ("SHARP", False), ("SHARP", False), ("シャ", True), ("シャープ", False),
    ]  # fmt: skip
    assert len({form.entity for form in forms if form}) == 1
    assert forms[0]
    assert forms[0].entity.context == ("液晶", "TV")
    assert table.form("Sharp") is None
    assert table.longest_at("SHARPの", "sharpの", 0) == [(5, forms[0])]
    assert table.id_of("Sharp", "organization") == "organization/sharp"
    assert table.id_of("Sharp", "product") is None


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("A,firm,エー,", "firms.csv: A: unknown type 'firm'"),
        ("A,organization,;,", "firms.csv: A: a row needs a name and forms"),
        (",organization,エー,", "firms.csv: : a row needs a name and forms"),
        ("A,person,エー,\nB,person,?エー,", "firms.csv: B: 'エー' stands in another row too"),
        ("A,person,Alpha,\nB,person,ALPHA,", "firms.csv: B: 'ALPHA' stands in another row too"),
        ("A,person,エー", "entities/firms.csv: 2: 3 fields, not 4"),
    ],
)
def test_a_broken_row_is_named(
    rows: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(TableError, match=f"^{re.escape(message)}$"):
        load(rows, tmp_path, monkeypatch)
