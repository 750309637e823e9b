"""What the articles of a page say together: the claim of each amount, for its card."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jijitsu.claims.merge import Merger
from jijitsu.claims.statements import read_statements
from jijitsu.kinds import ArticleFacts, dump_fact


def find_claims(results: Iterable[ArticleFacts]) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the claim that each amount supports, by the ids of article and fact.

    A claim says how many articles and mentions support it, and which amounts contradict it.
    """
    with Merger() as merger:
        for result in results:
            facts = [dump_fact(fact) for fact in result.facts]
            merger.add(read_statements(result.document.model_dump(mode="json"), facts))
        claims = {claim.id: claim for claim in merger.claims()}
    shown = {}
    for claim in claims.values():
        others = [claims[other] for other in claim.conflicts]
        told = {
            "articles": claim.articles,
            "mentions": len(claim.support),
            "conflicts": [
                {"kind": "money", "currency": one.currency, "mod": one.mod}
                | {"low": one.low, "high": one.high}
                for one in others
            ],
        }
        for support in claim.support:
            shown[support.document, support.fact] = told
    return shown
