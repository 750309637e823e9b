"""The way back from gold to marked text, see :mod:`jijitsu.gold.marked`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from jijitsu.gold.marked import (
    CLOSE,
    DURATION_MODS,
    ENTITY_TYPES,
    MODS,
    OPEN,
    PREDICATES,
    SEPARATOR,
    SHARED,
    MarkError,
)
from jijitsu.timex import InvalidTimexError, timex_bounds

Fact = Mapping[str, Any]

_TYPE_WORDS = {name: word for word, name in ENTITY_TYPES.items()}
_OPERATORS = {
    "EQUAL_OR_MORE": ">=",
    "MORE_THAN": ">",
    "EQUAL_OR_LESS": "<=",
    "LESS_THAN": "<",
}
# From a million on, zeros are written as an exponent.
_FEWEST_ZEROS = 6


def render_marked(text: str, facts: Iterable[Fact]) -> str:
    """Write an article's gold into its text, so that ``parse_marked`` gives both back.

    Subjects are written by name: the mention that the mark's reader takes need not be the
    one whose id the fact held.

    >>> render_marked("売上高は5割増", [
    ...     {"id": "0", "kind": "percent", "text": "5割", "start": 4, "end": 6,
    ...      "low": "50", "high": "50", "mod": None}])
    '売上高は⟦5割|pct 50⟧増'

    Raises:
        MarkError: a fact that marks can't say, or marks that cross each other.
    """
    if OPEN in text or CLOSE in text:
        raise MarkError(f"the article itself holds {OPEN} or {CLOSE}")
    ordered = sorted(facts, key=lambda fact: (fact["start"], fact["end"]))
    notes = _Notes(ordered)
    pieces: list[str] = []
    position = 0
    for place, mark in _marks(text, ordered, notes):
        pieces += (text[position:place], mark)
        position = place
    return "".join([*pieces, text[position:]])


def _marks(text: str, ordered: Sequence[Fact], notes: _Notes) -> list[tuple[int, str]]:
    """Return every bracket and where it goes, in order; closing ones first, inner ones first."""
    # Of two marks with one span the inner one is closed, and so read, first.
    numbered = sorted(
        enumerate(ordered), key=lambda item: (item[1]["start"], -item[1]["end"], -item[0])
    )
    openings = [fact for _, fact in numbered]
    placed: list[tuple[int, str]] = []
    open_marks: list[Fact] = []
    for fact in [*openings, None]:
        while open_marks and (fact is None or open_marks[-1]["end"] <= fact["start"]):
            inner = open_marks.pop()
            placed.append((inner["end"], f"{SEPARATOR}{notes.write(inner)}{CLOSE}"))
        if fact is not None:
            if text[fact["start"] : fact["end"]] != fact["text"]:
                raise MarkError(f"{fact['text']!r} does not stand at {fact['start']}")
            if open_marks and open_marks[-1]["end"] < fact["end"]:
                raise MarkError(f"{open_marks[-1]['text']!r} and {fact['text']!r} cross")
            open_marks.append(fact)
            placed.append((fact["start"], OPEN))
    return placed


class _Notes:
    """Writes what stands behind a mark's separator; knows the other facts it may refer to."""

    def __init__(self, ordered: Sequence[Fact]) -> None:
        self._by_id = {fact["id"]: fact for fact in ordered}
        self._restated = _choose_restated(ordered)
        named = {*self._restated.values(), *(fact.get("when") for fact in ordered)}
        targets = [fact["id"] for fact in ordered if fact["id"] in named]
        self._labels = {target: str(number) for number, target in enumerate(targets, start=1)}

    def write(self, fact: Fact) -> str:
        kind = fact["kind"]
        if kind not in _WRITERS:
            raise MarkError(f"{fact['text']}: there is no mark for the kind {kind!r}")
        words = _WRITERS[kind](fact)
        if kind in {"money", "date", "duration"}:
            words += self._links(fact)
        if kind in {"money", "parameter_count"}:
            words.append(f"of={self._subject(fact)}")
        return " ".join(words)

    def _links(self, fact: Fact) -> list[str]:
        name = fact["id"]
        links = [f"#{self._labels[name]}"] if name in self._labels else []
        if name in self._restated:
            links.append(f"={self._labels[self._restated[name]]}")
        if fact.get("when") is not None:
            if fact["when"] not in self._labels:
                raise MarkError(f"{fact['text']}: no fact has the id {fact['when']!r}")
            links.append(f"@{self._labels[fact['when']]}")
        return links

    def _subject(self, fact: Fact) -> str:
        if fact.get("participants"):
            return SHARED.join(self._name(fact, each) for each in fact["participants"])
        return "-" if fact.get("subject") is None else self._name(fact, fact["subject"])

    def _name(self, fact: Fact, subject: str) -> str:
        name: str | None = self._by_id.get(subject, {}).get("name")
        if not name or name == "-" or SHARED in name:
            raise MarkError(f"{fact['text']}: the subject {subject!r} has no name")
        return name


