"""No pattern backtracks without end: regexploit looks at each of them."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass

import pytest
from regexploit.ast.sre import SreOpParser
from regexploit.redos import find

import jijitsu
from jijitsu.dates.words import relative_pattern, relative_words
from jijitsu.numbers.amounts import _symbol_pattern
from jijitsu.numbers.units import modifiers, unit_table

# regexploit does not know possessive repeats (they never give back what they took): patterns
# that have some are timed instead, on what they repeat, and nothing that they end with.
_POSSESSIVE = re.compile(r"[*+?}]\+")
_ATTACKS = (" ", "\t ", "\n", "#", "# a\n", "a", "a.", '"', "'", ":", "= ", "\ufeff", "-", "+")
_LENGTH = 20_000
_MOST_SECONDS = 0.5
# The console script runs on import; Ray is not installed for every run, and has no pattern there.
_NOT_IMPORTED = frozenset({"jijitsu.__main__", "jijitsu.ingest.engines.ray"})


def _modules() -> Iterator[object]:
    for found in pkgutil.walk_packages(jijitsu.__path__, "jijitsu."):
        if found.name not in _NOT_IMPORTED:
            yield importlib.import_module(found.name)


def _patterns_in(value: object) -> Iterator[re.Pattern[str]]:
    """Yield the patterns that a module, a table or a row of one holds."""
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif isinstance(value, dict):
        yield from _in_all(value.values())
    elif isinstance(value, (tuple, list)):
        yield from _in_all(value)
    elif is_dataclass(value) and not isinstance(value, type):
        yield from _in_all(getattr(value, field.name) for field in fields(value))


def _in_all(values: Iterable[object]) -> Iterator[re.Pattern[str]]:
    for value in values:
        yield from _patterns_in(value)


def _all_patterns() -> list[re.Pattern[str]]:
    tables = (unit_table(), modifiers(), relative_pattern(), relative_words(), _symbol_pattern())
    found = list(_in_all([*(vars(module) for module in _modules()), *tables]))
    return sorted(set(found), key=lambda pattern: (pattern.pattern, pattern.flags))


PATTERNS = _all_patterns()


def _weaknesses(pattern: str, flags: int = 0) -> list[str]:
    return [redos.example() for redos in find(SreOpParser().parse_sre(pattern, flags))]


def test_all_patterns_are_looked_at() -> None:
    assert len(PATTERNS) > 200


def test_a_weak_pattern_is_found() -> None:
    assert _weaknesses("(?:[ァ-ヺ]+・?)+円")


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.pattern[:40])
def test_no_pattern_backtracks(pattern: re.Pattern[str]) -> None:
    if _POSSESSIVE.search(pattern.pattern):
        for attack in _ATTACKS:
            start = time.process_time()
            pattern.match(attack * _LENGTH + "\ufdd0")
            assert time.process_time() - start < _MOST_SECONDS
    else:
        assert _weaknesses(pattern.pattern, pattern.flags) == []
