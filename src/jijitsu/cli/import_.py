# ruff: noqa: PLC0415 - what is heavy is imported when the command runs: --help is quick
"""``jijitsu import``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jijitsu.cli.options import fail

if TYPE_CHECKING:
    from jijitsu.gold.load import JsonFact
    from jijitsu.imports.apply import Change
    from jijitsu.imports.base import Corrected, Result
    from jijitsu.imports.draft import Drafter


def import_(
    form: Annotated[
        str, typer.Argument(metavar="FORMAT", help="label-studio, doccano or prodigy.")
    ],
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="What the tool exported.")],
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", metavar="DIR", help="Folder for the gold, a file an article."
        ),
    ],
    *,
    unreviewed: Annotated[
        bool, typer.Option("--unreviewed", help="Take tasks that nobody has annotated, too.")
    ] = False,
) -> None:
    """Take corrections back as gold, and print what changed.

    Reads what was made by export --to FORMAT and corrected in that tool.
    """
    from jijitsu.imports import FORMATS
    from jijitsu.imports.draft import Drafter

    if form not in FORMATS:
        fail("FORMAT", f"no format {form!r} (there are {', '.join(FORMATS)})")
    for file in files:
        if not file.is_file():
            fail("FILE", f"{file}: no such file")
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        fail("--output", f"{output}: {error.strerror}")
    run = _Run(output, Drafter())
    for file in files:
        try:
            for result in FORMATS[form](file.read_bytes(), str(file), unreviewed):
                run.take(result)
        except (OSError, UnicodeDecodeError) as error:
            run.fail(f"{file}: can't be read: {error}")
    run.summarize()


class _Run:
    """Writes gold, and says what happens: changes on stdout, the rest on stderr."""

    def __init__(self, output: Path, drafter: Drafter) -> None:
        self._output = output
        self._drafter = drafter
        self._seen: set[str] = set()
        self._counts = dict.fromkeys(("written", "changed", "skipped", "failed"), 0)

    def take(self, result: Result) -> None:
        from jijitsu.article import ArticleError
        from jijitsu.imports.apply import CorrectionError, apply
        from jijitsu.imports.base import Skipped

        if isinstance(result, ArticleError):
            self.fail(str(result))
            return
        if isinstance(result, Skipped):
            self._counts["skipped"] += 1
            self._say(f"{result.source}: {result.reason}; left out")
            return
        name = result.document["id"]
        try:
            facts, changes = apply(result, self._drafter)
            self._write(self._file(name), result, facts)
        except (CorrectionError, OSError) as error:
            self.fail(f"{result.source}: {name}: {error}")
            return
        self._counts["written"] += 1
        if changes:
            self._counts["changed"] += 1
            self._print(name, changes)

    def fail(self, message: str) -> None:
        self._counts["failed"] += 1
        self._say(message)

    def summarize(self) -> None:
        counted = ", ".join(f"{word} {count:,}" for word, count in self._counts.items())
        typer.echo(f"articles: {counted}", err=True)
        if self._counts["failed"]:
            raise typer.Exit(1)

    def _file(self, name: str) -> Path:
        from jijitsu.imports.apply import CorrectionError

        if "/" in name or "\\" in name or name.startswith(".") or not name:
            raise CorrectionError("this id can't be the name of a file")
        if name in self._seen:
            raise CorrectionError("a second task of this article")
        self._seen.add(name)
        return self._output / f"{name}.jsonl"

    def _write(self, file: Path, result: Corrected, facts: list[JsonFact]) -> None:
        """Write an article's gold, unless somebody has changed it since the export."""
        from jijitsu.imports.apply import CorrectionError
        from jijitsu.kinds import dump_json

        exported, corrected = (
            dump_json({"document": result.document, "facts": each}).encode() + b"\n"
            for each in (result.facts, facts)
        )
        if file.exists() and file.read_bytes() not in {exported, corrected}:
            raise CorrectionError(f"{file} is no longer what was exported")
        file.write_bytes(corrected)

    def _print(self, name: str, changes: list[Change]) -> None:
        for line in _diff(name, changes):
            typer.echo(line)

    def _say(self, message: str) -> None:
        from jijitsu.terminal import make_harmless

        typer.echo(make_harmless(f"jijitsu: {message}"), err=True)


def _diff(name: str, changes: list[Change]) -> Iterator[str]:
    from jijitsu.terminal import make_harmless

    yield make_harmless(name)
    for change in changes:
        yield make_harmless(f"  {change}").replace("\n", "⏎")
