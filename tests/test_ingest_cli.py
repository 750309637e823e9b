"""``jijitsu ingest``, as a user runs it."""

from __future__ import annotations

import json
import os
import pty
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from command_line import SOURCE, failures_of, run
from ingests import QUICK, count, rejects_of, start, summary_of, wait_for
from stores import SQLITE


def test_from_articles_to_a_database_and_past_what_is_bad(news: Path) -> None:
    command = ("ingest", "in", "missing.txt", "--rejects", "rejects.jsonl", *QUICK)
    first = run(*command, cwd=news)
    assert first.returncode == 1
    assert summary_of(first).startswith("articles new 42, changed 0, skipped 0, rejected 3; facts ")
    assert "money " in first.stderr.decode().splitlines()[-1]
    state = SQLITE.state(news)
    assert {"in/rows.jsonl-9", "row9"} & set(state["ids"]) == {"row9"}
    assert len(state["ids"]) == 42

    rejects = rejects_of(news / "rejects.jsonl")
    reasons = [f"{entry['source']}: {entry['reason']}" for entry in rejects]
    assert sorted(reasons) == sorted(failures_of(first))
    assert [sorted(entry.keys() - {"source", "reason"}) for entry in rejects] == [
        ["path"],
        ["row"],
        ["path"],
    ]

    second = run(*command, cwd=news)
    assert summary_of(second).startswith("articles new 0, changed 0, skipped 42, rejected 3;")
    assert SQLITE.state(news) == state
    assert rejects_of(news / "rejects.jsonl") == rejects


def test_what_was_rejected_is_taken_up_again(news: Path) -> None:
    run("ingest", "in", "missing.txt", "--rejects", "rejects.jsonl", *QUICK, cwd=news)
    again = run("ingest", "--retry", "rejects.jsonl", *QUICK, cwd=news)
    assert again.returncode == 1
    assert len(rejects_of(news / "rejects.jsonl")) == 3

    (news / "missing.txt").write_text("損失は9億円。", encoding="utf-8")
    rejects = rejects_of(news / "rejects.jsonl")
    row = next(entry for entry in rejects if "row" in entry)
    row["row"]["line"] += "}"
    lines = [json.dumps(entry) + "\n" for entry in rejects]
    (news / "rejects.jsonl").write_text("".join(lines))
    mended = run("ingest", "--retry", "rejects.jsonl", *QUICK, cwd=news)
    assert summary_of(mended).startswith("articles new 2, changed 0, skipped 0, rejected 1;")
    assert {"broken", "missing.txt"} < set(SQLITE.state(news)["ids"])
    assert [entry["path"] for entry in rejects_of(news / "rejects.jsonl")] == ["in/bad.txt"]
    assert not list(news.glob(".rejects*"))


@pytest.mark.parametrize("workers", ["1", "3"])
def test_lines_are_those_of_extract_in_their_order(news: Path, workers: str) -> None:
    rows = news / "in" / "rows.jsonl"
    rows.write_text(rows.read_text(encoding="utf-8") * 5, encoding="utf-8")
    (news / "in" / "bad.txt").unlink()
    arguments = ["in/rows.jsonl", "--ner", "none"]
    result = run("ingest", *arguments, "--to", "out.jsonl", "--workers", workers, cwd=news)
    assert result.returncode == 1
    extracted = run("extract", *arguments, cwd=news).stdout.splitlines(keepends=True)
    # Of the five rows with one id the last stays, at the place of the first.
    lines = {json.loads(line)["document"]["id"]: line for line in extracted}
    assert (news / "out.jsonl").read_bytes() == b"".join(lines.values())


@pytest.mark.heavy
def test_one_file_of_many_rows_is_split_among_workers(news: Path) -> None:
    row = json.dumps({"text": "売上は3億円、利益は5億円だった。" * 40}, ensure_ascii=False)
    (news / "rows.jsonl").write_text(f"{row}\n" * 300, encoding="utf-8")
    marks = news / "pids"
    (news / "sitecustomize.py").write_text(
        "import os\nfrom jijitsu.pipeline import Pipeline\nextract = Pipeline.extract\n"
        "def noted(self, article):\n"
        f"    open('{marks}', 'a').write(f'{{os.getpid()}}\\n')\n"
        "    return extract(self, article)\n"
        "Pipeline.extract = noted\n"
    )
    path = f"{SOURCE}{os.pathsep}{news}"
    run("ingest", "rows.jsonl", "--ner", "none", "--workers", "2", cwd=news, PYTHONPATH=path)
    assert len(set(marks.read_text().split())) == 2


