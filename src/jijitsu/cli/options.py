# ruff: noqa: PLC0415 - what is heavy is imported when a command runs: --help is quick
"""What commands share: their options, and what is made of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from jijitsu.ingest.recipe import Recipe
    from jijitsu.pipeline import Pipeline
    from jijitsu.rates import RateTable


PublishedOption = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="Day of publication of articles that don't say their own."),
]
NerOption = Annotated[
    str | None,
    typer.Option(metavar="ENGINE", help="Engine that finds names.  [default: crf]"),
]
KindsOption = Annotated[
    str | None, typer.Option(metavar="KIND,…", help="Kinds of fact to give.  [default: all]")
]
RatesOption = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", help="CSV of exchange rates (date, currency, per_usd) that come first."
    ),
]


def fail(option: str, error: Exception | str) -> NoReturn:
    """End with a message of wrong usage, and exit code 2."""
    from jijitsu.terminal import make_harmless

    raise typer.BadParameter(make_harmless(str(error)), param_hint=option)


def read_day(published: str | None) -> datetime.date | None:
    """Return the day that ``--published`` gives."""
    from jijitsu.published import NotADateError, parse_iso

    try:
        return parse_iso(published) if published is not None else None
    except NotADateError as error:
        fail("--published", error)


def spare_articles(output: Path, paths: Iterable[str]) -> None:
    """End with a message if the file to write is one of the articles to read."""
    if output.is_file() and any(Path(p).is_file() and output.samefile(p) for p in paths):
        fail("--output", f"{output} is one of the articles")


def make_pipeline(
    ner: str | None = None, kinds: str | None = None, rates: Path | None = None
) -> Pipeline:
    """Return the pipeline that the options ask for, or end with what is wrong with them."""
    from jijitsu.names import EngineUnavailableError
    from jijitsu.pipeline import Pipeline

    chosen, engine, table = split_kinds(kinds), _engine(ner), _load_rates(rates)
    try:
        return Pipeline(ner=engine, kinds=chosen, rates=table)
    except EngineUnavailableError as error:
        fail("--ner", error)


def make_recipe(ner: str | None, kinds: str | None, rates: Path | None) -> Recipe:
    """Return what makes such a pipeline elsewhere, or end with what is wrong with the options."""
    from jijitsu.ingest.recipe import Recipe

    chosen, engine = split_kinds(kinds), _engine(ner)
    _load_rates(rates)
    return Recipe(engine, tuple(chosen) if chosen else None, rates)


def _engine(ner: str | None) -> str:
    from jijitsu.names import DEFAULT_ENGINE, ENGINES

    engine = DEFAULT_ENGINE if ner is None else ner
    if engine not in ENGINES:
        fail("--ner", f"no engine {engine!r} (there are {', '.join(ENGINES)})")
    return engine


def _load_rates(rates: Path | None) -> RateTable | None:
    from jijitsu.rates import RatesError, load_rates

    try:
        return load_rates(rates) if rates else None
    except RatesError as error:
        fail("--rates", error)


def split_kinds(kinds: str | None) -> list[str] | None:
    """Return the kinds that ``--kinds`` names, None for all."""
    from jijitsu.kinds import KINDS

    if kinds is None:
        return None
    chosen = [kind.strip() for kind in kinds.split(",")]
    for kind in chosen:
        if kind not in KINDS:
            fail("--kinds", f"no kind {kind!r} (there are {', '.join(KINDS)})")
    return chosen
