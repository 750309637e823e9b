# ruff: noqa: PLC0415 - what is heavy is imported when the command runs: --help is quick
"""``jijitsu lint``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jijitsu.cli.options import fail


def lint(
    annotations: Annotated[Path, typer.Argument(help="Gold: a JSON Lines file or a folder.")],
    corpus: Annotated[Path, typer.Option(metavar="DIR", help="Folder of the articles.")] = Path(
        "corpus"
    ),
    *,
    doubts: Annotated[bool, typer.Option(help="Show what is only worth a look, too.")] = False,
) -> None:
    """Check gold against its articles: spans, overlaps, types, likely omissions."""
    from jijitsu.article import ArticleError
    from jijitsu.gold.lint import lint_gold
    from jijitsu.gold.load import FactsFileError, load_facts
    from jijitsu.readers import read_articles

    try:
        gold = load_facts(annotations)
    except FactsFileError as error:
        fail("ANNOTATIONS", error)
    texts = {}
    for article in read_articles([str(corpus)]):
        if not isinstance(article, ArticleError):
            texts[article.id] = article.text
    errors = 0
    for finding in lint_gold(gold, texts):
        errors += finding.error
        if finding.error or doubts:
            typer.echo(f"{finding.article}: {'' if finding.error else 'look: '}{finding.message}")
    typer.echo(f"{len(gold)} articles, {errors} errors", err=True)
    if errors:
        raise typer.Exit(1)
