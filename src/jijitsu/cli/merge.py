# ruff: noqa: PLC0415 - what is heavy is imported when the command runs: --help is quick
"""``jijitsu merge``."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jijitsu.cli.options import fail

if TYPE_CHECKING:
    from jijitsu.claims.merge import Merger


def merge(
    facts: Annotated[
        list[Path],
        typer.Argument(metavar="FACTS", help="Extracted facts or gold: .jsonl files, or folders."),
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="CLAIMS", help="File to write.  [default: stdout]"),
    ] = None,
    tolerance: Annotated[
        float,
        typer.Option(
            min=0, max=1, metavar="SHARE", help="How far amounts in two currencies may differ."
        ),
    ] = 0.05,
    confidence: Annotated[
        float,
        typer.Option(
            "--min-confidence",
            min=0,
            max=1,
            metavar="SHARE",
            help="Take only amounts whose predicate and subject are so sure.",
        ),
    ] = 0.0,
) -> None:
    """Bring together what several articles say of one amount: a claim a line.

    A claim is somebody's amount of some kind in some period, with every mention that says
    so, how many articles do, when they first and last did, and the claims that contradict
    it.  The order of the files and of their lines makes no difference.
    """
    from jijitsu.claims.merge import Merger
    from jijitsu.gold.load import FactsFileError
    from jijitsu.sinks.jsonl import LinesFile

    if (
        output
        and output.is_file()
        and any(path.samefile(output) for path in facts if path.exists())
    ):
        fail("--output", f"{output} is one of the files of facts")
    with Merger(tolerance=Decimal(str(tolerance))) as merger:
        try:
            _collect(facts, merger, confidence)
        except FactsFileError as error:
            fail("FACTS", error)
        try:
            with LinesFile(output) as lines:
                for claim in merger.claims():
                    lines.write_line(claim.to_json())
        except OSError as error:
            fail("--output", f"{output or 'stdout'}: {error.strerror}")


def _collect(paths: list[Path], merger: Merger, confidence: float) -> None:
    from jijitsu.claims.statements import read_statements
    from jijitsu.gold.load import check_facts, iterate_facts

    for path in paths:
        for article in iterate_facts(path):
            check_facts(article)
            statements = read_statements(article.document, article.facts, confidence=confidence)
            merger.add(statements)
