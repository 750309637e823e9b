"""What a new span says, where no annotator wrote it: as the extractor reads it."""

from __future__ import annotations

import datetime
from typing import Any, get_args

from jijitsu.article import Article
from jijitsu.imports.apply import CorrectionError
from jijitsu.imports.base import Corrected
from jijitsu.kinds import EntityType, dump_fact
from jijitsu.pipeline import Pipeline
from jijitsu.regions import Region, fields_of, label_of


class Drafter:
    """Reads new spans: in their article if the extractor finds them there, else by themselves.

    A name that the entity table does not know is its own ``name``.  The pipeline is made when
    the first span needs it.
    """

    def __init__(self) -> None:
        """Begin; nothing is read yet."""
        self._pipeline: Pipeline | None = None
        self._article = ""
        self._facts: list[dict[str, Any]] = []

    def __call__(self, corrected: Corrected, region: Region) -> dict[str, Any]:
        """Return what the fact of a region says.

        Raises:
            CorrectionError: nothing of that label can be read from the span.
        """
        if self._article != corrected.source:
            self._article = corrected.source
            self._facts = self._extract(corrected, corrected.text)
        for fact in self._facts:
            if (fact["start"], fact["end"], label_of(fact)) == (
                region.start,
                region.end,
                region.label,
            ):
                return fields_of(fact)
        quoted = corrected.text[region.start : region.end]
        for fact in self._extract(corrected, quoted):
            if fact["text"] == quoted and label_of(fact) == region.label:
                return fields_of(fact)
        if region.label in get_args(EntityType):
            return {"name": quoted}
        raise CorrectionError(f"no {region.label} can be read from {quoted!r} at {region.start}")

    def _extract(self, corrected: Corrected, text: str) -> list[dict[str, Any]]:
        if self._pipeline is None:
            self._pipeline = Pipeline()
        day = corrected.document.get("published")
        article = Article(
            id=corrected.source,
            source=corrected.source,
            text=text,
            published=datetime.date.fromisoformat(day) if day else None,
        )
        return [dump_fact(fact) for fact in self._pipeline.extract(article).facts]
