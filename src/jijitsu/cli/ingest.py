# ruff: noqa: PLC0415 - what is heavy is imported when the command runs: --help is quick
"""``jijitsu ingest``."""

from __future__ import annotations

import datetime
import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jijitsu.cli.options import (
    KindsOption,
    NerOption,
    PublishedOption,
    RatesOption,
    fail,
    make_recipe,
    read_day,
)

if TYPE_CHECKING:
    from jijitsu.article import Article, ArticleError
    from jijitsu.cli.progress import IngestReport
    from jijitsu.ingest.recipe import Recipe
    from jijitsu.ingest.rejects import RejectsFile
    from jijitsu.ingest.stop import Stop
    from jijitsu.ingest.tasks import Rejected
    from jijitsu.store import Store

STOPPED = 3
"""The exit code of an ingest that did not come to its end."""


def ingest(  # noqa: PLR0913, PLR0917 - a parameter an option
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH…]",
            help="Files (.txt .md .html .jsonl, also .gz), folders, or - for stdin.",
            show_default=False,
        ),
    ] = None,
    to: Annotated[
        str,
        typer.Option(
            metavar="TARGET",
            help="sqlite:///FILE, postgresql+psycopg://…, parquet:DIR, or FILE.jsonl.",
        ),
    ] = "sqlite:///facts.db",
    workers: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, help="Worker processes.  [default: all cores]"),
    ] = None,
    rejects: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="File that takes what can't be ingested, and why."),
    ] = None,
    retry: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Take up a rejects file; what still fails stays in it."),
    ] = None,
    engine: Annotated[
        str, typer.Option(metavar="ENGINE", help="Where the work is done: local or ray.")
    ] = "local",
    address: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="The Ray cluster.  [default: one on this machine]"),
    ] = None,
    batch: Annotated[
        int, typer.Option(metavar="N", min=1, help="Articles of one transaction.")
    ] = 500,
    published: PublishedOption = None,
    ner: NerOption = None,
    kinds: KindsOption = None,
    rates: RatesOption = None,
    *,
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on with what arrives in the folders, until SIGTERM.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Extract articles again that are there, unchanged.")
    ] = False,
) -> None:
    """Bring the facts of articles into a database, again and again.

    Articles that are there already, unchanged, are skipped.  Exit code: 0 if all went well,
    1 if some article was rejected (each is named on stderr, the others are done), 2 for wrong
    usage, 3 if the ingest was stopped: run it again, and it goes on where it was.
    """
    if bool(paths) == bool(retry):
        fail("PATH or --retry", "give articles, or a rejects file")
    if retry and not retry.is_file():
        fail("--retry", f"{retry}: no such file")
    if rejects and retry:
        fail("--rejects", "what still fails stays in the file of --retry")
    if watch:
        _check_watch(paths or [])
    _check_engine(engine, address)
    plan = Plan(
        paths=paths or [],
        published=read_day(published),
        recipe=make_recipe(ner, kinds, rates),
        engine=engine,
        workers=workers,
        address=address,
        rejects=rejects,
        retry=retry,
        batch=batch,
        watch=watch,
        force=force,
    )
    raise typer.Exit(_carry_out(plan, _open_target(to)))


@dataclass(frozen=True)
class Plan:
    """The options of an ingest, read and checked."""

    paths: list[str]
    published: datetime.date | None
    recipe: Recipe
    engine: str
    workers: int | None
    address: str | None
    rejects: Path | None
    retry: Path | None
    batch: int
    watch: bool
    force: bool


def _check_engine(engine: str, address: str | None) -> None:
    from jijitsu.ingest.engines import ENGINES, EngineError, find_engine

    if engine not in ENGINES:
        fail("--engine", f"no engine {engine!r} (there are {', '.join(ENGINES)})")
    if engine != "ray" and address is not None:
        fail("--address", "only --engine ray has one")
    try:
        find_engine(engine)
    except EngineError as error:
        fail("--engine", error)


