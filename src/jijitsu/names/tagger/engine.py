"""The default engine: the tagger's names, made consistent over the article and linked."""

from __future__ import annotations

from jijitsu.model import Mention, Text
from jijitsu.names.consistency import Name, consistent
from jijitsu.names.dictionary import DictionaryEngine
from jijitsu.names.linking import linked
from jijitsu.names.tagger.evidence import Evidence
from jijitsu.names.tagger.model import Decoder, default_decoder
from jijitsu.names.tagger.words import Word, sentences
from jijitsu.names.tidy import tidied, with_certain
from jijitsu.tokens import Tokens


class TaggerEngine:
    """Tags words by the CRF; the article as a whole decides what stays doubtful."""

    def __init__(self, decoder: Decoder | None = None) -> None:
        """Use the package's own weights, or those given."""
        self._decoder = decoder or default_decoder()
        self._dictionary = DictionaryEngine()

    def find(self, text: Text, tokens: Tokens) -> list[Mention]:
        """Return the names, sorted by start; they do not overlap."""
        norm = text.norm
        candidates = list(self._dictionary.candidates(norm, tokens))
        parts = list(sentences(norm, tokens))
        told = Evidence(norm, candidates)
        evidence = [told.of(words) for words in parts]
        paths = self._decoder.decode(parts, evidence)
        names = [
            name
            for words, path in zip(parts, paths, strict=True)
            for name in _names(words, [self._decoder.labels[label] for label in path])
        ]
        sure = {norm[c.start : c.end] for c in candidates if not c.form.ambiguous}
        names = with_certain(tidied(norm, tokens, names, candidates, sure), candidates)
        return linked(norm, consistent(norm, tokens, names, candidates))


def _names(words: list[Word], labels: list[str]) -> list[Name]:
    names: list[Name] = []
    for index, label in enumerate(labels):
        if label.startswith("B-"):
            names.append(Name(words[index].start, words[index].end, label[2:]))
        elif label.startswith("I-") and names:
            names[-1] = names[-1]._replace(end=words[index].end)
    return names
