# ruff: noqa: PLC0415 - what is heavy is imported when the command runs: --help is quick
"""``jijitsu report``."""

from __future__ import annotations

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
    split_kinds,
)

if TYPE_CHECKING:
    from jijitsu.article import Article, ArticleError
    from jijitsu.gold.load import Annotated as AnnotatedArticle
    from jijitsu.pipeline import Pipeline
    from jijitsu.report import View


def report(  # noqa: PLR0913, PLR0917 - a parameter an option
    paths: Annotated[
        list[str], typer.Argument(metavar="ARTICLE", help="Files, folders, or - for stdin.")
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="OUT", help="Page to write (.html).")
    ],
    facts: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Facts to show.  [default: what jijitsu extracts]"),
    ] = None,
    published: PublishedOption = None,
    ner: NerOption = None,
    kinds: KindsOption = None,
    rates: RatesOption = None,
) -> None:
    """Write a page of HTML that shows articles and their facts.

    One file that needs no network: highlights, a card for each fact, a table to filter and
    sort, totals by company, and what was rejected.
    """
    from jijitsu.article import ArticleError
    from jijitsu.readers import read_articles
    from jijitsu.report import render

    views: list[View] = []
    failed: list[ArticleError] = []
    day = read_day(published)
    spare_articles(output, paths)
    if not output.parent.is_dir():
        fail("--output", f"{output}: No such file or directory")
    look = _Look(make_pipeline(ner, kinds, rates), facts, kinds, rates)
    for article in read_articles(paths, published=day):
        try:
            if isinstance(article, ArticleError):
                raise article
            views.append(look.at(article))
        except ArticleError as error:
            failed.append(error)
    try:
        output.write_text(render(views, failed), encoding="utf-8")
    except OSError as error:
        fail("--output", f"{output}: {error.strerror}")
    _say(views, failed)
    if failed:
        raise typer.Exit(1)


class _Look:
    """Finds the facts of articles: extracts them, or takes them from a file."""

    def __init__(
        self, pipeline: Pipeline, facts: Path | None, kinds: str | None, rates: Path | None
    ) -> None:
        from jijitsu.gold.load import FactsFileError, load_facts
        from jijitsu.rates import RateTable, load_rates

        self._pipeline = pipeline
        self._kinds = split_kinds(kinds)
        self._rates = load_rates(rates) if rates else RateTable.default()
        self._given: dict[str, AnnotatedArticle] | None = None
        if facts:
            try:
                given = load_facts(facts).values()
            except FactsFileError as error:
                fail("--facts", error)
            self._given = {str(each.document.get("sha256")): each for each in given}

    def at(self, article: Article) -> View:
        from jijitsu.report import View

        if self._given is None:
            result = self._pipeline.extract(article)
            return View(result, article.text, self._pipeline.rejected(article))
        return self._look_up(article, self._given)

    def _look_up(self, article: Article, given: dict[str, AnnotatedArticle]) -> View:
        import hashlib

        from pydantic import ValidationError

        from jijitsu.article import ArticleError
        from jijitsu.exports.load import pair
        from jijitsu.kinds import ArticleFacts
        from jijitsu.report import View, complete

        digest = hashlib.sha256(article.text.encode()).hexdigest()
        if digest not in given:
            raise ArticleError(article.source, "no facts of this text are given (sha256)")
        (paired,) = pair({article.source: given[digest]}, {digest: article.text}, self._kinds)
        if isinstance(paired, ArticleError):
            raise paired
        facts = [{k: v for k, v in fact.items() if k != "optional"} for fact in paired.facts]
        try:
            result = ArticleFacts.model_validate({"document": paired.document, "facts": facts})
        except ValidationError as error:
            raise ArticleError(article.source, error.errors()[0]["msg"]) from error
        return View(complete(result, self._rates), article.text)


def _say(views: list[View], failed: list[ArticleError]) -> None:
    from jijitsu.terminal import make_harmless

    for error in failed:
        typer.echo(make_harmless(f"jijitsu: {error}"), err=True)
    count = sum(len(view.result.facts) for view in views)
    typer.echo(f"articles {len(views):,}, failed {len(failed):,}, facts {count:,}", err=True)
