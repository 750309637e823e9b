"""Other numbers with a unit or counter."""

from __future__ import annotations

from typing import Literal

from jijitsu.kinds.base import NumberFact


class QuantityFact(NumberFact):
    """A number with its unit or counter as written (``回``, ``ギガワット``); null for a bare one."""

    kind: Literal["quantity"] = "quantity"
    unit: str | None
