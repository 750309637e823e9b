"""From statements to claims, group by group, in bounded memory.

Statements go into a SQLite file that is removed afterwards; what is held in memory is one
group (an owner's amounts of one predicate) at a time, and of that the different amounts
only.  Everything is sorted by content, so the order of the input makes no difference.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby, islice
from typing import Any, Self

from jijitsu.claims.amounts import CONFLICT_RATIO, Figure, contradict, read_figure
from jijitsu.claims.cluster import Key, cluster
from jijitsu.claims.model import Claim, Owner, Period, Support
from jijitsu.claims.statements import Statement
from jijitsu.kinds import dump_json

DEFAULT_TOLERANCE = Decimal("0.05")
# Of these an owner has many at once (the prices of a shop, fines, grants): two that differ
# are two things, and no contradiction.
_MANIFOLD = frozenset({"price", "cost", "other"})
_SCHEMA = """
CREATE TABLE statement (
    grp TEXT, predicate TEXT, period TEXT, figures TEXT, payload TEXT
)
"""


class Merger:
    """Collects statements, then gives the claims; a context manager that cleans up."""

    def __init__(self, *, tolerance: Decimal = DEFAULT_TOLERANCE) -> None:
        """Let amounts in two currencies agree within ``tolerance``, a share of the larger."""
        self._tolerance = tolerance
        self._database: sqlite3.Connection

    def __enter__(self) -> Self:
        """Open a database in a temporary file of SQLite's own."""
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute(_SCHEMA)
        self._database.execute("BEGIN")
        return self

    def __exit__(self, *_: object) -> None:
        """Remove it."""
        self._database.close()

    def add(self, statements: Iterable[Statement]) -> None:
        """Take statements in, from any article and in any order."""
        rows = (_row(statement) for statement in statements)
        self._database.executemany("INSERT INTO statement VALUES (?, ?, ?, ?, ?)", rows)

    def claims(self) -> Iterator[Claim]:
        """Yield the claims, sorted by owner, predicate, period and amount."""
        self._database.execute("CREATE INDEX by_key ON statement (grp, predicate, period, figures)")
        groups = self._database.execute(
            "SELECT DISTINCT grp, predicate, period, figures FROM statement "
            "ORDER BY grp, predicate, period, figures"
        )
        for (group, predicate), rows in groupby(groups, key=lambda row: (row[0], row[1])):
            keys = [(row[2], row[3]) for row in rows]
            clusters = cluster(keys, self._tolerance)
            drafts = [_Draft(predicate, self._statements(group, predicate, c)) for c in clusters]
            _find_conflicts(drafts, self._tolerance)
            yield from (draft.claim() for draft in sorted(drafts, key=_Draft.order))

    def _statements(self, group: str, predicate: str, keys: Sequence[Key]) -> list[dict[str, Any]]:
        """Return the payloads of the statements of a cluster, sorted by content."""
        found: list[dict[str, Any]] = []
        for period, figures in keys:
            rows = self._database.execute(
                "SELECT payload FROM statement WHERE grp = ? AND predicate = ? AND period = ? "
                "AND figures = ?",
                (group, predicate, period, figures),
            )
            found += (json.loads(payload) for (payload,) in rows)
        found.sort(key=_reported)
        return found


def _row(statement: Statement) -> tuple[str, ...]:
    period = json.dumps(statement.period)
    figures = json.dumps(
        [[f["currency"], f["low"], f["high"], f.get("mod"), _usd(f)] for f in statement.facts]
    )
    payload = {
        "owners": statement.owners,
        "period": statement.period,
        "facts": statement.facts,
        "document": statement.document,
    }
    return (
        statement.group,
        statement.predicate,
        period,
        figures,
        dump_json(payload),
    )


def _usd(fact: dict[str, Any]) -> str | None:
    usd = read_figure(fact).usd
    return None if usd is None else str(usd)


