# ruff: noqa: PLC0415 - what is heavy is imported when the command runs: --help is quick
"""``jijitsu extract``."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jijitsu.cli.options import (
    KindsOption,
    NerOption,
    PublishedOption,
    RatesOption,
    fail,
    make_pipeline,
    read_day,
    spare_articles,
)

if TYPE_CHECKING:
    from jijitsu.cli.report import Report
    from jijitsu.pipeline import Pipeline
    from jijitsu.sinks import Sink


def extract(  # noqa: PLR0913, PLR0917 - a parameter an option
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH",
            help="Files (.txt .md .html .jsonl, also .gz), folders, or - for stdin.",
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="OUT", help="File to write.  [default: stdout]"),
    ] = None,
    published: PublishedOption = None,
    ner: NerOption = None,
    kinds: KindsOption = None,
    rates: RatesOption = None,
) -> None:
    """Extract the facts of articles, as JSON Lines.

    Exit code: 0 if all went well, 1 if some article failed (each is named on stderr, the
    others are done), 2 for wrong usage.
    """
    from jijitsu.cli.report import Report

    day = read_day(published)
    sink = _open_output(output, paths)
    pipeline = make_pipeline(ner, kinds, rates)
    report = Report()
    try:
        with sink, report:
            _run(paths, day, pipeline, sink, report)
    except OSError as error:
        fail("--output", f"{output or 'stdout'}: {error.strerror}")
    report.summarize()
    if report.failed:
        raise typer.Exit(1)


def _run(
    paths: list[str],
    day: datetime.date | None,
    pipeline: Pipeline,
    sink: Sink,
    report: Report,
) -> None:
    from jijitsu.article import ArticleError
    from jijitsu.readers import read_articles

    for article in read_articles(paths, published=day):
        if isinstance(article, ArticleError):
            report.fail(article)
            continue
        try:
            facts = pipeline.extract(article)
        except ArticleError as error:
            report.fail(error)
            continue
        except Exception as error:  # noqa: BLE001  a fault of ours must not cost the other articles
            report.fail(ArticleError(article.source, f"internal error: {error!r}"))
            continue
        sink.write(facts)
        report.done(article, facts)


def _open_output(output: Path | None, paths: list[str]) -> Sink:
    from jijitsu.sinks import open_sink

    if output:
        spare_articles(output, paths)
    try:
        return open_sink(output)
    except ValueError as error:
        fail("--output", error)
