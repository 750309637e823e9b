"""A component for spaCy pipelines: ``nlp.add_pipe("jijitsu")``, found by its entry point.

It sets, on any pipeline of any tokenizer:

* ``doc.spans["jijitsu"]``: a span for each fact, its label as in :mod:`jijitsu.regions`, its
  ``id_`` that of the fact.  A span is made of whole tokens: where a fact begins or ends within
  one, the span is wider than the fact.
* ``doc._.facts``: the facts themselves, whose offsets are exact whatever the tokens are.
* ``span._.fact``: the fact of a span of that group, None for any other span.

The day of publication is ``doc._.published`` (an ISO date), set before the component runs,
else the component's own ``published``.  The facts are stored in ``doc.user_data`` as JSON and
go wherever the document goes: pickles, ``Doc.to_bytes``, ``DocBin(store_user_data=True)``.
"""

from __future__ import annotations

import datetime
import functools

from spacy.language import Language
from spacy.tokens import Doc, Span

from jijitsu.article import Article
from jijitsu.kinds import AnyFact, ArticleFacts, dump_fact
from jijitsu.names import DEFAULT_ENGINE
from jijitsu.pipeline import Pipeline
from jijitsu.published import parse_iso
from jijitsu.regions import label_of

NAME = "jijitsu"
"""The name of the component, and the key of its spans and of the data that it stores."""


class FactExtractor:
    """The component; called with a document, it returns it with its facts."""

    def __init__(
        self, *, ner: str, kinds: list[str] | None, published: str | None, spans_key: str
    ) -> None:
        """Make the pipeline that all documents go through.

        Raises:
            KeyError: there is no such engine or kind.
            NotADateError: ``published`` is no date of publication.
        """
        self._pipeline = Pipeline(ner=ner, kinds=kinds)
        self._published = parse_iso(published) if published else None
        self._spans_key = spans_key

    def __call__(self, doc: Doc) -> Doc:
        """Set the facts of a document.

        Raises:
            NotADateError: ``doc._.published`` is no date of publication.
        """
        article = Article(id=NAME, source=NAME, text=doc.text, published=self._day(doc))
        result = self._pipeline.extract(article)
        doc.user_data[NAME] = result.to_json()
        doc.spans[self._spans_key] = [_span(doc, fact) for fact in result.facts]
        return doc

    def _day(self, doc: Doc) -> datetime.date | None:
        day: str | None = doc._.published
        return parse_iso(day) if day else self._published


@Language.factory(
    NAME,
    assigns=["doc.spans", "doc._.facts", "span._.fact"],
    default_config={
        "ner": DEFAULT_ENGINE,
        "kinds": None,
        "published": None,
        "spans_key": NAME,
    },
)
def make_component(  # noqa: PLR0913, PLR0917 - spaCy calls it with all of its configuration
    nlp: Language,  # noqa: ARG001 - what factories are called with
    name: str,  # noqa: ARG001
    ner: str,
    kinds: list[str] | None,
    published: str | None,
    spans_key: str,
) -> FactExtractor:
    """Return the component; its configuration is all that is saved with a pipeline.

    ``ner`` and ``kinds`` are those of :class:`jijitsu.Pipeline`, ``published`` is an ISO date.
    """
    return FactExtractor(ner=ner, kinds=kinds, published=published, spans_key=spans_key)


def _span(doc: Doc, fact: AnyFact) -> Span:
    label = label_of(dump_fact(fact))
    return doc.char_span(  # type: ignore[return-value]  # widening, it always finds a span
        fact.start, fact.end, label, alignment_mode="expand", span_id=fact.id
    )


def _facts(doc: Doc) -> list[AnyFact]:
    stored = doc.user_data.get(NAME)
    return list(_read(stored)) if stored else []


def _fact(span: Span) -> AnyFact | None:
    # Spans hold their id as a hash; the string may be missing from another vocabulary.
    strings = span.doc.vocab.strings
    return next(
        (
            fact
            for fact in _facts(span.doc)
            if strings[fact.id] == span.id
            and span.start_char <= fact.start
            and fact.end <= span.end_char
        ),
        None,
    )


@functools.lru_cache(maxsize=8)
def _read(stored: str) -> tuple[AnyFact, ...]:
    """Return the facts of a document; its spans ask for them one after the other."""
    return tuple(ArticleFacts.model_validate_json(stored).facts)


# spaCy refuses a name that somebody else has taken.
Doc.set_extension("published", default=None)
Doc.set_extension("facts", getter=_facts)
Span.set_extension("fact", getter=_fact)
