"""Whose an amount is, what it is, and when it holds: the fields that context decides."""
