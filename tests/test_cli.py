"""The command line, as a user runs it."""

from __future__ import annotations

import hashlib
import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from command_line import SOURCE, failures_of, lines_of, run
from jijitsu.kinds import ArticleFacts

ARTICLE = "アリババは2025年9月24日、3年間で3800億元（約7.98兆円）を投じる。\n"
COMMANDS = ["extract", "merge", "evaluate", "show", "schema", "mark", "unmark", "lint"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "corpus" / "b.md").write_text(
        "---\ntitle: 見出し\ndate: 2025-09-24\n---\n昨年は75%だった。\n", encoding="utf-8"
    )
    (tmp_path / "rows.jsonl").write_text(
        '{"id": "one", "text": "500億円", "title": "題"}\n{"text": "8割"}\n', encoding="utf-8"
    )
    return tmp_path


def test_a_line_for_each_article_in_the_order_of_input(folder: Path) -> None:
    result = run("extract", "rows.jsonl", "corpus", "-", cwd=folder, stdin="1億円".encode())
    assert result.returncode == 0
    documents = [line["document"] for line in lines_of(result)]
    assert [(document["id"], document["source"]) for document in documents] == [
        ("one", "rows.jsonl:1"),
        ("rows-2", "rows.jsonl:2"),
        ("a", "corpus/a.txt"),
        ("b", "corpus/b.md"),
        ("stdin", "stdin"),
    ]
    assert [document.get("title") for document in documents] == ["題", None, None, "見出し", None]
    assert documents[3]["published"] == "2025-09-24"
    assert documents[2]["sha256"] == hashlib.sha256(ARTICLE.encode()).hexdigest()


def test_lines_are_valid_and_quote_the_article(folder: Path) -> None:
    result = run("extract", "corpus/a.txt", cwd=folder)
    facts = ArticleFacts.model_validate_json(result.stdout).facts
    assert {fact.kind for fact in facts} == {"entity", "date", "duration", "money"}
    for fact in facts:
        assert ARTICLE[fact.start : fact.end] == fact.text


def test_a_file_gets_what_stdout_gets_and_runs_are_alike(folder: Path) -> None:
    printed = run("extract", "corpus", "rows.jsonl", cwd=folder).stdout
    for _ in range(2):
        written = run("extract", "corpus", "rows.jsonl", "-o", "out.jsonl", cwd=folder)
        assert written.stdout == b""
        assert (folder / "out.jsonl").read_bytes() == printed
    assert sorted(path.name for path in folder.iterdir()) == ["corpus", "out.jsonl", "rows.jsonl"]


def test_the_output_is_utf8_in_any_locale(folder: Path) -> None:
    here = run("extract", "corpus", cwd=folder).stdout
    there = run("extract", "corpus", cwd=folder, LC_ALL="C", PYTHONIOENCODING="ascii").stdout
    assert here == there
    shown = run("show", "corpus/a.txt", cwd=folder, PYTHONIOENCODING="ascii")
    assert shown.returncode == 0


def test_the_summary(folder: Path) -> None:
    result = run("extract", "corpus", "missing.txt", cwd=folder)
    failure, total, kinds = result.stderr.decode().splitlines()
    assert failure == "jijitsu: missing.txt: no such file or folder"
    assert total.startswith("articles 2, failed 1, facts ")
    assert " characters in " in total
    assert "money 2" in kinds


def test_a_failed_article_does_not_keep_the_others_from_the_file(folder: Path) -> None:
    result = run("extract", "missing.txt", "corpus/a.txt", "-o", "out.jsonl", cwd=folder)
    assert result.returncode == 1
    assert (folder / "out.jsonl").read_bytes().count(b"\n") == 1


def test_kinds(folder: Path) -> None:
    (line,) = lines_of(run("extract", "corpus/a.txt", "--kinds", "money, duration", cwd=folder))
    assert {fact["kind"] for fact in line["facts"]} == {"money", "duration"}


def test_an_engine_for_no_names(folder: Path) -> None:
    (line,) = lines_of(run("extract", "corpus/a.txt", "--ner", "none", cwd=folder))
    assert "entity" not in {fact["kind"] for fact in line["facts"]}


def test_the_day_of_publication(folder: Path) -> None:
    result = run("extract", "corpus", "--published", "2020-01-01T08:00", cwd=folder)
    days = [line["document"]["published"] for line in lines_of(result)]
    assert days == ["2020-01-01", "2025-09-24"]


def test_rates(folder: Path) -> None:
    (folder / "rates.csv").write_text("date,currency,per_usd\n2025-09-24,CNY,2\n2025-09-24,JPY,1\n")
    (line,) = lines_of(
        run(
            "extract",
            "-",
            "--rates",
            "rates.csv",
            "--published",
            "2025-09-24",
            cwd=folder,
            stdin="3億元".encode(),
        )
    )
    (fact,) = line["facts"]
    assert fact["converted"]["USD"]["low"] == "150000000"


