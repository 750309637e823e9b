"""The documentation says what is so: its examples are run, its names and links looked up.

In every document but the Japanese README, whose blocks are those of the English one:

* ``console`` blocks: each ``$ command`` is run by a shell, in a folder with copies of
  corpus/ and annotations/, and what it prints is what stands below it.
* ``python`` blocks are run, one after the other.
* A ``text`` or ``json`` block right behind either is what was printed; JSON may be laid out.
* ``cases`` blocks are rows of ``tests/cases`` (:mod:`case_rows`), ``→`` for the tab;
  ``attribution`` blocks those of ``tests/attribution`` (:mod:`attribution_rows`).

``…`` stands for anything, in JSON ``"…"`` for any value.  Blocks of other languages are only looked at.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import pytest
import typer
from pydantic import BaseModel

from attribution_rows import judge, read_row
from case_rows import describe_all, read_cases
from jijitsu.article import Article
from jijitsu.cli import app
from jijitsu.kinds import KINDS, Conversion, Document, EntityType, Mod, Predicate
from jijitsu.names import ENGINES
from jijitsu.pipeline import Pipeline

ROOT = Path(__file__).parents[1]
README, README_JA = ROOT / "README.md", ROOT / "README.ja.md"
FACTS, ERRORS = ROOT / "docs/facts.md", ROOT / "docs/errors.md"
DOCUMENTS = [
    README,
    README_JA,
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").glob("*.md")),
]

_BLOCK = re.compile(r"^```(?P<language>\w*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)
_LINK = re.compile(r"\[[^\]]*\]\((?P<target>[^)\s]+)\)")
_CODE = re.compile(r"`([^`\n]+)`")
_PATH = re.compile(r"(?:src|tests|docs|corpus|annotations|training|\.ci)/[\w./-]*")
_COMMAND = re.compile(r"(?:make|jijitsu|pip) [\w -]+|--?\w[\w-]*")
_ANYTHING = "…"
_ARROW = " → "


@dataclass(frozen=True)
class Block:
    """A fenced block and the number of its line."""

    language: str
    body: str
    line: int


def read(document: Path) -> str:
    return document.read_text(encoding="utf-8")


def blocks(document: Path) -> list[Block]:
    text = read(document)
    return [
        Block(found["language"], found["body"], text.count("\n", 0, found.start()) + 1)
        for found in _BLOCK.finditer(text)
    ]


def prose(document: Path) -> str:
    return _BLOCK.sub("", read(document))


def ids(document: Path) -> str:
    return document.relative_to(ROOT).as_posix()


def matches(expected: str, printed: str) -> bool:
    pattern = ".*?".join(map(re.escape, _tidied(expected).split(_ANYTHING)))
    return re.fullmatch(pattern, _tidied(printed), re.DOTALL) is not None


def _tidied(output: str) -> str:
    return "\n".join(line.rstrip() for line in output.strip("\n").splitlines()).strip("\n")


def _json(text: str) -> str:
    dumped = json.dumps([json.loads(text)], ensure_ascii=False)
    return dumped.replace(f'"{_ANYTHING}"', _ANYTHING)


class Session:
    """One document's blocks, run in their order in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names: dict[str, Any] = {}
        self._printed = ""
        for name in ("corpus", "annotations"):
            shutil.copytree(ROOT / name, folder / name)
        command = folder / ".bin/jijitsu"
        command.parent.mkdir()
        command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m jijitsu "$@"\n')
        command.chmod(0o755)
        self._environment = {
            "PATH": f"{command.parent}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT / "src"),
            "LC_ALL": "C.UTF-8",
        }

    def close(self) -> None:
        """Close the databases that the examples left open."""
        for value in self._names.values():
            if isinstance(value, sqlite3.Connection):
                value.close()

    def check(self, block: Block, following: Block | None) -> None:
        """Run a block; what it prints must stand in it, or in the one that follows."""
        apart = following and following.language in {"text", "json"}
        if block.language == "console":
            for command, expected in _commands(block.body):
                self._run(command)
                if expected or not apart:
                    self._compare(block, expected)
        elif block.language == "python":
            self._exec(block.body)
            if not apart:
                self._compare(block, "")
        elif block.language == "text":
            self._compare(block, block.body)
        elif block.language == "json":
            self._printed = next(filter(_is_object, self._printed.splitlines()))
            self._compare(block, _json(block.body), _json(self._printed))

    def _run(self, command: str) -> None:
        done = subprocess.run(
            ["/bin/sh", "-c", command],
            cwd=self._folder,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        self._printed = done.stdout.decode()

    def _exec(self, code: str) -> None:
        output = io.StringIO()
        with contextlib.chdir(self._folder), contextlib.redirect_stdout(output):
            exec(code, self._names)  # noqa: S102 - our own documents
        self._printed = output.getvalue()

    def _compare(self, block: Block, expected: str, printed: str | None = None) -> None:
        if not matches(expected, self._printed if printed is None else printed):
            message = f"the block of line {block.line} should show:\n{self._printed}"
            pytest.fail(message, pytrace=False)


def _is_object(line: str) -> bool:
    return line.startswith("{")


def _commands(body: str) -> Iterator[tuple[str, str]]:
    """Yield the commands of a console block, each with what stands below it."""
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        command, _, expected = part.partition("\n")
        yield command, expected


@pytest.mark.parametrize("document", [d for d in DOCUMENTS if d != README_JA], ids=ids)
def test_examples_do_what_they_show(document: Path, tmp_path: Path) -> None:
    if not any(block.language in {"console", "python"} for block in blocks(document)):
        return
    session = Session(tmp_path)
    shown = blocks(document)
    for block, following in zip(shown, [*shown[1:], None], strict=True):
        session.check(block, following)
    session.close()


@pytest.mark.parametrize("document", DOCUMENTS, ids=ids)
def test_cases_hold(document: Path, tmp_path: Path, pipeline: Pipeline) -> None:
    for block in blocks(document):
        if block.language != "cases":
            continue
        table = tmp_path / f"{document.name}-{block.line}.tsv"
        table.write_text(block.body.replace(_ARROW, "\t"), encoding="utf-8")
        for case in read_cases(table):
            article = Article(id="a", source="a", text=case.text, published=case.published)
            skipped = {"quantity"} - case.kinds
            facts = [f for f in pipeline.extract(article).facts if f.kind not in skipped]
            assert describe_all(case.text, facts) == case.expected, case.place


@pytest.mark.parametrize("document", DOCUMENTS, ids=ids)
def test_rows_of_attribution_hold(document: Path) -> None:
    for block in blocks(document):
        if block.language == "attribution":
            for number, line in enumerate(block.body.splitlines(), block.line + 1):
                row = read_row(f"{document.name}:{number}", line.replace(_ARROW, "\t"))
                assert judge(row) == row.expected, row.place


@pytest.mark.parametrize("document", DOCUMENTS, ids=ids)
def test_links_lead_somewhere(document: Path) -> None:
    for link in _LINK.finditer(prose(document)):
        path, _, anchor = link["target"].partition("#")
        if "://" in path:
            continue
        target = document.parent / path if path else document
        assert target.exists(), link[0]
        if anchor:
            assert anchor in _anchors(target), link[0]


def _anchors(document: Path) -> set[str]:
    """Return the anchors of a document's headings, as GitHub makes them."""
    titles = (title for _, title in _HEADING.findall(prose(document)))
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("document", DOCUMENTS, ids=ids)
def test_paths_and_make_targets_exist(document: Path) -> None:
    targets = set(re.findall(r"^([\w-]+):", read(ROOT / "Makefile"), re.MULTILINE))
    for code in _CODE.findall(prose(document)):
        if _PATH.fullmatch(code):
            assert (ROOT / code).exists(), code
    for target in re.findall(r"(?<![\w.])make ([a-z-]+)(?=[`\n])", read(document)):
        assert target in targets, f"make {target}"


def test_the_japanese_readme_keeps_in_step() -> None:
    def shape(document: Path) -> dict[str, object]:
        text = prose(document)
        return {
            "headings": [len(marks) for marks, _ in _HEADING.findall(text)],
            "blocks": [(block.language, block.body) for block in blocks(document)],
            "table rows": len(re.findall(r"^\|", text, re.MULTILINE)),
            "commands": {code for code in _CODE.findall(text) if _COMMAND.fullmatch(code)},
            "links": sorted(
                link["target"].partition("#")[0].replace("README.ja.md", "README.md")
                for link in _LINK.finditer(text)
            ),
        }

    english, japanese = shape(README), shape(README_JA)
    for part, expected in english.items():
        assert japanese[part] == expected, part


def test_the_readme_names_every_command_option_engine_and_kind() -> None:
    text = read(README)
    group = typer.main.get_command(app)
    commands: dict[str, Any] = vars(group)["commands"]
    for name, command in commands.items():
        assert f"jijitsu {name}" in text
        for parameter in command.params:
            if parameter.param_type_name == "option":
                assert f"`{parameter.opts[0]}" in text, f"{name} {parameter.opts[0]}"
    for name in (*ENGINES, *KINDS, *get_args(EntityType)):
        assert f"`{name}`" in text, name


def test_the_contract_names_every_field_and_value() -> None:
    codes = set(re.findall(r"[\w.]+", " ".join(_CODE.findall(prose(FACTS)))))
    models: list[type[BaseModel]] = [*KINDS.values(), Conversion, Document]
    for model in models:
        for name, field in model.model_fields.items():
            assert (field.alias or name) in codes, f"{model.__name__}.{name}"
    for value in (*get_args(Mod), *get_args(Predicate), *get_args(EntityType), *KINDS):
        assert value in codes, value


def test_the_messages_of_bad_input_are_those_that_the_tests_see() -> None:
    folder = ROOT / "tests/bad_input"
    cases = [case for table in folder.glob("*.toml") for case in tomllib.loads(read(table))["case"]]
    seen = {message for case in cases for message in case.get("failures", [])}
    seen |= {case["error"] for case in cases if "error" in case}
    others = read(ROOT / "tests/test_bad_input.py")
    rows = re.findall(r"^\| [^|`]+ \| `([^`]+)` \|", read(ERRORS), re.MULTILINE)
    assert len(rows) > 30
    # Of some messages of the command line's library the tests see the beginning only.
    known = tuple(seen)
    assert [row for row in rows if not row.startswith(known) and f'"{row}"' not in others] == []
