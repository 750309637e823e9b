"""The default engine: the tagger's names, made consistent over the article and linked."""

from __future__ import annotations

from jijitsu.model import Mention, Text
from jijitsu.names.consistency import Name, consistent
from jijitsu.names.dictionary import DictionaryEngine
from jijitsu.names.linking import linked
from jijitsu.names.tagger.confidence import with_confidence
from jijitsu.names.tagger.evidence import Evidence
from jijitsu.names.tagger.model import Decoder, default_decoder
from jijitsu.names.tagger.words import Words, read_words
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
        evidence = Evidence(norm, candidates)
        names: list[Name] = []
        for words in read_words(norm, tokens):
            names.extend(self._tagged(words, evidence.of(words)))
        names = with_certain(tidied(norm, tokens, names, candidates), candidates)
        return with_confidence(norm, linked(norm, consistent(norm, tokens, names, candidates)))

    def _tagged(self, words: Words, evidence: list[str]) -> list[Name]:
        """Return the names that the words' labels say."""
        labels = self._decoder.labels
        firsts = frozenset(words.borders)
        names: list[Name] = []
        in_name = False
        for index, number in enumerate(self._decoder.decode(words, evidence)):
            label = labels[number]
            if label.startswith("B-"):
                names.append(Name(words.starts[index], words.ends[index], label[2:]))
                in_name = True
            elif index in firsts:
                # An inside that begins a sentence is of no name.
                in_name = False
            elif label.startswith("I-") and in_name:
                names[-1] = names[-1]._replace(end=words.ends[index])
        return names
