"""Names."""

from __future__ import annotations

from typing import Literal

from jijitsu.kinds.base import BaseFact, Probability

EntityType = Literal["organization", "person", "location", "product", "event"]


class EntityFact(BaseFact):
    """A name; ``name`` is the form that all mentions of the same thing share.

    ``entity_id`` is stable over articles and versions, and absent for names that the
    entity table does not hold.
    """

    kind: Literal["entity"] = "entity"
    type: EntityType
    name: str
    entity_id: str | None = None
    confidence: dict[Literal["type"], Probability] | None = None
    """How sure it is that this is a name of this type."""