def _check_watch(paths: list[str]) -> None:
    if not paths or not all(Path(path).is_dir() for path in paths):
        fail("--watch", "give folders to watch")
    try:
        import_module("jijitsu.ingest.watch")
    except ModuleNotFoundError as error:
        fail("--watch", error)


def _open_target(target: str) -> Store:
    from jijitsu.store import StoreUnavailableError, open_store

    try:
        return open_store(target)
    except (ValueError, StoreUnavailableError) as error:
        fail("--to", error)


def _carry_out(plan: Plan, store: Store) -> int:
    """Run the ingest and return its exit code."""
    from jijitsu.cli.progress import IngestReport
    from jijitsu.ingest.engines import EngineError
    from jijitsu.ingest.rejects import RejectsError
    from jijitsu.ingest.stop import Stop
    from jijitsu.store import StoreError

    if hasattr(signal, "SIGPIPE"):
        # What is sent to a worker that has just died is an error, to be dealt with, and no end.
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    stop = Stop()
    report = IngestReport([] if plan.watch else plan.paths)
    is_complete = False
    try:
        with report:
            _load(plan, store, stop, report)
        is_complete = plan.watch or not stop.asked
    except (StoreError, EngineError, RejectsError) as error:
        report.say(f"jijitsu: {error}")
    report.summarize()
    if not is_complete:
        report.say("jijitsu: stopped before the end; run it again to go on")
        return STOPPED
    return 1 if report.counts.rejected else 0


def _load(plan: Plan, store: Store, stop: Stop, report: IngestReport) -> None:
    from jijitsu.ingest.engines import make_engine
    from jijitsu.ingest.load import Ingest
    from jijitsu.ingest.recipe import Fingerprints

    run = plan.recipe.describe()
    with (
        store,
        make_engine(plan.engine, plan.recipe, store.encode, plan.workers, plan.address) as engine,
        _keep_rejects(plan, stop) as keep,
    ):

        def reject(rejected: Rejected) -> None:
            report.reject(rejected.error)
            if keep:
                keep.add(rejected)

        loading = Ingest(
            store, engine, Fingerprints(run), reject, batch=plan.batch, force=plan.force
        )
        report.counts = loading.counts
        store.begin(run)
        stop.listen()
        for readings in _rounds(plan, stop, report):
            loading.run(stop.before(readings))
            store.finish(loading.counts.as_row())


def _rounds(
    plan: Plan, stop: Stop, report: IngestReport
) -> Iterator[Iterator[Article | ArticleError]]:
    """Yield what is to be read; where folders are watched, again and again."""
    from jijitsu.ingest.rejects import read_rejects
    from jijitsu.readers import FORMATS, read_articles
    from jijitsu.readers.paths import keep_path

    if plan.retry:
        yield read_rejects(plan.retry, plan.published)
        return
    rounds: Iterable[Iterable[str]] = [plan.paths]
    if plan.watch:
        from jijitsu.ingest.watch import Arrivals

        rounds = Arrivals(plan.paths, FORMATS).rounds(stop.event)
    for paths in rounds:
        yield read_articles(paths, published=plan.published, name=keep_path, watcher=report.advance)


@contextmanager
def _keep_rejects(plan: Plan, stop: Stop) -> Iterator[RejectsFile | None]:
    """Give the file for rejects; of one that is taken up again what still fails stays."""
    from jijitsu.ingest.rejects import RejectsFile

    if plan.retry is None:
        with RejectsFile(plan.rejects) if plan.rejects else nullcontext() as keep:
            yield keep
        return
    left = plan.retry.with_name(f".{plan.retry.name}.part")
    left.unlink(missing_ok=True)
    try:
        with RejectsFile(left) as keep:
            yield keep
        if not stop.asked:
            left.replace(plan.retry)
    finally:
        left.unlink(missing_ok=True)
