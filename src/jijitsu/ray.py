"""Facts in a Ray Data pipeline of your own: ``pip install 'jijitsu[ray]'``."""

from __future__ import annotations

import datetime
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jijitsu.article import Article, ArticleError
from jijitsu.published import parse_iso

if TYPE_CHECKING:
    import pyarrow as pa
    from ray.data import Dataset

    from jijitsu.pipeline import Pipeline

BATCH_ROWS = 64


def extract(
    dataset: Dataset,
    *,
    ner: str = "crf",
    kinds: tuple[str, ...] | None = None,
    rates: Path | None = None,
    workers: int | tuple[int, int] = 1,
) -> Dataset:
    """Return the rows with two more columns, ``result`` and ``error``.

    A row is an article: ``text``, and where there are such columns ``id``, ``published`` (a
    date, or a text that begins with an ISO date), ``title`` and ``source``.  ``result`` is
    the line of JSON that ``jijitsu extract`` prints; where an article can't be read it is null,
    and ``error`` says why.  A row without an id has the SHA-256 of its text as one.

    ``workers`` is the number of actors, or the least and the most.  Each has a pipeline of its
    own, loaded once; rows go in and out as Arrow tables.
    """
    extracted: Dataset = dataset.map_batches(
        ArrowExtractor,
        fn_constructor_kwargs={"ner": ner, "kinds": kinds, "rates": rates},
        batch_format="pyarrow",
        batch_size=BATCH_ROWS,
        concurrency=workers,
        num_cpus=1,
        zero_copy_batch=True,
    )
    return extracted


class ArrowExtractor:
    """A loaded pipeline that takes Arrow tables of articles, and gives them with their facts."""

    def __init__(self, ner: str, kinds: tuple[str, ...] | None, rates: Path | None) -> None:
        """Load the pipeline."""
        from jijitsu.pipeline import Pipeline  # noqa: PLC0415 - where the actor runs
        from jijitsu.rates import load_rates  # noqa: PLC0415

        table = load_rates(rates) if rates else None
        self._pipeline: Pipeline = Pipeline(ner=ner, kinds=kinds, rates=table)

    def __call__(self, batch: pa.Table) -> pa.Table:
        """Return the table with the columns ``result`` and ``error``."""
        import pyarrow as pa  # noqa: PLC0415 - an extra

        answers = [self._answer(row) for row in batch.to_pylist()]
        for place, name in enumerate(("result", "error")):
            column = pa.array([answer[place] for answer in answers], pa.string())
            batch = batch.append_column(name, column)
        return batch

    def _answer(self, row: dict[str, Any]) -> tuple[str | None, str | None]:
        try:
            return self._pipeline.extract(_make_article(row)).to_json(), None
        except ArticleError as error:
            return None, error.reason
        except Exception as error:  # noqa: BLE001  a fault of ours must not cost the other rows
            return None, f"internal error: {error!r}"


def _make_article(row: dict[str, Any]) -> Article:
    text = row.get("text")
    key = str(row["id"]) if row.get("id") is not None else None
    if not isinstance(text, str) or not text.strip():
        raise ArticleError(key or "row", "no text")
    key = key or hashlib.sha256(text.encode()).hexdigest()
    published = row.get("published")
    if isinstance(published, datetime.datetime):
        published = published.date()
    if isinstance(published, str):
        try:
            published = parse_iso(published)
        except ValueError as error:
            raise ArticleError(key, f"published: {error}") from error
    source = row.get("source") or key
    return Article(id=key, text=text, source=source, published=published, title=row.get("title"))
