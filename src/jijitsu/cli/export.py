# ruff: noqa: PLC0415 - what is heavy is imported when the command runs: --help is quick
"""``jijitsu export``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jijitsu.cli.options import KindsOption, fail, split_kinds

if TYPE_CHECKING:
    from rich.table import Table

    from jijitsu.exports.base import Dataset, Example, Export
    from jijitsu.exports.report import Summary

_WHOLE = "train"


def export(  # noqa: PLR0913, PLR0917 - a parameter an option
    facts: Annotated[
        Path, typer.Argument(metavar="FACTS", help="Facts or gold: a .jsonl file, or a folder.")
    ],
    to: Annotated[
        str,
        typer.Option(
            metavar="FORMAT",
            help="spacy, conll, jsonl, chat, label-studio, doccano or prodigy.",
        ),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="Folder to make, or an empty one.")
    ],
    corpus: Annotated[
        str, typer.Option(metavar="PATH", help="The articles: a file or a folder.")
    ] = "corpus",
    split: Annotated[
        str | None,
        typer.Option(
            metavar="SHARES", help="Split by article, like 80/10/10.  [default: all in train]"
        ),
    ] = None,
    seed: Annotated[int, typer.Option(metavar="N", help="Draws another split.")] = 0,
    kinds: KindsOption = None,
) -> None:
    """Write facts and their articles as training data, or for annotators.

    Near-duplicate articles are never split, and every kind gets its share.  What a format
    can't hold is counted, and listed in problems.jsonl.
    """
    from jijitsu.exports import FORMATS
    from jijitsu.exports.base import ExtraMissingError
    from jijitsu.exports.report import summarize

    if to not in FORMATS:
        fail("--to", f"no format {to!r} (there are {', '.join(FORMATS)})")
    _check_folder(output)
    examples, failures = _read(facts, corpus, kinds)
    try:
        dataset, duplicates = _split(examples, split, seed)
        made = FORMATS[to](dataset)
    except ExtraMissingError as error:
        fail("--to" if split is None else "--to or --split", error)
    failures += map(str, made.failed)
    summary = summarize(dataset, duplicates, made.problems)
    _write(output, made, summary)
    _print(failures, summary)
    if failures:
        raise typer.Exit(1)


def _check_folder(output: Path) -> None:
    if output.is_dir() and not any(output.iterdir()):
        return
    if output.exists() or output.is_symlink():
        fail("--output", f"{output} is not an empty folder")


def _read(facts: Path, corpus: str, kinds: str | None) -> tuple[list[Example], list[str]]:
    """Return the examples, and why the other articles are none."""
    from jijitsu.article import ArticleError
    from jijitsu.exports.load import index_texts, pair
    from jijitsu.gold.load import FactsFileError, load_facts
    from jijitsu.readers import read_articles

    chosen = split_kinds(kinds)
    try:
        annotated = load_facts(facts)
    except FactsFileError as error:
        fail("FACTS", error)
    articles = list(read_articles([corpus]))
    if all(isinstance(article, ArticleError) for article in articles):
        fail("--corpus", str(articles[0]) if articles else f"{corpus}: no articles")
    examples: list[Example] = []
    failures = []
    for example in pair(annotated, index_texts(articles), chosen):
        if isinstance(example, ArticleError):
            failures.append(str(example))
        else:
            examples.append(example)
    return examples, failures


def _split(
    examples: list[Example], shares: str | None, seed: int
) -> tuple[Dataset, list[list[str]]]:
    from jijitsu.exports.duplicates import group_duplicates
    from jijitsu.exports.split import parse_shares
    from jijitsu.exports.split import split as distribute

    if shares is None:
        return {_WHOLE: examples}, []
    try:
        parsed = parse_shares(shares)
    except ValueError as error:
        fail("--split", error)
    groups = group_duplicates(examples)
    dataset = distribute(examples, groups, parsed, seed)
    return dataset, [[examples[place].id for place in group] for group in groups]


def _write(output: Path, made: Export, summary: Summary) -> None:
    """Write the files under hidden names first: who finds one finds it whole."""
    import json

    from jijitsu.exports.base import json_lines

    report = json.dumps(summary.to_json(), ensure_ascii=False, indent=2)
    files = made.files | {"report.json": report.encode() + b"\n"}
    if made.problems:
        files["problems.jsonl"] = json_lines(problem.to_json() for problem in made.problems)
    try:
        output.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (output / f".{name}.part").write_bytes(content)
        for name in files:
            (output / f".{name}.part").replace(output / name)
    except OSError as error:
        fail("--output", f"{output}: {error.strerror}")


def _print(failures: list[str], summary: Summary) -> None:
    from jijitsu.terminal import make_harmless, open_console

    for failure in failures:
        typer.echo(make_harmless(f"jijitsu: {failure}"), err=True)
    open_console().print(_table(summary))
    for group in summary.duplicates:
        typer.echo(make_harmless(f"near-duplicates, kept together: {', '.join(group)}"))
    for problem, count in summary.problems.items():
        typer.echo(f"{problem}: {count} (see problems.jsonl)")


def _table(summary: Summary) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD)
    table.add_column("", no_wrap=True)
    for name in summary.articles:
        table.add_column(name, justify="right")
    for label, counts in summary.rows():
        table.add_row(label, *(f"{count:,}" for count in counts))
    return table
