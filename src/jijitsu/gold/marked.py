"""Marked text: an article and its gold in one file that a person can write and read.

A mark is ``⟦surface|kind …⟧`` in the running text; marks may nest.  Taking the marks
out gives the article, and where they stood gives the spans, so nobody counts offsets::

    ⟦アリババ|org:Alibaba⟧が⟦3800億元|money CNY 380e9 investment #a of=Alibaba⟧
    （約⟦7.98兆円|money JPY ~7.98e12 investment =a of=Alibaba⟧）を投じる

Marks by kind:

==========  ============================================================================
entity      ``org:NAME`` ``person:NAME`` ``loc:NAME`` ``prod:NAME`` ``event:NAME``
money       ``money CUR VALUE PREDICATE [#label] [=label] [@label] of=NAME``
            (``of=-``: nobody; ``of=NAME + NAME``: several share the sum)
parameters  ``param VALUE total|active of=NAME``
date        ``date TIMEX [MOD] [FROM..TO] [#label]`` (FROM..TO only where TIMEX does not say it)
duration    ``dur TIMEX [MOD] [#label]``
percent     ``pct VALUE``
==========  ============================================================================

VALUE is ``N``, ``A..B``, ``~N`` or ``~A..B`` (APPROX), ``>=N`` ``>N`` ``<=N`` ``<N``; N is a
decimal that may end in an exponent (``380e9``).  ``=label`` names the amount that this one
restates, ``@label`` the date or duration in which it holds.  ``of=`` comes last and names a
subject by the name its mentions share; the mention nearest before the fact is meant, else the
nearest behind it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from jijitsu.timex import InvalidTimexError, timex_bounds

OPEN, SEPARATOR, CLOSE = "⟦", "|", "⟧"
SHARED = " + "

ENTITY_TYPES = {
    "org": "organization",
    "person": "person",
    "loc": "location",
    "prod": "product",
    "event": "event",
}
PREDICATES = frozenset(
    "investment funding acquisition revenue profit valuation price contract "
    "market_size cost debt other".split()
)
MODS = frozenset({"START", "MID", "END", "APPROX"})
DURATION_MODS = frozenset({"APPROX", "EQUAL_OR_MORE", "MORE_THAN", "EQUAL_OR_LESS", "LESS_THAN"})

_VALUE = re.compile(
    r"(?P<op>~|>=|>|<=|<)?(?P<low>-?[0-9]+(?:\.[0-9]+)?(?:e[0-9]+)?)"
    r"(?:\.\.(?P<high>-?[0-9]+(?:\.[0-9]+)?(?:e[0-9]+)?))?"
)
_DURATION = re.compile(
    r"P(?=[0-9T])(?:[0-9.]+[YMWD])*(?:T(?:[0-9.]+[HMS])+)?"
    r"(?:/P(?=[0-9T])(?:[0-9.]+[YMWD])*(?:T(?:[0-9.]+[HMS])+)?)?"
)
_OPERATOR_MODS = {
    "~": "APPROX",
    ">=": "EQUAL_OR_MORE",
    ">": "MORE_THAN",
    "<=": "EQUAL_OR_LESS",
    "<": "LESS_THAN",
}


class MarkError(ValueError):
    """A mark that can't be read; the message quotes it and says why."""


@dataclass(slots=True)
class _Mark:
    """One mark: its span in the article and the words behind its separator."""

    start: int
    end: int = 0
    note: str = ""
    fact: dict[str, Any] = field(default_factory=dict)
    label: str | None = None
    restates: str | None = None
    when: str | None = None
    subject: str | None = None


def parse_marked(marked: str) -> tuple[str, list[dict[str, Any]]]:
    """Split marked text into the article and its gold facts, sorted by span.

    Raises:
        MarkError: a bracket without its pair, or a note that can't be read.
    """
    text, marks = _strip_marks(marked)
    marks.sort(key=lambda mark: (mark.start, mark.end))
    for number, mark in enumerate(marks):
        surface = text[mark.start : mark.end]
        mark.fact = {
            "id": str(number),
            "kind": "",
            "text": surface,
            "start": mark.start,
            "end": mark.end,
        }
        try:
            _read_note(mark)
        except (ValueError, ArithmeticError) as error:
            raise MarkError(f"{OPEN}{surface}{SEPARATOR}{mark.note}{CLOSE}: {error}") from error
    _link(marks)
    return text, [mark.fact for mark in marks]


def _strip_marks(marked: str) -> tuple[str, list[_Mark]]:
    pieces: list[str] = []
    length = 0
    open_marks: list[_Mark] = []
    done: list[_Mark] = []
    for part in re.split(f"({OPEN}|[{SEPARATOR}][^{OPEN}{CLOSE}{SEPARATOR}]*{CLOSE})", marked):
        if part == OPEN:
            open_marks.append(_Mark(start=length))
        elif part.endswith(CLOSE) and part.startswith(SEPARATOR):
            if not open_marks:
                raise MarkError(f"{part!r} closes a mark that was never opened")
            mark = open_marks.pop()
            mark.end, mark.note = length, part[1:-1].strip()
            done.append(mark)
        else:
            if CLOSE in part:
                raise MarkError(f"{part[-30:]!r}: a mark without '{SEPARATOR}kind …'")
            pieces.append(part)
            length += len(part)
    text = "".join(pieces)
    if open_marks:
        raise MarkError(f"never closed: {text[open_marks[-1].start :][:30]!r}")
    return text, done