def test_a_pipe_is_written_as_it_is(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    pipe = os.open(folder / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    run("extract", "corpus/a.txt", "-o", "pipe", cwd=folder)
    with os.fdopen(pipe, "rb") as stream:
        assert stream.read() == run("extract", "corpus/a.txt", cwd=folder).stdout
    assert (folder / "pipe").is_fifo()


def test_an_output_keeps_its_old_content_if_the_run_is_broken_off(folder: Path) -> None:
    (folder / "out.jsonl").write_text("old")
    process = subprocess.Popen(
        [sys.executable, "-m", "jijitsu", "extract", "corpus", "-", "-o", "out.jsonl"],
        cwd=folder,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(SOURCE)},
    )
    assert process.stdin
    assert process.stderr
    # The corpus is done when standard input is waited for; its partial file is there then.
    while not list(folder.glob(".out.jsonl.*.part")):
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    process.wait()
    process.stdin.close()
    process.stderr.close()
    assert process.returncode not in {0, 1, 2}
    assert (folder / "out.jsonl").read_text() == "old"
    assert not list(folder.glob(".*"))


def test_a_reader_that_has_seen_enough(folder: Path) -> None:
    (folder / "many.jsonl").write_text('{"text": "3億円と4億円"}\n' * 2000, encoding="utf-8")
    command = f"'{sys.executable}' -m jijitsu extract many.jsonl | head -n 1"
    result = subprocess.run(
        ["/bin/bash", "-c", f"set -o pipefail; {command}"],
        cwd=folder,
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(SOURCE)},
    )
    assert result.stdout.count(b"\n") == 1
    assert result.stderr == b""
    assert result.returncode == 128 + signal.SIGPIPE


def in_terminal(folder: Path, *arguments: str) -> str:
    """Run a command whose stdout and stderr are a terminal, and return what it shows."""
    ours, its = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "jijitsu", *arguments],
        cwd=folder,
        stdout=its,
        stderr=its,
        stdin=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": str(SOURCE), "TERM": "xterm-256color", "COLUMNS": "100"},
    ) as process:
        os.close(its)
        shown = b""
        try:
            while data := os.read(ours, 4096):
                shown += data
        except OSError:  # how Linux says that the other end is closed
            pass
        os.close(ours)
    assert process.returncode == 0
    return shown.decode()


def test_progress_is_shown_on_a_terminal_alone(folder: Path) -> None:
    assert "\x1b[2K" in in_terminal(folder, "extract", "corpus", "-o", "out.jsonl")
    assert b"\x1b" not in run("extract", "corpus", "-o", "out.jsonl", cwd=folder).stderr


def test_show_in_colour(folder: Path) -> None:
    (folder / "a.txt").write_text("Llama-3.1-70Bは\x1b、3億円\n", encoding="utf-8")
    shown = in_terminal(folder, "show", "a.txt")
    assert "\x1b[31mLlama-3.1-\x1b[0m\x1b[4;31m70B\x1b[0mは␛、\x1b[1;32m3億円\x1b[0m" in shown


def test_show_without_a_terminal(folder: Path) -> None:
    result = run("show", "corpus/a.txt", "--published", "2025-09-24", cwd=folder)
    shown = result.stdout.decode()
    assert result.returncode == 0
    assert "\x1b" not in shown
    assert shown.startswith(f"corpus/a.txt (2025-09-24)\n\n{ARTICLE}")
    rows = [" ".join(line.split()) for line in shown.splitlines()]
    assert "span kind text value converted" in rows
    assert "0-4 entity アリババ Alibaba, organization" in rows
    assert "16-19 duration 3年間 3 years" in rows
    assert any(row.startswith("20-26 money 3800億元 380 billion CNY") for row in rows)


def test_show_what_is_not_there(folder: Path) -> None:
    result = run("show", "missing.txt", cwd=folder)
    assert failures_of(result) == ["missing.txt: no such file or folder"]
    assert result.returncode == 1


def test_the_schema_is_that_of_the_models() -> None:
    schema = json.loads(run("schema").stdout)
    assert schema["properties"].keys() == {"document", "facts"}
    kinds = schema["properties"]["facts"]["items"]["discriminator"]["mapping"]
    assert kinds.keys() >= {"money", "date", "entity"}
    assert "from" in schema["$defs"]["DateFact"]["properties"]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str) -> None:
    assert f" {command} " in run("--help").stdout.decode()
    result = run(command, "--help")
    assert result.returncode == 0
    assert result.stdout.decode().startswith(f"Usage: jijitsu {command} ")


def test_help_does_not_wait_for_what_it_does_not_need() -> None:
    program = "import sys, jijitsu.cli; print(*sys.modules)"
    result = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(SOURCE)},
    )
    loaded = set(result.stdout.decode().split())
    assert loaded.isdisjoint({"pydantic", "fugashi", "babel", "yaml", "rich.console"})
