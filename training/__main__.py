"""``python -m training``: make the package's weights from the corpus's articles.

They learn from the train articles; the dev articles say how sure is sure.  No test article is
ever looked at.
``python -m training attribution`` leaves the tagger, which takes longest, as it is.
"""

from __future__ import annotations

import csv
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from jijitsu.article import ArticleError
from jijitsu.attribution.model import MODEL_FILE as ATTRIBUTION_FILE
from jijitsu.gold.load import load_facts
from jijitsu.names.tagger.confidence import CONFIDENCE_FILE
from jijitsu.names.tagger.engine import TaggerEngine
from jijitsu.names.tagger.model import MODEL_FILE as TAGGER_FILE
from jijitsu.names.tagger.model import Decoder, load_weights
from jijitsu.readers import read_articles
from training import attribution, reliability
from training.attribution import Annotated
from training.examples import GoldArticle, gold_article
from training.tagger import SEEDS, Draw, fit_draws, write_model

ROOT = Path(__file__).parent.parent
TAGGER = ROOT / "src/jijitsu/names/tagger"
ATTRIBUTION = ROOT / "src/jijitsu/attribution"


def annotated_articles(split: str) -> dict[str, Annotated]:
    """Return the annotated articles of a split by their ids, in the ids' order."""
    with (ROOT / "annotations/splits.csv").open(encoding="utf-8", newline="") as file:
        wanted = {row["id"] for row in csv.DictReader(file) if row["split"] == split}
    gold = load_facts(ROOT / "annotations")
    articles = {}
    for article in read_articles([str(ROOT / "corpus")]):
        if isinstance(article, ArticleError):
            raise article
        if article.id in wanted:
            articles[article.id] = Annotated(article.text, gold[article.id].facts)
    return dict(sorted(articles.items()))


def train_tagger() -> None:
    """Write how sure names are, measured on dev articles unseen, and the tagger's weights.

    One training suffices to measure by; the weights that are kept have learned from dev too.
    """
    train, dev = annotated_articles("train"), annotated_articles("dev")
    measured, everything = _with_names(train), _with_names(train | dev)
    draws = [Draw(measured, SEEDS[0]), *(Draw(everything, seed) for seed in SEEDS)]
    first, *kept = fit_draws(draws)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / TAGGER_FILE
        write_model([first], path)
        engine = TaggerEngine(Decoder(load_weights(path)))
    reliability.write_confidence(dev.values(), engine, TAGGER / CONFIDENCE_FILE)
    write_model(kept, TAGGER / TAGGER_FILE)


def _with_names(articles: dict[str, Annotated]) -> list[GoldArticle]:
    return [gold_article(name, one.text, one.facts) for name, one in articles.items()]


def train_attribution() -> None:
    """Write the weights of attribution, calibrated.

    How sure is sure is measured on dev articles that the weights have not seen; the weights
    that are kept have learned from them too.
    """
    train, dev = (list(annotated_articles(split).values()) for split in ("train", "dev"))
    calibrations = reliability.calibrations(attribution.train(train), dev)
    weights = attribution.train([*train, *dev])
    for task, calibration in calibrations.items():
        weights[task] = replace(weights[task], calibration=calibration)
    attribution.write_model(weights, ATTRIBUTION / ATTRIBUTION_FILE)


PARTS = {"tagger": train_tagger, "attribution": train_attribution}


def main(wanted: list[str]) -> None:
    """Train the parts that are named, or all, and say how long each took."""
    for name, part in PARTS.items():
        if not wanted or name in wanted:
            started = time.monotonic()
            part()
            sys.stderr.write(f"{name}: {time.monotonic() - started:.0f} s\n")


if __name__ == "__main__":
    main(sys.argv[1:])
