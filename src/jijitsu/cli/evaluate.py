# ruff: noqa: PLC0415 - what is heavy is imported when the command runs: --help is quick
"""``jijitsu evaluate``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jijitsu.cli.options import fail

if TYPE_CHECKING:
    from rich.table import Table

    from jijitsu.evaluate import Evaluation, Mistake, Tally
    from jijitsu.gold.load import Annotated as AnnotatedArticle

_CONTEXT = 20


def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Gold: a .jsonl file, or a folder.")],
    pred: Annotated[Path, typer.Argument(metavar="PRED", help="Extracted facts, likewise.")],
    errors: Annotated[
        int, typer.Option(metavar="N", min=0, help="List the first N mistakes, in context.")
    ] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,  # noqa: FBT002
) -> None:
    """Measure extracted facts against gold.

    Precision, recall and F1 of spans (kind, start and end) and of values (what the fact says,
    too), by kind and by type of entity; then how often modifier, predicate and subject are
    right where the span is.
    """
    import json

    from jijitsu.evaluate import evaluate as compare
    from jijitsu.gold.load import FactsFileError, load_facts

    try:
        gold_facts, pred_facts = load_facts(gold), load_facts(pred)
    except FactsFileError as error:
        fail("GOLD or PRED", error)
    result = compare(gold_facts, pred_facts)
    mistakes = _list_mistakes(result.mistakes[:errors], gold_facts)
    if as_json:
        figures = result.figures() | _odd_articles(result)
        if errors:
            figures["mistakes"] = list(mistakes)
        typer.echo(json.dumps(figures, ensure_ascii=False))
    else:
        _print(result, mistakes)


def _odd_articles(result: Evaluation) -> dict[str, list[str]]:
    return {
        "only_gold": result.only_gold,
        "only_pred": result.only_found,
        "other_text": result.other_text,
    }


def _print(result: Evaluation, mistakes: Iterator[dict[str, Any]]) -> None:
    from jijitsu.terminal import make_harmless, open_console

    open_console().print(_table(result))
    for name, accuracy in result.accuracies.items():
        if accuracy.share is not None:
            typer.echo(f"{name}: {accuracy.share:.4f} right of {accuracy.asked}")
    typer.echo(f"equivalent_to: F1 {result.equivalents.f1:.4f}")
    for label, names in _odd_articles(result).items():
        if names:
            shown = ", ".join(names[:_SHOWN]) + _more(names)
            typer.echo(make_harmless(f"{_ODD[label]}: {shown}"))
    for mistake in mistakes:
        line = "  ".join(str(value) for value in mistake.values() if value)
        typer.echo(make_harmless(line).replace("\n", "⏎"))


def _more(names: list[str]) -> str:
    return f" … ({len(names)} in all)" if len(names) > _SHOWN else ""


# More names than this tell nothing more; --json gives all.
_SHOWN = 10
_ODD = {
    "only_gold": "articles in GOLD only, all missed",
    "only_pred": "articles in PRED only, not counted",
    "other_text": "articles whose text is not gold's (sha256 differs)",
}


def _table(result: Evaluation) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD)
    table.add_column("kind", no_wrap=True)
    for column in ("gold", "pred", "span P", "R", "F1", "value P", "R", "F1"):
        table.add_column(column, justify="right")
    for kind, values in result.values.items():
        table.add_row(kind, *_counts(values), *_percents(result.spans[kind]), *_percents(values))
    for name, tally in result.types.items():
        table.add_row(f"  {name}", *_counts(tally), "", "", "", *_percents(tally))
    table.add_section()
    for name, tally in (("all but entities", result.numeric_micro), ("all", result.all_micro)):
        table.add_row(name, *_counts(tally), "", "", "", *_percents(tally))
    return table


def _counts(tally: Tally) -> tuple[str, str]:
    return str(tally.gold), str(tally.found)


def _percents(tally: Tally) -> Iterator[str]:
    for share in (tally.precision, tally.recall, tally.f1):
        yield f"{share:.4f}"


def _list_mistakes(
    mistakes: list[Mistake], gold: Mapping[str, AnnotatedArticle]
) -> Iterator[dict[str, Any]]:
    for mistake in mistakes:
        fact = mistake.fact
        article = gold[mistake.document]
        yield {
            "problem": mistake.problem,
            "kind": fact["kind"],
            "text": fact["text"],
            "where": f"{mistake.document}:{fact['start']}-{fact['end']}",
            "expected": mistake.expected and f"expected {mistake.expected}",
            "found": mistake.found and f"found {mistake.found}",
            "context": _context(_read_text(article), fact["start"], fact["end"]),
        }


def _context(text: str | None, start: int, end: int) -> str:
    if text is None:
        return ""
    return (
        f"{text[max(0, start - _CONTEXT) : start]}[{text[start:end]}]{text[end : end + _CONTEXT]}"
    )


def _read_text(article: AnnotatedArticle) -> str | None:
    """Return an article's text, if it is where gold says and still what gold was made of."""
    import hashlib

    from jijitsu.article import Article
    from jijitsu.readers import read_articles

    source = str(article.document.get("source"))
    folder = article.file.parent
    for base in (folder, folder.parent, Path()):
        read = next(read_articles([base / source]), None) if (base / source).is_file() else None
        if isinstance(read, Article):
            digest = hashlib.sha256(read.text.encode()).hexdigest()
            if digest == article.document.get("sha256"):
                return read.text
    return None