def _choose_restated(ordered: Sequence[Fact]) -> dict[str, str]:
    """Say of which one other each amount is a restatement, so that all pairs are told.

    A mark can name one other amount only: each pair is told by one of the two, and two
    pairs by different ones (a matching, found by augmenting paths).
    """
    places = {fact["id"]: place for place, fact in enumerate(ordered)}
    told: dict[str, tuple[str, str]] = {}

    def tell(pair: tuple[str, str], tried: set[str]) -> bool:
        for teller in reversed(pair):  # rather the later one
            if teller not in tried:
                tried.add(teller)
                if teller not in told or tell(told[teller], tried):
                    told[teller] = pair
                    return True
        return False

    for fact in ordered:
        for other in fact.get("equivalent_to") or ():
            if other not in places:
                raise MarkError(f"{fact['text']}: no amount has the id {other!r}")
            if places[other] > places[fact["id"]] and not tell((fact["id"], other), set()):
                raise MarkError(f"{fact['text']}: more restatements than marks can say")
    return {
        teller: first if teller == second else second for teller, (first, second) in told.items()
    }


def _write_entity(fact: Fact) -> list[str]:
    name = fact["name"]
    if name != name.strip() or not name or any(sign in name for sign in (OPEN, SEPARATOR, CLOSE)):
        raise MarkError(f"{fact['text']}: no mark can hold the name {name!r}")
    return [f"{_TYPE_WORDS[fact['type']]}:{name}"]


def _write_money(fact: Fact) -> list[str]:
    if fact.get("predicate") not in PREDICATES:
        raise MarkError(f"{fact['text']}: money needs a predicate")
    return ["money", fact["currency"], _write_value(fact), fact["predicate"]]


def _write_parameter_count(fact: Fact) -> list[str]:
    return ["param", _write_value(fact), fact["role"]]


def _write_date(fact: Fact) -> list[str]:
    words = ["date", fact["value"]]
    if fact["mod"] is not None:
        words.append(_checked_mod(fact, MODS))
    try:
        told = timex_bounds(fact["value"])
    except InvalidTimexError:
        told = None
    if told != (fact["from"], fact["to"]):
        words.append(f"{fact['from']}..{fact['to']}")
    return words


def _write_duration(fact: Fact) -> list[str]:
    words = ["dur", fact["value"]]
    return words if fact["mod"] is None else [*words, _checked_mod(fact, DURATION_MODS)]


def _write_percent(fact: Fact) -> list[str]:
    return ["pct", _write_value(fact)]


_WRITERS: Mapping[str, Callable[[Fact], list[str]]] = {
    "entity": _write_entity,
    "money": _write_money,
    "parameter_count": _write_parameter_count,
    "date": _write_date,
    "duration": _write_duration,
    "percent": _write_percent,
}


def _checked_mod(fact: Fact, known: Iterable[str]) -> str:
    mod: str = fact["mod"]
    if mod not in known:
        raise MarkError(f"{fact['text']}: a {fact['kind']} mark can't say {mod}")
    return mod


def _write_value(fact: Fact) -> str:
    low, high, mod = fact["low"], fact["high"], fact["mod"]
    if mod in {"EQUAL_OR_MORE", "MORE_THAN"} and low is not None and high is None:
        return f"{_OPERATORS[mod]}{_write_number(low)}"
    if mod in {"EQUAL_OR_LESS", "LESS_THAN"} and high is not None and low is None:
        return f"{_OPERATORS[mod]}{_write_number(high)}"
    if mod not in {None, "APPROX"} or low is None or high is None:
        raise MarkError(f"{fact['text']}: no mark can say {low}..{high} {mod}")
    sign = "~" if mod else ""
    ends = (low,) if low == high else (low, high)
    return sign + "..".join(map(_write_number, ends))


def _write_number(number: str) -> str:
    digits = number.rstrip("0")
    zeros = len(number) - len(digits)
    if "." in number or zeros < _FEWEST_ZEROS:
        return number
    exponent = zeros - zeros % 3
    return f"{number[:-exponent]}e{exponent}"
