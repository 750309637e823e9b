"""Marked text and gold say the same: each comes back from the other."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jijitsu.gold.marked import (
    DURATION_MODS,
    ENTITY_TYPES,
    MODS,
    PREDICATES,
    MarkError,
    parse_marked,
)
from jijitsu.gold.render import render_marked

NAMES = st.sampled_from(["Alibaba", "Qwen3-Max", "A of=B: C", "孫正義"])
NUMBERS = st.decimals(-(10**15), 10**15, places=2).map(
    lambda number: number.normalize()
) | st.builds(
    lambda digits, zeros: Decimal(digits) * 10**zeros, st.integers(1, 999), st.integers(0, 15)
)


@st.composite
def values(draw: st.DrawFn) -> str:
    low, high = (format(draw(NUMBERS), "f") for _ in range(2))
    sign = draw(st.sampled_from(["", "~", ">=", ">", "<=", "<"]))
    return f"{sign}{low}..{high}" if sign in {"", "~"} and draw(st.booleans()) else sign + low


@st.composite
def notes(draw: st.DrawFn, names: list[str], labels: list[str]) -> str:
    """Draw a note; its subject is one of the names, it restates one of the amounts."""
    subject = draw(st.sampled_from(["-", *names]))
    kind = draw(st.sampled_from(["entity", "money", "param", "date", "dur", "pct"]))
    if kind == "entity":
        name = draw(NAMES)
        names.append(name)
        return f"{draw(st.sampled_from([*ENTITY_TYPES]))}:{name}"
    if kind == "money":
        restated = draw(st.sampled_from(["", *(f"={label}" for label in labels)]))
        labels.append(f"n{len(labels)}")
        words = (draw(values()), draw(st.sampled_from(sorted(PREDICATES))), f"#{labels[-1]}")
        return f"money CNY {' '.join(words)} {restated} of={subject}"
    if kind == "param":
        return f"param {draw(values())} {draw(st.sampled_from(['total', 'active']))} of={subject}"
    if kind == "date":
        value = draw(
            st.sampled_from(["2025-09-24", "2025-Q3", "FY2025", "201", "2025-09-24T10:00"])
        )
        mod = draw(st.sampled_from(["", *sorted(MODS)]))
        days = draw(st.sampled_from(["", "2025-09-01..2025-09-10"]))
        return f"date {value} {mod} {days}"
    if kind == "dur":
        value = draw(st.sampled_from(["P3Y", "P4Y/P5Y", "PT24H", "P1Y6M"]))
        return f"dur {value} {draw(st.sampled_from(['', *sorted(DURATION_MODS)]))}"
    return f"pct {draw(values())}"


@st.composite
def marked_texts(draw: st.DrawFn) -> str:
    """Draw marked text, marks within marks included."""
    names: list[str] = []
    labels: list[str] = []

    def piece(depth: int) -> str:
        plain = draw(st.text("あ兆円|: \n", max_size=4))
        if depth == 0 or draw(st.booleans()):
            return plain
        inside = piece(depth - 1) + draw(st.sampled_from(["円", "|", " "]))
        return f"{plain}⟦{inside}|{draw(notes(names, labels))}⟧{piece(depth - 1)}"

    return "".join(piece(3) for _ in range(draw(st.integers(0, 4))))


@given(marked_texts())
def test_what_marks_say_comes_back_from_gold(marked: str) -> None:
    text, facts = parse_marked(marked)
    again = render_marked(text, facts)
    assert parse_marked(again) == (text, facts)
    assert render_marked(*parse_marked(again)) == again


def fact(surface: str = "5割", start: int = 0, **values: Any) -> dict[str, Any]:
    end = start + len(surface)
    return {"id": f"{start}-{end}", "text": surface, "start": start, "end": end} | values


def percent(surface: str = "5割", start: int = 0, **values: Any) -> dict[str, Any]:
    number = {"low": "50", "high": "50", "mod": None}
    return fact(surface, start, kind="percent") | number | values


def money(surface: str, start: int, **values: Any) -> dict[str, Any]:
    number = {"low": "5", "high": "5", "mod": None, "currency": "JPY", "predicate": "price"}
    return fact(surface, start, kind="money") | number | values


def entity(surface: str, start: int, name: str) -> dict[str, Any]:
    return fact(surface, start, kind="entity", type="person", name=name)


WRITTEN = {
    "a round number": (money("1兆円", 0, low="1000000000000", high="1000000000000"), "1e12"),
    "few zeros": (money("10万円", 0, low="100000", high="100000"), "100000"),
    "a range": (money("1～2円", 0, low="1", high="2", mod="APPROX"), "~1..2"),
    "a bound": (money("2円", 0, low=None, high="2", mod="LESS_THAN"), "<2"),
    "a fraction": (money("0.50円", 0, low="0.50", high="0.50"), "0.50"),
}


@pytest.mark.parametrize("case", WRITTEN)
def test_numbers_are_written_short(case: str) -> None:
    gold, number = WRITTEN[case]
    surface = gold["text"]
    assert render_marked(surface, [gold]) == f"⟦{surface}|money JPY {number} price of=-⟧"


def test_three_amounts_may_restate_each_other() -> None:
    ids = ["0-2", "3-5", "6-8"]
    facts = [
        money("1元", 3 * n, equivalent_to=[other for other in ids if other != ids[n]])
        for n in range(3)
    ]
    _, again = parse_marked(render_marked("1元、1元、1元", facts))
    assert [sorted(each["equivalent_to"]) for each in again] == [["1", "2"], ["0", "2"], ["0", "1"]]


# An article, its gold, and why it can't be written as marked text.
UNWRITABLE: dict[str, tuple[str, list[dict[str, Any]], str]] = {
    "brackets in the article": ("⟦5割", [], "the article itself holds"),
    "another text": ("4割", [percent()], "'5割' does not stand at 0"),
    "crossing marks": ("あ5割増", [percent("あ5割"), percent("割増", 2)], "cross"),
    "a quantity": ("5割", [percent(kind="quantity")], "no mark for the kind 'quantity'"),
    "a mod with both ends": ("5割", [percent(mod="MORE_THAN")], "no mark can say 50..50 MORE_THAN"),
    "no number": ("5割", [percent(low=None, high=None)], "no mark can say None..None None"),
    "no predicate": ("5円", [money("5円", 0, predicate=None)], "money needs a predicate"),
    "a subject without a name": ("5円", [money("5円", 0, subject="x")], "'x' has no name"),
    "a subject named -": (
        "あ5円",
        [entity("あ", 0, "-"), money("5円", 1, subject="0-1")],
        "has no name",
    ),
    "a name with a bracket": ("あ", [entity("あ", 0, "A⟧")], "no mark can hold the name"),
    "a name with a bar": ("あ", [entity("あ", 0, "A|B")], "no mark can hold the name"),
    "a name with a space": ("あ", [entity("あ", 0, " A")], "no mark can hold the name"),
    "a restated amount that is gone": (
        "5円",
        [money("5円", 0, equivalent_to=["x"])],
        "no amount has the id 'x'",
    ),
    "four amounts that restate each other": (
        "5円" * 4,
        [
            money("5円", 2 * n, equivalent_to=[f"{2 * m}-{2 * m + 2}" for m in range(4) if m != n])
            for n in range(4)
        ],
        "more restatements than marks can say",
    ),
    "a date's mod": (
        "5日",
        [fact("5日", kind="date", value="2025-09-05", mod="LESS_THAN")],
        "can't say LESS_THAN",
    ),
}


@pytest.mark.parametrize("case", UNWRITABLE)
def test_what_marks_cannot_say(case: str) -> None:
    text, facts, message = UNWRITABLE[case]
    with pytest.raises(MarkError, match=message.replace("(", r"\(")):
        render_marked(text, facts)
