"""What makes a pipeline, in a form that goes to other processes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from jijitsu.article import Article
from jijitsu.kinds import KINDS
from jijitsu.names import DEFAULT_ENGINE
from jijitsu.pipeline import Pipeline
from jijitsu.rates import load_rates
from jijitsu.store import Run
from jijitsu.version import __version__


@dataclass(frozen=True, slots=True)
class Recipe:
    """The settings of a pipeline: see :class:`jijitsu.Pipeline`; ``rates`` is a file of rates."""

    ner: str = DEFAULT_ENGINE
    kinds: tuple[str, ...] | None = None
    rates: Path | None = None

    def make(self) -> Pipeline:
        """Return a pipeline.

        Raises:
            KeyError, EngineUnavailableError: as :class:`jijitsu.Pipeline` does.
            RatesError: the file of rates can't be read.
        """
        rates = load_rates(self.rates) if self.rates else None
        return Pipeline(ner=self.ner, kinds=self.kinds, rates=rates)

    def describe(self) -> Run:
        """Return the version and the settings; of a file of rates it is the content that counts."""
        digest = hashlib.sha256(self.rates.read_bytes()).hexdigest() if self.rates else None
        kinds = [kind for kind in KINDS if self.kinds is None or kind in self.kinds]
        settings = {"ner": self.ner, "kinds": kinds, "rates": digest}
        return Run(version=__version__, settings=settings)


class Fingerprints:
    """Tells whether an article, or what extracts it, has changed."""

    def __init__(self, run: Run) -> None:
        """Take what extracts."""
        described = json.dumps([run.version, dict(run.settings)], sort_keys=True)
        self._extractor = hashlib.sha256(described.encode())

    def of(self, article: Article) -> str:
        """Return the SHA-256 of all that the article's facts depend on."""
        published = article.published.isoformat() if article.published else None
        metadata = json.dumps([article.id, article.source, article.title, published])
        digest = self._extractor.copy()
        digest.update(metadata.encode())
        # A text without a UTF-8 form is refused by the pipeline, not here.
        digest.update(article.text.encode("utf-8", errors="surrogatepass"))
        return digest.hexdigest()
