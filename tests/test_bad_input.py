"""Bad input: each its own message and exit code, and the rest is done."""

from __future__ import annotations

import errno
import gzip
import json
import os
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

from command_line import failures_of, lines_of, run

TABLES = Path(__file__).parent / "bad_input"


def cases(table: str) -> list[Any]:
    rows = tomllib.loads((TABLES / table).read_text(encoding="utf-8"))["case"]
    return [pytest.param(row, id=row["name"]) for row in rows]


def write_files(case: dict[str, Any], folder: Path) -> None:
    contents = {"good.txt": "投資額は3800億元".encode()}
    contents |= {name: text.encode() for name, text in case.get("files", {}).items()}
    contents |= {name: bytes.fromhex(data) for name, data in case.get("bytes", {}).items()}
    for name, content in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


@pytest.mark.parametrize("case", cases("articles.toml"))
def test_bad_articles_are_named_and_the_others_done(case: dict[str, Any], tmp_path: Path) -> None:
    write_files(case, tmp_path)
    result = run("extract", *case["arguments"], cwd=tmp_path, stdin=case.get("stdin", "").encode())
    assert failures_of(result) == case["failures"]
    assert [line["document"]["id"] for line in lines_of(result)] == case["done"]
    assert result.returncode == 1


@pytest.mark.parametrize("case", cases("usage.toml"))
def test_wrong_usage_says_what_is_wrong(case: dict[str, Any], tmp_path: Path) -> None:
    write_files(case, tmp_path)
    before = sorted(tmp_path.rglob("*"))
    result = run(*case["arguments"], cwd=tmp_path)
    assert result.stderr.decode().splitlines()[-1].startswith(f"Error: {case['error']}")
    assert result.stdout == b""
    assert result.returncode == 2
    assert sorted(tmp_path.rglob("*")) == before


def test_an_unreadable_file(tmp_path: Path) -> None:
    # Even root can't read through a link that leads to itself.
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    (tmp_path / "good.txt").write_text("3億円", encoding="utf-8")
    result = run("extract", "loop.txt", "good.txt", cwd=tmp_path)
    assert failures_of(result) == [f"loop.txt: can't be read: {os.strerror(errno.ELOOP)}"]
    assert len(lines_of(result)) == 1
    assert result.returncode == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").touch(mode=0)
    result = run("extract", "secret.txt", cwd=tmp_path)
    assert failures_of(result) == ["secret.txt: can't be read: Permission denied"]
    assert result.returncode == 1


def test_a_line_of_ten_megabytes_is_done_in_time(tmp_path: Path) -> None:
    text = ("詳しいことはまだ決まっていないという。" * 30 + "3年間で3800億元を投じる。\n") * 5_900
    row = json.dumps({"id": "long", "text": text}, ensure_ascii=False)
    assert len(row.encode()) > 10_000_000
    (tmp_path / "rows.jsonl").write_text(row, encoding="utf-8")
    start = time.monotonic()
    result = run("extract", "--ner", "none", "--kinds", "money", "rows.jsonl", cwd=tmp_path)
    assert result.returncode == 0
    assert len(lines_of(result)[0]["facts"]) == 5_900
    assert time.monotonic() - start < 60


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    (tmp_path / "bomb.txt.gz").write_bytes(gzip.compress(b"0" * 70_000_000))
    (tmp_path / "rows.jsonl.gz").write_bytes(
        gzip.compress(b"0" * 70_000_000 + '\n{"text": "3億円"}'.encode())
    )
    result = run("extract", "bomb.txt.gz", "rows.jsonl.gz", cwd=tmp_path)
    assert failures_of(result) == [
        "bomb.txt.gz: longer than 64 MiB",
        "rows.jsonl.gz:1: longer than 64 MiB",
    ]
    assert [line["document"]["id"] for line in lines_of(result)] == ["rows-2"]
