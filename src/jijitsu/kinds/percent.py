"""Percentages."""

from __future__ import annotations

from typing import Literal

from jijitsu.kinds.base import NumberFact


class PercentFact(NumberFact):
    """A share or a change in percent (or percentage points); 3割 is 30."""

    kind: Literal["percent"] = "percent"
