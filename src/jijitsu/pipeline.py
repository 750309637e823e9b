"""The pipeline: article → text → tokens → mentions → facts."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence

from jijitsu.article import Article, ArticleError
from jijitsu.attribution import attribute
from jijitsu.dates.read import read_dates
from jijitsu.facts import Links, build_facts
from jijitsu.kinds import KINDS, ArticleFacts, Document
from jijitsu.model import Mention, Text
from jijitsu.names import DEFAULT_ENGINE, ENGINES
from jijitsu.numbers.read import read_numbers
from jijitsu.rates import RateTable
from jijitsu.rejected import Rejected, find_rejected
from jijitsu.resolve import resolve
from jijitsu.restatements import find_restatements
from jijitsu.text import normalize
from jijitsu.tokens import Tokens


class Pipeline:
    """Extracts facts; make one and use it for any number of articles.

    >>> pipeline = Pipeline(ner="none")
    >>> article = Article(id="a", source="a", text="投資額は3800億元")
    >>> [fact.text for fact in pipeline.extract(article).facts]
    ['3800億元']
    """

    def __init__(
        self,
        *,
        ner: str = DEFAULT_ENGINE,
        kinds: Collection[str] | None = None,
        rates: RateTable | None = None,
    ) -> None:
        """Choose the engine for names, the kinds of fact to give, and the exchange rates.

        Raises:
            KeyError: there is no such engine or kind.
            EngineUnavailableError: the engine's extra is not installed.
        """
        unknown = set(kinds or ()) - set(KINDS)
        if unknown:
            raise KeyError(f"no such kind: {', '.join(sorted(unknown))}")
        if ner not in ENGINES:
            raise KeyError(f"no such engine: {ner}")
        self._kinds = frozenset(kinds) if kinds is not None else frozenset(KINDS)
        self._names = ENGINES[ner]()
        self._rates = rates if rates is not None else RateTable.default()

    def extract(self, article: Article) -> ArticleFacts:
        """Return the facts of one article.

        Raises:
            ArticleError: the text holds lone surrogates, so that it has no UTF-8 form.
        """
        try:
            encoded = article.text.encode("utf-8")
        except UnicodeEncodeError as error:
            raise ArticleError(article.source, f"no valid Unicode text: {error}") from error
        text = normalize(article.text)
        tokens = Tokens(text.norm)
        mentions = self._mentions(article, text, tokens)
        links = self._links(article, text, tokens, mentions)
        mentions = [mention for mention in mentions if mention.kind in self._kinds]
        document = Document(
            id=article.id,
            source=article.source,
            sha256=hashlib.sha256(encoded).hexdigest(),
            published=article.published,
            title=article.title,
        )
        facts = build_facts(article, text, mentions, links, self._rates)
        return ArticleFacts(document=document, facts=facts)

    def __call__(self, articles: Iterable[Article]) -> Iterator[ArticleFacts]:
        """Yield the facts of each article as it comes; nothing is held back."""
        for article in articles:
            yield self.extract(article)

    def rejected(self, article: Article) -> list[Rejected]:
        """Return what looked like a fact of this article and is none, and why.

        This reads the article again; :meth:`extract` does not keep what it drops.
        """
        text = normalize(article.text)
        candidates, dates = self._candidates(article, text, Tokens(text.norm))
        found = find_rejected(text, candidates, resolve(candidates), dates)
        return [each for each in found if each.kind in self._kinds]

    def _mentions(self, article: Article, text: Text, tokens: Tokens) -> list[Mention]:
        candidates, _ = self._candidates(article, text, tokens)
        return resolve(candidates)

    def _candidates(
        self, article: Article, text: Text, tokens: Tokens
    ) -> tuple[list[Mention], list[tuple[int, int]]]:
        """Return all mentions, overlapping ones too, and the spans of all dates."""
        dates, spans = read_dates(text.norm, tokens, article.published)
        numbers = read_numbers(text.norm, tokens, spans)
        names = self._names.find(text, tokens)
        return [*dates, *numbers, *names], spans

    def _links(
        self, article: Article, text: Text, tokens: Tokens, mentions: Sequence[Mention]
    ) -> Links:
        money = [mention for mention in mentions if mention.kind == "money"]
        restatements = find_restatements(text.norm, money, self._rates, article.published)
        pairs = [(pair.first, pair.second) for pair in restatements]
        return Links(restatements, attribute(text.norm, tokens, mentions, pairs))
