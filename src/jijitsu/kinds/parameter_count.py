"""Parameter counts of models."""

from __future__ import annotations

from typing import Literal

from jijitsu.kinds.base import NumberFact, Probability


class ParameterCountFact(NumberFact):
    """The number of parameters of a model: all of them, or those active for a token."""

    kind: Literal["parameter_count"] = "parameter_count"
    role: Literal["total", "active"]
    subject: str | None
    """The id of the model; null where that is not known."""
    confidence: dict[Literal["subject"], Probability] | None = None
    """How sure the subject is."""
