"""``python -m training``: make the package's tagger from the corpus's train and dev articles."""

from __future__ import annotations

import csv
import sys
import time
from pathlib import Path

from jijitsu.article import ArticleError
from jijitsu.gold.load import load_facts
from jijitsu.readers import read_articles
from training.examples import GoldArticle, gold_article
from training.tagger import train

ROOT = Path(__file__).parent.parent
MODEL = ROOT / "src/jijitsu/names/tagger/tagger.npz"
TRAINED_ON = ("train", "dev")


def gold_articles(splits: tuple[str, ...]) -> list[GoldArticle]:
    """Return the annotated articles of these splits, in the order of their ids."""
    with (ROOT / "annotations/splits.csv").open(encoding="utf-8", newline="") as file:
        wanted = {row["id"] for row in csv.DictReader(file) if row["split"] in splits}
    gold = load_facts(ROOT / "annotations")
    articles = []
    for article in read_articles([str(ROOT / "corpus")]):
        if isinstance(article, ArticleError):
            raise article
        if article.id in wanted:
            line = {"document": gold[article.id].document, "facts": gold[article.id].facts}
            articles.append(gold_article(line, article.text))
    return sorted(articles)


def main() -> None:
    """Train, write the model, and say how long it took."""
    started = time.monotonic()
    articles = gold_articles(TRAINED_ON)
    train(articles, MODEL)
    seconds = time.monotonic() - started
    size = MODEL.stat().st_size
    sys.stderr.write(f"{len(articles)} articles, {MODEL.name} {size:,} bytes, {seconds:.0f} s\n")


if __name__ == "__main__":
    main()
