"""One article as attribution sees it; what several amounts ask of a sentence is kept."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from jijitsu.attribution.amounts import Amount
from jijitsu.attribution.cues import Cue, find_cues
from jijitsu.attribution.governor import Governor, find_governor, find_topic
from jijitsu.attribution.layout import Cell, Layout, Sentence
from jijitsu.attribution.words import START, Item, read_items
from jijitsu.model import Mention
from jijitsu.tokens import Tokens


class Context:
    """The article's sentences with their words and cues, read where somebody asks."""

    def __init__(self, norm: str, tokens: Tokens, mentions: Sequence[Mention]) -> None:
        """Take the mentions, sorted by start."""
        self.norm = norm
        self.mentions = mentions
        self.layout = Layout(norm)
        self._tokens = tokens
        self._items: dict[int, list[Item]] = {}
        self._cues: dict[tuple[int, int], list[Cue]] = {}

    def sentence(self, index: int) -> Sentence:
        """Return a sentence."""
        return self.layout.sentences[index]

    def items(self, index: int) -> list[Item]:
        """Return the words of a sentence."""
        items = self._items.get(index)
        if items is None:
            start, end, _ = self.sentence(index)
            items = read_items(self.norm, self._tokens, self.mentions, (start, end))
            self._items[index] = items
        return items

    def cues(self, start: int, end: int) -> list[Cue]:
        """Return the cues of a span."""
        if (start, end) not in self._cues:
            self._cues[start, end] = find_cues(self.norm, start, end)
        return self._cues[start, end]

    def cues_of(self, index: int) -> list[Cue]:
        """Return the cues of a sentence."""
        sentence = self.sentence(index)
        return self.cues(sentence.start, sentence.end)

    def place(self, amount: Amount) -> Place:
        """Return where an amount stands."""
        return Place(self, amount)


class Place:
    """Where one amount stands: its sentence, its neighbours there, what governs it."""

    def __init__(self, context: Context, amount: Amount) -> None:
        """Look the amount up in the layout."""
        self.context = context
        self.amount = amount
        self.index = context.layout.at(amount.start)
        self.sentence = context.sentence(self.index)
        self.items = context.items(self.index)
        self.first = bisect_left(self.items, amount.start, key=START)
        self.behind = bisect_left(self.items, amount.end, lo=self.first, key=START)
        self.cell: Cell | None = context.layout.cell(self.index, amount.start)
        self.heading: int | None = context.layout.heading(self.index)
        self.intro: int | None = context.layout.intro(self.index)
        self.topic: Governor | None = find_topic(self.items, self.first)
        # What no phrase or verb governs, its topic does.
        self.governor: Governor | None = (
            find_governor(self.items, self.first, self.behind) or self.topic
        )