@pytest.mark.parametrize(
    ("package", "option", "extra"),
    [
        ("pyarrow", "--to=parquet:facts", "parquet"),
        ("psycopg", "--to=postgresql+psycopg:///facts", "postgresql"),
        ("watchfiles", "--watch", "watch"),
        ("ray", "--engine=ray", "ray"),
    ],
)
def test_what_needs_an_extra_says_so(news: Path, package: str, option: str, extra: str) -> None:
    (news / "sitecustomize.py").write_text(f"import sys\nsys.modules['{package}'] = None\n")
    path = f"{SOURCE}{os.pathsep}{news}"
    result = run("ingest", "in", option, cwd=news, PYTHONPATH=path)
    assert result.returncode == 2
    assert f"pip install 'jijitsu[{extra}]'" in result.stderr.decode()
    assert not (news / "facts.db").exists()


@pytest.mark.heavy
def test_progress_with_a_rate_and_time_left(many: Path) -> None:
    ours, its = pty.openpty()
    shown = b""
    with subprocess.Popen(
        [sys.executable, "-m", "jijitsu", "ingest", "many.jsonl", *QUICK],
        cwd=many,
        stdout=its,
        stderr=its,
        env=os.environ | {"PYTHONPATH": str(SOURCE), "TERM": "xterm-256color", "COLUMNS": "120"},
    ):
        os.close(its)
        try:
            while data := os.read(ours, 4096):
                shown += data
        except OSError:  # how Linux says that the other end is closed
            pass
        os.close(ours)
    text = shown.decode()
    assert "%" in text
    assert " a second" in text
    assert "0:00:0" in text


@pytest.fixture
def loaded(news: Path) -> Path:
    run("ingest", "in", "--to", "parquet:pq", *QUICK, cwd=news)
    run("ingest", "in", *QUICK, cwd=news)
    return news


@pytest.mark.heavy
def test_parquet_says_the_same_to_duckdb_pandas_and_sqlite(loaded: Path) -> None:
    question = (
        "SELECT a.id, f.kind, f.text, CAST(f.low AS DOUBLE), f.sentence FROM {a} a "
        "JOIN {f} f ON f.article_id = a.id ORDER BY a.id, f.span_start, f.span_end, f.kind"
    )
    parquet = duckdb.sql(
        question.format(
            a=f"'{loaded}/pq/articles/*/*.parquet'", f=f"'{loaded}/pq/facts/*/*.parquet'"
        )
    )
    assert parquet
    with closing(sqlite3.connect(loaded / "facts.db")) as db:
        rows = db.execute(question.format(a="articles", f="facts")).fetchall()
    assert parquet.fetchall() == rows
    assert len(rows) > 100
    frame = pd.read_parquet(loaded / "pq/facts")
    assert len(frame) == len(rows)
    assert {"month", "low", "sentence"} < set(frame.columns)
    months = {path.name for path in (loaded / "pq/facts").iterdir()}
    assert "month=2016-01" in months or any(name.startswith("month=2016-") for name in months)
    assert "month=unknown" in months


@pytest.mark.heavy
def test_watching_a_folder(news: Path) -> None:
    inbox = news / "inbox"
    inbox.mkdir()
    (inbox / "old.txt").write_text("3億円", encoding="utf-8")
    with start(news, "inbox", "--watch", "--rejects", "rejects.jsonl", *QUICK) as process:
        wait_for(lambda: count(news) == 1, process)
        (inbox / "new.txt").write_text("4億円", encoding="utf-8")
        (inbox / ".hidden.txt").write_text("5億円", encoding="utf-8")
        (inbox / "empty.txt").write_text("")
        slow = (inbox / "slow.jsonl").open("w", encoding="utf-8")
        slow.write('{"id": "half", "text": "')
        slow.flush()
        wait_for((news / "rejects.jsonl").read_text, process)
        for _ in range(6):
            time.sleep(0.3)
            slow.write("6億円")
            slow.flush()
        slow.write('"}\n')
        slow.close()
        (news / "moved").mkdir()
        (news / "moved" / "deep.txt").write_text("7億円", encoding="utf-8")
        (news / "moved").rename(inbox / "moved")
        wait_for(lambda: count(news) == 4, process)
        (inbox / "new.txt").write_text("40億円", encoding="utf-8")
        time.sleep(0.2)
        process.send_signal(signal.SIGTERM)
        _, stderr = process.communicate()
    assert process.returncode == 1  # for the empty one
    ids = SQLITE.state(news)["ids"]
    assert ids == ["half", "inbox/moved/deep.txt", "inbox/new.txt", "inbox/old.txt"]
    rejected = {entry["source"] for entry in rejects_of(news / "rejects.jsonl")}
    assert "inbox/empty.txt" in rejected
    assert b"Traceback" not in stderr
