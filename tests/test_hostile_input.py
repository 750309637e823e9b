"""Input that is made to do harm: bombs, loops, escapes, formulas.  None does any."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import pytest

from command_line import failures_of, lines_of, run

_GOOD = "3億円"


class Attack(NamedTuple):
    """A file, what stderr says of it, and the texts of the facts that are found all the same."""

    name: str
    file: str
    content: bytes
    failures: tuple[str, ...] = ()
    facts: tuple[str, ...] = (_GOOD,)


def _yaml_bomb() -> bytes:
    lines = ["a: &a [x,x,x,x,x,x,x,x,x]"]
    for before, name in zip("abcdefghi", "bcdefghij", strict=True):
        lines.append(f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]")
    return "\n".join(["---", *lines, "title: *j", "---", _GOOD]).encode()


def _rows(*rows: str) -> bytes:
    return "\n".join(rows).encode()


ATTACKS = (
    Attack("a YAML bomb", "a.md", _yaml_bomb()),
    Attack(
        "deep YAML",
        "a.md",
        f"---\na: {'[' * 5_000}{']' * 5_000}\n---\n{_GOOD}".encode(),
    ),
    Attack(
        "deep HTML",
        "a.html",
        ("<div>" * 100_000 + _GOOD + "</div>" * 100_000).encode(),
    ),
    Attack(
        "HTML that defines its own entities",
        "a.html",
        (
            f"<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><p>&b;&b; {_GOOD}</p>".encode()
        ),
    ),
    Attack(
        "a script",
        "a.html",
        f"<script>alert('9億円')</script><p>{_GOOD}".encode(),
    ),
    Attack("NULs", "a.txt", f"\0\0、{_GOOD}".encode()),
    Attack(
        "an id that climbs the tree",
        "a.jsonl",
        _rows('{"id": "../../etc/passwd", "text": "3億円"}'),
    ),
    Attack(
        "an id, a title and a text with escapes and NULs",
        "a.jsonl",
        _rows(r'{"id": "\u001b[31m\u0000", "title": "\u001b]0;x\u0007", "text": "\u001b[2J 3億円"}'),
    ),
    Attack(
        "quotes and statements",
        "a.jsonl",
        _rows(r'{"id": "a\"; DROP TABLE facts; --", "text": "3億円"}'),
    ),
    Attack(
        "deep JSON",
        "a.jsonl",
        (
            b'{"text": "x", "a": ' + b"[" * 100_000 + b"]" * 100_000 + b'}\n{"text": "3\xe5\x84\x84\xe5\x86\x86"}'
        ),
        failures=("a.jsonl:1: malformed JSON: maximum recursion depth exceeded",),
    ),
    Attack(
        "a number of 5,000 digits",
        "a.jsonl",
        _rows('{"text": "x", "n": ' + "9" * 5_000 + "}", '{"text": "3億円"}'),
        failures=("a.jsonl:1: malformed JSON: Exceeds the limit",),
    ),
    Attack("a million digits", "a.txt", b"9" * 1_000_000 + f"\n{_GOOD}".encode()),
    Attack("100,000 open brackets", "a.txt", ("（" * 100_000 + f"\n{_GOOD}").encode()),
)  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_attack_does_no_harm(attack: Attack, tmp_path: Path) -> None:
    (tmp_path / attack.file).write_bytes(attack.content)
    result = run("extract", "--ner", "none", attack.file, cwd=tmp_path)
    found = failures_of(result)
    assert len(found) == len(attack.failures)
    for message, beginning in zip(found, attack.failures, strict=True):
        assert message.startswith(beginning)
    texts = tuple(fact["text"] for line in lines_of(result) for fact in line["facts"])
    assert texts == attack.facts
    assert result.returncode == bool(attack.failures)
    assert b"\x1b" not in result.stdout + result.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == [attack.file]


RATES = {
    "a million columns": ("date,currency,per_usd" + ",x" * 1_000_000, "row 1: longer than"),
    "a formula for a currency": (
        "date,currency,per_usd\n2025-09-24,=cmd|' /C calc'!A0,7\n",
        "row 2: \"=cmd|' /C calc'!A0\" is no currency code of ISO 4217",
    ),
    "a formula for a rate": (
        "date,currency,per_usd\n2025-09-24,CNY,=1+1\n",
        "row 2: '=1+1' is no positive decimal",
    ),
    "a NUL": (
        "date,currency,per_usd\n2025-09-24,CNY\0,7\n",
        r"row 2: 'CNY\x00' is no currency code of ISO 4217",
    ),
    "infinity": (
        "date,currency,per_usd\n2025-09-24,CNY,Infinity\n",
        "row 2: 'Infinity' is no positive decimal",
    ),
    "an escape": (
        "date,currency,per_usd\n\x1b[31m,CNY,7\n",
        r"row 2: '\x1b[31m' is no date as YYYY-MM-DD",
    ),
}


@pytest.mark.parametrize("name", RATES)
def test_rates_that_are_made_to_do_harm(name: str, tmp_path: Path) -> None:
    content, message = RATES[name]
    (tmp_path / "rates.csv").write_text(content, encoding="utf-8")
    (tmp_path / "a.txt").write_text(_GOOD, encoding="utf-8")
    result = run("extract", "a.txt", "--rates", "rates.csv", cwd=tmp_path)
    last = result.stderr.decode().splitlines()[-1]
    assert last.startswith(f"Error: Invalid value for --rates: rates.csv: {message}")
    assert result.stdout == b""
    assert result.returncode == 2
    assert b"\x1b" not in result.stderr


def test_a_folder_that_leads_to_itself_is_walked_once(tmp_path: Path) -> None:
    (tmp_path / "folder" / "inner").mkdir(parents=True)
    (tmp_path / "folder" / "a.txt").write_text(_GOOD, encoding="utf-8")
    (tmp_path / "folder" / "inner" / "up").symlink_to("..")
    result = run("extract", "--ner", "none", "folder", cwd=tmp_path)
    assert [line["document"]["source"] for line in lines_of(result)] == ["folder/a.txt"]
    assert result.returncode == 0


def test_show_lets_no_escape_through(tmp_path: Path) -> None:
    row = {"text": "\x1b[31m3億円\x07\x1b]0;x\x07\x9b2J", "id": "\x1b[2J", "title": "\x1b[5m"}
    (tmp_path / "a.jsonl").write_text(json.dumps(row), encoding="utf-8")
    result = run("show", "--ner", "none", "a.jsonl", cwd=tmp_path)
    assert "3億円" in result.stdout.decode()
    assert not {"\x1b", "\x07", "\x9b"} & set(result.stdout.decode())
