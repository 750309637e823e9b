"""One article as attribution sees it; what several amounts ask of a sentence is kept."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from jijitsu.attribution.cues import Cue, find_cues
from jijitsu.attribution.layout import Layout, Sentence
from jijitsu.attribution.words import Item, read_items
from jijitsu.model import Mention
from jijitsu.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount with those that restate it: one thing said once, ``[start, end)``."""

    mentions: tuple[Mention, ...]

    @property
    def start(self) -> int:
        """Return where the first of them begins."""
        return self.mentions[0].start

    @property
    def end(self) -> int:
        """Return where the last of them ends."""
        return self.mentions[-1].end


class Context:
    """The article's sentences with their words and cues, read where somebody asks."""

    def __init__(self, norm: str, tokens: Tokens, mentions: Sequence[Mention]) -> None:
        """Take the mentions, sorted by start."""
        self.norm = norm
        self.tokens = tokens
        self.mentions = mentions
        self.layout = Layout(norm)
        self._items: dict[int, list[Item]] = {}
        self._cues: dict[tuple[int, int], list[Cue]] = {}

    def sentence(self, index: int) -> Sentence:
        """Return a sentence."""
        return self.layout.sentences[index]

    def items(self, index: int) -> list[Item]:
        """Return the words of a sentence."""
        if index not in self._items:
            sentence = self.sentence(index)
            self._items[index] = read_items(
                self.tokens, self.mentions, sentence.start, sentence.end
            )
        return self._items[index]

    def cues(self, start: int, end: int) -> list[Cue]:
        """Return the cues of a span."""
        if (start, end) not in self._cues:
            self._cues[start, end] = find_cues(self.norm, start, end)
        return self._cues[start, end]

    def cues_of(self, index: int) -> list[Cue]:
        """Return the cues of a sentence."""
        sentence = self.sentence(index)
        return self.cues(sentence.start, sentence.end)

    def places(self, amount: Amount) -> tuple[int, int, int]:
        """Return the sentence of an amount, and its first item there and the one behind it."""
        index = self.layout.at(amount.start)
        items = self.items(index)
        first = bisect_left(items, amount.start, key=lambda item: item.start)
        behind = bisect_left(items, amount.end, lo=first, key=lambda item: item.start)
        return index, first, behind