def _read_note(mark: _Mark) -> None:
    head, _, rest = mark.note.partition(":")
    if head in ENTITY_TYPES:
        if not rest.strip():
            raise ValueError("an entity needs a name")
        mark.fact |= {"kind": "entity", "type": ENTITY_TYPES[head], "name": rest.strip()}
        return
    note, separator, subject = mark.note.partition("of=")
    if separator:
        mark.subject = subject.strip()
    kind, *words = note.split()
    readers = {
        "money": _read_money,
        "param": _read_parameter_count,
        "date": _read_date,
        "dur": _read_duration,
        "pct": _read_percent,
    }
    if kind not in readers:
        raise ValueError(f"no kind {kind!r}")
    readers[kind](mark, words)


def _read_money(mark: _Mark, words: list[str]) -> None:
    currency, value, predicate, *labels = words
    if not re.fullmatch("[A-Z]{3}", currency):
        raise ValueError(f"{currency!r} is no ISO 4217 code")
    if predicate not in PREDICATES:
        raise ValueError(f"no predicate {predicate!r}")
    if mark.subject is None:
        raise ValueError("money needs of=NAME or of=-")
    for label in labels:
        if label.startswith("#"):
            mark.label = label[1:]
        elif label.startswith("="):
            mark.restates = label[1:]
        elif label.startswith("@"):
            mark.when = label[1:]
        else:
            raise ValueError(f"{label!r} is neither #label nor =label nor @label")
    mark.fact |= {"kind": "money", **_number(value), "currency": currency, "predicate": predicate}


def _read_parameter_count(mark: _Mark, words: list[str]) -> None:
    value, role = words
    if role not in {"total", "active"}:
        raise ValueError(f"role is total or active, not {role!r}")
    if mark.subject is None:
        raise ValueError("param needs of=NAME or of=-")
    mark.fact |= {"kind": "parameter_count", **_number(value), "role": role}


def _read_date(mark: _Mark, words: list[str]) -> None:
    value, *rest = _without_label(mark, words)
    mod = next((word for word in rest if word in MODS), None)
    bounds = next((word for word in rest if ".." in word), None)
    if len(rest) != (mod is not None) + (bounds is not None):
        raise ValueError(f"can't read {' '.join(rest)!r}")
    try:
        first, last = bounds.split("..") if bounds else timex_bounds(value)
    except InvalidTimexError as error:
        raise ValueError(str(error)) from error
    mark.fact |= {"kind": "date", "value": value, "from": first, "to": last, "mod": mod}


def _read_duration(mark: _Mark, words: list[str]) -> None:
    value, *rest = _without_label(mark, words)
    if not _DURATION.fullmatch(value):
        raise ValueError(f"{value!r} is no duration")
    if len(rest) > 1 or any(word not in DURATION_MODS for word in rest):
        raise ValueError(f"can't read {' '.join(rest)!r}")
    mark.fact |= {"kind": "duration", "value": value, "mod": rest[0] if rest else None}


def _without_label(mark: _Mark, words: list[str]) -> list[str]:
    """Take the label from the end of a date's or duration's words."""
    if words and words[-1].startswith("#"):
        mark.label = words[-1][1:]
        return words[:-1]
    return words


def _read_percent(mark: _Mark, words: list[str]) -> None:
    (value,) = words
    mark.fact |= {"kind": "percent", **_number(value)}


def _number(value: str) -> dict[str, str | None]:
    found = _VALUE.fullmatch(value)
    if not found:
        raise ValueError(f"can't read the value {value!r}")
    low = _plain(found["low"])
    high = _plain(found["high"]) if found["high"] else low
    operator = found["op"]
    mod = _OPERATOR_MODS.get(operator) if operator else None
    if operator in {">=", ">"}:
        return {"low": low, "high": None, "mod": mod}
    if operator in {"<=", "<"}:
        return {"low": None, "high": low, "mod": mod}
    return {"low": low, "high": high, "mod": mod}


def _plain(number: str) -> str:
    return format(Decimal(number), "f")


def _link(marks: list[_Mark]) -> None:
    labelled = {mark.label: mark for mark in marks if mark.label}
    for mark in marks:
        if mark.restates is not None:
            other = _labelled(labelled, mark.restates, "=", frozenset({"money"}))
            mark.fact.setdefault("equivalent_to", []).append(other.fact["id"])
            other.fact.setdefault("equivalent_to", []).append(mark.fact["id"])
        if mark.when is not None:
            other = _labelled(labelled, mark.when, "@", frozenset({"date", "duration"}))
            mark.fact["when"] = other.fact["id"]
        if mark.subject is not None:
            _link_subject(mark, marks)


def _labelled(labelled: dict[str, _Mark], label: str, sign: str, kinds: frozenset[str]) -> _Mark:
    if label not in labelled or labelled[label].fact["kind"] not in kinds:
        wanted = " or ".join(sorted(kinds))
        raise MarkError(f"{sign}{label}: no mark of {wanted} has the label #{label}")
    return labelled[label]


def _link_subject(mark: _Mark, marks: list[_Mark]) -> None:
    names = [] if mark.subject in {None, "-"} else str(mark.subject).split(SHARED)
    found = [_find_subject(mark, name, marks) for name in names]
    mark.fact["subject"] = found[0] if len(found) == 1 else None
    if len(found) > 1:
        mark.fact["participants"] = found


def _find_subject(mark: _Mark, name: str, marks: list[_Mark]) -> str:
    named = [other for other in marks if other.fact.get("name") == name]
    if not named:
        raise MarkError(f"{mark.fact['text']}: of={name}, but no entity here has that name")
    before = [other for other in named if other.start <= mark.start]
    chosen = max(before, key=lambda other: other.start) if before else named[0]
    found: str = chosen.fact["id"]
    return found
