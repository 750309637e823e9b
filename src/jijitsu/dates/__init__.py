"""Dates: found by a grammar over date parts, placed on the calendar from ``published``."""