@dataclass(slots=True, eq=False)
class _Draft:
    """A claim being made of its statements, which are sorted by the day of publication."""

    predicate: str
    statements: list[dict[str, Any]]
    conflicts: list[str] = field(default_factory=list)
    stated: dict[str, Any] = field(init=False)
    figure: Figure = field(init=False)
    period: Any = field(init=False)
    owners: list[Owner] = field(init=False)

    def __post_init__(self) -> None:
        self.stated = _most_given(self.statements)
        self.figure = read_figure(self.stated)
        periods = [one["period"] for one in self.statements if one["period"] is not None]
        self.period = periods[0] if periods else None
        named = {(name, one_id) for one in self.statements for name, one_id in one["owners"]}
        self.owners = [
            Owner(name=name, entity_id=i)
            for name, i in sorted(named, key=lambda pair: (pair[0], pair[1] or ""))
        ]

    @property
    def size(self) -> Decimal:
        """Return how large the amount is, in dollars where a rate is known."""
        return abs(self.figure.usd if self.figure.usd is not None else self.figure.centre)

    @property
    def id(self) -> str:
        amount = [self.stated[key] for key in ("currency", "low", "high", "mod")]
        content = [[o.name for o in self.owners], self.predicate, self.period, amount]
        digest = hashlib.sha256(dump_json(content).encode()).hexdigest()
        return f"claim-{digest[:16]}"

    def order(self) -> tuple[list[str], str, str, Decimal, str]:
        names = [owner.name for owner in self.owners]
        return names, json.dumps(self.period), self.figure.currency, self.figure.centre, self.id

    def claim(self) -> Claim:
        days = sorted({s["document"].get("published") for s in self.statements} - {None})
        texts = {s["document"].get("sha256") or s["document"]["id"] for s in self.statements}
        return Claim.model_validate(
            {
                "id": self.id,
                "owners": self.owners,
                "predicate": self.predicate,
                "period": _period(self.period),
                **{key: self.stated[key] for key in ("currency", "low", "high")},
                "mod": self.stated.get("mod"),
                "converted": self.stated.get("converted"),
                "first_reported": days[0] if days else None,
                "last_reported": days[-1] if days else None,
                "articles": len(texts),
                "support": [s for one in self.statements for s in _support(one)],
                "conflicts": sorted(self.conflicts),
            }
        )


def _most_given(statements: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the amount that most articles state first; of several, the first reported."""
    stated = [one["facts"][0] for one in statements]
    counts = Counter((f["currency"], f["low"], f["high"], f.get("mod")) for f in stated)
    most = max(counts.values())
    return next(
        f for f in stated if counts[f["currency"], f["low"], f["high"], f.get("mod")] == most
    )


def _find_conflicts(drafts: Sequence[_Draft], tolerance: Decimal) -> None:
    """Name to each claim those of the same owner that contradict it."""
    if drafts and drafts[0].predicate in _MANIFOLD:
        return
    by_size = sorted(drafts, key=lambda draft: (draft.size, draft.id))
    for place, one in enumerate(by_size):
        for other in islice(by_size, place + 1, None):
            if other.size > one.size * CONFLICT_RATIO:
                break
            if (
                {owner.name for owner in one.owners} & {owner.name for owner in other.owners}
                and (one.period is None or other.period is None or one.period == other.period)
                and contradict(one.figure, other.figure, tolerance)
            ):
                one.conflicts.append(other.id)
                other.conflicts.append(one.id)


def _period(period: Any) -> Period | None:
    if period is None:
        return None
    if isinstance(period, str):
        return Period(duration=period)
    return Period.model_validate({"from": period[0], "to": period[1]})


def _support(statement: dict[str, Any]) -> Iterator[Support]:
    document = statement["document"]
    for fact in statement["facts"]:
        yield Support(
            document=document["id"],
            source=document.get("source") or "",
            published=document.get("published"),
            fact=fact["id"],
            **{key: fact[key] for key in ("text", "start", "end")},
        )


def _reported(statement: dict[str, Any]) -> tuple[str, str, int]:
    document = statement["document"]
    return document.get("published") or "", document["id"], statement["facts"][0]["start"]
