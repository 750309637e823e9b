"""Lines of facts, as ``jijitsu extract`` writes them, made by hand for tests of claims."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from jijitsu.claims.merge import DEFAULT_TOLERANCE, Merger
from jijitsu.claims.model import Claim
from jijitsu.claims.statements import read_statements

Json = dict[str, Any]
# Dollars for one unit, near the rates of 2025.
RATES = {"USD": "1", "JPY": "0.0068", "CNY": "0.14", "EUR": "1.17"}


def money(written: str, **fields: Any) -> Json:
    """Return a money fact; ``USD 5e10``, ``USD >=5e10`` (以上), ``USD 1e9..2e9``, ``USD ~5e10`` (約)."""
    currency, value = written.split()
    mods = {"~": "APPROX", ">=": "EQUAL_OR_MORE", ">": "MORE_THAN", "<=": "EQUAL_OR_LESS"}
    sign = next((sign for sign in mods if value.startswith(sign)), "")
    first, _, last = value.removeprefix(sign).partition("..")
    ends: list[Decimal | None] = [Decimal(first), Decimal(last or first)]
    if sign in {">", ">="}:
        ends[1] = None
    elif sign == "<=":
        ends[0] = None
    rate = Decimal(RATES[currency])
    low, high = ends
    usd = {"low": low and low * rate, "high": high and high * rate, "rate": rate}
    source = {"rate_date": "2025-09-25", "rate_source": "test"}
    dollars = {key: _plain(end) for key, end in usd.items()} | source
    fact = {
        "id": "m",
        "kind": "money",
        "text": value,
        "start": 4,
        "end": 8,
        "low": _plain(low),
        "high": _plain(high),
        "mod": mods.get(sign),
        "currency": currency,
        "converted": {"USD": dollars} if currency != "USD" else None,
        "predicate": "investment",
        "subject": "s",
    }
    return fact | fields


def _plain(number: Decimal | None) -> str | None:
    return None if number is None else format(number, "f")


def entity(fact_id: str, name: str) -> Json:
    return {
        "id": fact_id,
        "kind": "entity",
        "text": name,
        "start": 0,
        "end": len(name),
        "type": "organization",
        "name": name,
    }


def year(fact_id: str, number: int) -> Json:
    return {
        "id": fact_id,
        "kind": "date",
        "text": f"{number}年",
        "start": 20,
        "end": 25,
        "value": str(number),
        "from": f"{number}-01-01",
        "to": f"{number}-12-31",
        "mod": None,
    }


def article(name: str, *facts: Json, owner: str = "Alpha", published: str = "2025-09-25") -> Json:
    """Return a line of facts: an article that names one company, and says something of it."""
    document = {"id": name, "source": f"{name}.txt", "sha256": name, "published": published}
    return {"document": document, "facts": [entity("s", owner), *facts]}


def merged(lines: Iterable[Json], *, tolerance: Decimal = DEFAULT_TOLERANCE) -> list[Claim]:
    with Merger(tolerance=tolerance) as merger:
        for line in lines:
            merger.add(read_statements(line["document"], line["facts"]))
        return list(merger.claims())


def supporters(claims: Iterable[Claim]) -> list[set[str]]:
    """Return the articles behind each claim."""
    return [{support.document for support in claim.support} for claim in claims]
