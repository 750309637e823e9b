"""Whose an amount is, what it is, and when it holds: the fields that context decides."""

from jijitsu.attribution.attribute import Attribution, attribute

__all__ = ["Attribution", "attribute"]
