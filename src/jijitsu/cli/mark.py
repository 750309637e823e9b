# ruff: noqa: PLC0415 - what is heavy is imported when the command runs: --help is quick
"""``jijitsu mark`` and ``jijitsu unmark``: between gold and the marked text it is written in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from jijitsu.cli.options import PublishedOption, fail, make_pipeline, read_day

if TYPE_CHECKING:
    from jijitsu.article import Article

_DRAFT_PREDICATE = "other"


def mark(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="A file, or - for stdin.")],
    gold: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Gold to mark by.  [default: what jijitsu extracts]"),
    ] = None,
    published: PublishedOption = None,
) -> None:
    """Print an article with its facts marked.

    To be corrected by hand, and unmarked.  Quantities and optional facts, which have no marks, are left out.
    """
    from jijitsu.article import ArticleError
    from jijitsu.gold.marked import MarkError
    from jijitsu.gold.render import render_marked
    from jijitsu.readers import read_articles

    read, *more = read_articles([article], published=read_day(published))
    if more:
        fail("ARTICLE", f"{article} holds more than one article")
    if isinstance(read, ArticleError):
        _stop(str(read))
    facts = _draft(read) if gold is None else _gold_facts(read, gold)
    kept = [fact for fact in facts if fact["kind"] != "quantity" and not fact.get("optional")]
    try:
        marked = render_marked(read.text, kept)
    except MarkError as error:
        _stop(f"{article}: {error}")
    sys.stdout.buffer.write(marked.encode())
    sys.stdout.buffer.flush()


def unmark(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Marked articles.")],
    corpus: Annotated[Path, typer.Option(metavar="DIR", help="Folder for the articles.")],
    annotations: Annotated[Path, typer.Option(metavar="DIR", help="Folder for their gold.")],
) -> None:
    """Split marked articles into text and gold."""
    from jijitsu.terminal import make_harmless

    failed = False
    for option, folder in (("--corpus", corpus), ("--annotations", annotations)):
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            fail(option, error)
    for file in files:
        try:
            _unmark(file, corpus, annotations)
        except (ValueError, OSError) as error:  # of marks, encodings, metadata and facts
            typer.echo(make_harmless(f"jijitsu: {file}: {error}"), err=True)
            failed = True
    if failed:
        raise typer.Exit(1)


def _draft(article: Article) -> list[dict[str, Any]]:
    """Return what the pipeline extracts; a corrector has to look at every predicate anyway."""
    from jijitsu.kinds import dump_fact

    facts = [dump_fact(fact) for fact in make_pipeline().extract(article).facts]
    for fact in facts:
        if fact["kind"] == "money" and fact["predicate"] is None:
            fact["predicate"] = _DRAFT_PREDICATE
    return facts


def _gold_facts(article: Article, gold: Path) -> list[dict[str, Any]]:
    from jijitsu.gold.load import FactsFileError, load_facts

    try:
        articles = load_facts(gold)
    except FactsFileError as error:
        fail("--gold", error)
    if article.id not in articles:
        _stop(f"{gold}: no article has the id {article.id!r}")
    return articles[article.id].facts


def _stop(message: str) -> NoReturn:
    from jijitsu.terminal import make_harmless

    typer.echo(make_harmless(f"jijitsu: {message}"), err=True)
    raise typer.Exit(1)


def _unmark(file: Path, corpus: Path, annotations: Path) -> None:
    import hashlib

    from jijitsu.article import ArticleError
    from jijitsu.gold.marked import parse_marked
    from jijitsu.kinds import FACT, Document, dump_json
    from jijitsu.readers import read_articles
    from jijitsu.readers.decoding import decode

    text, facts = parse_marked(decode(file.read_bytes()))
    for fact in facts:
        FACT.validate_python(fact)
    target = corpus / file.name
    target.write_bytes(text.encode())
    (article,) = read_articles([target])
    if isinstance(article, ArticleError):
        raise article
    document = Document(
        id=article.id,
        source=f"{corpus.resolve().name}/{file.name}",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        published=article.published,
        title=article.title,
    )
    described = document.model_dump(mode="json", exclude=None if article.title else {"title"})
    line = {"document": described, "facts": facts}
    (annotations / f"{article.id}.jsonl").write_bytes(dump_json(line).encode() + b"\n")
