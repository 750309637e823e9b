"""CoNLL: a word a line, with its span in the article and its BIO label last.

The columns are word, start, end, label, with tabs between.  ``-DOCSTART-`` begins an article
and a comment names it; an empty line ends a sentence, as CoNLL-2003 has it.  Words are those
of fugashi with unidic-lite, cut where a fact begins or ends within one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jijitsu.exports.base import Dataset, Example, Export
from jijitsu.exports.words import Span, find_words, fit, flatten, words_of
from jijitsu.gold.load import JsonFact
from jijitsu.regions import label_of

_OUTSIDE = "O"
_START = f"-DOCSTART-\t-\t-\t{_OUTSIDE}\n"
_SENTENCE_ENDS = frozenset("。！？!?")


def export(dataset: Dataset) -> Export:
    """Return ``NAME.conll`` for each split."""
    result = Export()
    for name, examples in dataset.items():
        articles = []
        for example in examples:
            words, cut = fit(example, name, find_words(example.text))
            flat, nested = flatten(example, name)
            result.problems += cut + nested
            articles.append("".join(_lines(example, words, flat)))
        result.files[f"{name}.conll"] = "".join(articles).encode()
    return result


def _lines(example: Example, words: Sequence[Span], facts: Sequence[JsonFact]) -> Iterator[str]:
    labels = [_OUTSIDE] * len(words)
    for fact in facts:
        for number, place in enumerate(words_of(fact, words)):
            labels[place] = f"{'I' if number else 'B'}-{label_of(fact)}"
    yield f"{_START}# id = {example.id}\n"
    before = 0
    is_open = False
    for (start, end), label in zip(words, labels, strict=True):
        inside = label.startswith("I-")
        if is_open and not inside and "\n" in example.text[before:start]:
            yield "\n"
        word = example.text[start:end]
        yield f"{word}\t{start}\t{end}\t{label}\n"
        is_open = label != _OUTSIDE or word not in _SENTENCE_ENDS
        if not is_open:
            yield "\n"
        before = end
    if is_open:
        yield "\n"
