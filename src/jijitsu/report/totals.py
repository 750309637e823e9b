"""What companies' amounts add up to, in US dollars."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from jijitsu.kinds import AnyFact, EntityFact, MoneyFact

_COMPANY = "organization"
_DOLLARS = "USD"


@dataclass(slots=True)
class Total:
    """The sum of a company's amounts of one predicate, in US dollars, and how many these are."""

    company: str
    predicate: str | None
    dollars: Decimal = Decimal(0)
    amounts: int = 0


@dataclass(frozen=True, slots=True)
class Totals:
    """All sums, the largest first; ``left_out`` amounts are nobody's, or have no dollars."""

    totals: list[Total]
    left_out: int


def add_up(articles: Iterable[Sequence[AnyFact]]) -> Totals:
    """Add the amounts of all articles up, by the names of their subjects and by predicate.

    Within an article a sum counts once: where it is restated in another currency, and where
    the same figure is said again of the same company, bound or not (3800億元, 少なくとも3800億元).
    Several that share a sum are one company here, their names joined.  Of a range the middle counts, of a bound the bound.
    """
    totals: dict[tuple[str, str | None], Total] = {}
    left_out = 0
    for facts in articles:
        entities = {fact.id: fact for fact in facts if isinstance(fact, EntityFact)}
        for amounts in _sums(facts, entities):
            company = next(filter(None, (_company(each, entities) for each in amounts)), None)
            known = (dollars for dollars in map(_dollars, amounts) if dollars is not None)
            dollars = next(known, None)
            predicate = next((each.predicate for each in amounts if each.predicate), None)
            if company is None or dollars is None:
                left_out += 1
                continue
            total = totals.setdefault((company, predicate), Total(company, predicate))
            total.dollars += dollars
            total.amounts += 1
    return Totals(sorted(totals.values(), key=lambda total: -total.dollars), left_out)


def _sums(
    facts: Iterable[AnyFact], entities: dict[str, EntityFact]
) -> Iterable[Sequence[MoneyFact]]:
    """Return an article's sums, each with all amounts that state it, in order."""
    amounts = {fact.id: fact for fact in facts if isinstance(fact, MoneyFact)}
    leaders = {name: name for name in amounts}

    def leader(name: str) -> str:
        while leaders[name] != name:
            name = leaders[name]
        return name

    def join(first: str, second: str) -> None:
        leaders[leader(second)] = leader(first)

    said: dict[tuple[str, str | None, str, frozenset[str | None]], str] = {}
    for name, fact in amounts.items():
        for other in fact.equivalent_to or ():
            if other in amounts:
                join(name, other)
        company = _company(fact, entities)
        if company:
            figure = frozenset({fact.low, fact.high} - {None})
            key = (company, fact.predicate, fact.currency, figure)
            join(said.setdefault(key, name), name)
    groups = defaultdict(list)
    for name, fact in amounts.items():
        groups[leader(name)].append(fact)
    return groups.values()


def _company(fact: MoneyFact, entities: dict[str, EntityFact]) -> str | None:
    names = [
        entities[name].name
        for name in ([fact.subject] if fact.subject else fact.participants or [])
        if name in entities and entities[name].type == _COMPANY
    ]
    return " + ".join(names) or None


def _dollars(fact: MoneyFact) -> Decimal | None:
    ends: tuple[str | None, str | None]
    if fact.currency == _DOLLARS:
        ends = fact.low, fact.high
    else:
        conversion = (fact.converted or {}).get(_DOLLARS)
        ends = (conversion.low, conversion.high) if conversion else (None, None)
    known = [Decimal(end) for end in ends if end is not None]
    return sum(known, Decimal(0)) / len(known) if known else None
