# ruff: noqa: PLC0415 - what is heavy is imported when the command runs: --help is quick
"""``jijitsu show``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from jijitsu.cli.options import KindsOption, NerOption, PublishedOption, make_pipeline, read_day

if TYPE_CHECKING:
    from rich.table import Table

    from jijitsu.article import Article
    from jijitsu.kinds import AnyFact, ArticleFacts


def show(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="A file, or - for stdin.")],
    published: PublishedOption = None,
    ner: NerOption = None,
    kinds: KindsOption = None,
) -> None:
    """Show an article and its facts in the terminal."""
    from jijitsu.article import ArticleError
    from jijitsu.readers import read_articles
    from jijitsu.terminal import colour, make_harmless, open_console

    day = read_day(published)
    pipeline = make_pipeline(ner, kinds)
    console = open_console()
    failed = False
    for read in read_articles([article], published=day):
        try:
            if isinstance(read, ArticleError):
                raise read
            result = pipeline.extract(read)
        except ArticleError as error:
            typer.echo(make_harmless(f"jijitsu: {error}"), err=True)
            failed = True
            continue
        console.print(_heading(read), style="bold", markup=False)
        console.print(colour(read.text, result.facts), soft_wrap=True)
        console.print(_table(result))
    if failed:
        raise typer.Exit(1)


def _heading(article: Article) -> str:
    from jijitsu.terminal import make_harmless

    published = article.published or "day of publication unknown"
    return make_harmless(f"{article.source} ({published})\n")


def _table(result: ArticleFacts) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    from jijitsu.terminal import STYLES, make_harmless

    table = Table("span", "kind", "text", "value", "converted", box=SIMPLE_HEAD)
    for fact in result.facts:
        cells = (make_harmless(cell).replace("\n", " ") for cell in _cells(fact))
        table.add_row(*map(Text, cells), style=STYLES.get(fact.kind, ""))
    return table


def _cells(fact: AnyFact) -> Iterator[str]:
    from jijitsu.describe import describe, describe_conversion
    from jijitsu.kinds import MoneyFact

    yield f"{fact.start}-{fact.end}"
    yield fact.kind
    yield fact.text
    yield describe(fact)
    yield describe_conversion(fact) if isinstance(fact, MoneyFact) else ""
