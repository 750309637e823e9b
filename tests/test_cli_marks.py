"""``jijitsu mark`` and ``unmark``, as a user runs them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from command_line import failures_of, run
from jijitsu.gold.marked import parse_marked

ARTICLE = "アリババは2025年9月24日、3年間で3800億元（約7.98兆円）を投じる。\n"

MARKED = """---
title: 見出し
date: 2025-09-24
---
⟦アリババ|org:Alibaba⟧は⟦3800億元|money CNY 380e9 investment #1 of=Alibaba⟧（約⟦7.98兆円|money JPY ~7980e9 other =1 of=-⟧）を投じる。
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text(ARTICLE, encoding="utf-8")
    return tmp_path


def test_gold_is_made_of_marked_text_and_marked_text_of_gold(folder: Path) -> None:
    (folder / "x.md").write_text(MARKED, encoding="utf-8")
    result = run("unmark", "x.md", "--corpus", "corpus", "--annotations", "gold", cwd=folder)
    assert result.returncode == 0
    text, facts = parse_marked(MARKED)
    assert (folder / "corpus" / "x.md").read_text(encoding="utf-8") == text
    (line,) = map(json.loads, (folder / "gold" / "x.jsonl").read_text("utf-8").splitlines())
    assert line == {
        "document": {
            "id": "x",
            "source": "corpus/x.md",
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
            "published": "2025-09-24",
            "title": "見出し",
        },
        "facts": facts,
    }
    again = run("mark", "corpus/x.md", "--gold", "gold", cwd=folder)
    assert again.stdout.decode() == MARKED


def test_marks_of_what_is_extracted(folder: Path) -> None:
    result = run("mark", "corpus/a.txt", cwd=folder)
    text, facts = parse_marked(result.stdout.decode())
    assert text == ARTICLE
    assert [fact["text"] for fact in facts] == [
        "アリババ",
        "2025年9月24日",
        "3年間",
        "3800億元",
        "7.98兆円",
    ]


def test_marking_fails_with_a_reason(folder: Path) -> None:
    (folder / "gold.jsonl").write_text('{"document": {"id": "z"}, "facts": []}')
    (folder / "odd.txt").write_text("⟦3億円⟧", encoding="utf-8")
    for arguments, reason in (
        (["corpus/a.txt", "--gold", "gold.jsonl"], "gold.jsonl: no article has the id 'a'"),
        (["odd.txt"], "odd.txt: the article itself holds ⟦ or ⟧"),
        (["missing.txt"], "missing.txt: no such file or folder"),
    ):
        result = run("mark", *arguments, cwd=folder)
        assert failures_of(result) == [reason]
        assert result.returncode == 1
        assert result.stdout == b""


def test_unmarking_names_the_bad_files_and_does_the_others(folder: Path) -> None:
    (folder / "good.txt").write_text("⟦5割|pct 50⟧", encoding="utf-8")
    (folder / "open.txt").write_text("⟦5割", encoding="utf-8")
    (folder / "day.txt").write_text(
        "⟦5日|date 2025-09-05 2025-09-31..2025-09-31⟧", encoding="utf-8"
    )
    (folder / "bytes.txt").write_bytes(b"\x80\xff")
    (folder / "date.md").write_text("---\ndate: いつか\n---\n", encoding="utf-8")
    names = ["open.txt", "day.txt", "bytes.txt", "date.md", "missing.txt"]
    result = run("unmark", *names, "good.txt", "--corpus", "c", "--annotations", "g", cwd=folder)
    assert result.returncode == 1
    failures = [line.partition(":")[0] for line in failures_of(result)]
    assert failures == names
    assert [path.name for path in (folder / "g").iterdir()] == ["good.jsonl"]
