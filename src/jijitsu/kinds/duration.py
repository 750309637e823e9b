"""Lengths of time."""

from __future__ import annotations

from typing import Literal

from jijitsu.kinds.base import BaseFact, Mod


class DurationFact(BaseFact):
    """A length of time as TIMEX3 writes it (ISO 8601); a range is ``P4Y/P5Y``."""

    kind: Literal["duration"] = "duration"
    value: str
    mod: Mod | None
