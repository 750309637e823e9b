"""The parts of attribution: cues, governor, candidates, history, weights."""

from __future__ import annotations

from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution_rows import Reading, read_mentions, read_row
from jijitsu.attribution import cues
from jijitsu.attribution.amounts import find_amounts
from jijitsu.attribution.attribute import choose_owner
from jijitsu.attribution.candidates import Candidate, Owners
from jijitsu.attribution.context import Context, Place
from jijitsu.attribution.cues import find_cues
from jijitsu.attribution.history import History
from jijitsu.attribution.model import (
    PREDICATES,
    TASKS,
    Calibration,
    Weights,
    default_weights,
    load_weights,
    softmax,
)
from jijitsu.model import Mention
from jijitsu.tables import TableError
from jijitsu.text import normalize

# Cues


def words_of(text: str) -> list[tuple[str, str]]:
    norm = normalize(text).norm
    return [(cue.word, cue.predicate) for cue in find_cues(norm, 0, len(norm))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("設備投資額は", [("設備投資額", "investment")]),
        ("売上高と純利益", [("売上高", "revenue"), ("純利益", "profit")]),
        ("ＣＡＰＥＸ", [("capex", "investment")]),
        ("何もない文", []),
    ],
)
def test_the_longest_cue_at_each_place_counts(text: str, expected: list[tuple[str, str]]) -> None:
    assert words_of(text) == expected


def test_cues_stay_within_the_span() -> None:
    assert find_cues("純利益", 0, 1) == []
    (shorter,) = find_cues("前の売上高", 2, 4)
    assert (shorter.start, shorter.end, shorter.word) == (2, 4, "売上")
    (whole,) = find_cues("前の売上高", 2, 5)
    assert (whole.start, whole.end, whole.word) == (2, 5, "売上高")


def test_every_predicate_has_a_cue() -> None:
    predicates, *_ = cues._cues()  # noqa: SLF001  the loaded table
    assert set(predicates.values()) == set(PREDICATES)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("投資,spending", "cues.csv: 2: no predicate 'spending'"),
        ("投資,investment\n投資,cost", "cues.csv: 3: '投資' stands twice"),
        ("CAPEX,investment\ncapex,cost", "cues.csv: 3: 'capex' stands twice"),
        ("投資,investment\n,cost", "cues.csv: 3: no word"),
        ("投資", "cues.csv: 2: 1 fields, not 2"),
    ],
)
def test_a_broken_row_of_cues_is_named(
    rows: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cues.csv").write_text(f"word,predicate\n{rows}\n", encoding="utf-8")
    monkeypatch.setattr(resources, "files", lambda _: tmp_path)
    with pytest.raises(TableError, match=f"^{message}$"):
        cues._cues.__wrapped__()  # noqa: SLF001  the loader, without its cache


# What an amount hangs on


def read(marked: str) -> tuple[Reading, list[Place]]:
    """Return a row's text as it is read, and where each of its amounts stands."""
    reading = read_mentions(
        read_row("text", f"{marked}\t{' ; '.join(['other -'] * marked.count('['))}")
    )
    context = Context(reading.text.norm, reading.tokens, reading.mentions)
    amounts = find_amounts(reading.mentions, reading.restatements)
    return reading, [context.place(amount) for amount in amounts]


@pytest.mark.parametrize(
    ("text", "relation", "words"),
    [
        ("アルファは[100億円]を投じる", "を", "投じる"),
        ("アルファは[100億円]以上を工場に投じる", "を", "投じる"),
        ("アルファは[100億円]の投資を決めた", "の", "投資"),
        ("アルファは[100億円]の大型投資計画を決めた", "の", "大型投資計画"),
        ("[100億円]規模の投資を決めた", "の", "投資"),
        ("アルファの[100億円]投資は続く", "compound", "投資"),
        ("アルファの売上高は[100億円]。", "topic", "売上高"),
        ("売上高：[100億円]", "topic", "売上高"),
        ("純利益（[100億円]）は増えた", "bracket", "純利益"),
        ("[100億円]、[200億円]を投じる", "list", "投じる"),
        ("[100億円]。", None, ""),
    ],
)
def test_governor(text: str, relation: str | None, words: str) -> None:
    reading, places = read(text)
    governor = places[0].governor
    if relation is None:
        assert governor is None
    else:
        assert governor is not None
        assert governor.relation == relation
        assert reading.text.norm[governor.start : governor.end] == words


def test_restatements_are_one_amount() -> None:
    _, places = read("[8億ポンド]（約[1600億円]、[11億ドル]）と[3億円]")
    assert [len(place.amount.mentions) for place in places] == [3, 1]
    first = places[0].amount
    assert (first.start, first.end) == (first.mentions[0].start, first.mentions[2].end)


# Candidates


def names_of(candidates: list[Candidate]) -> list[tuple[str, str, str]]:
    return [(one.relation, " + ".join(one.names), one.anaphor) for one in candidates]


def owners_of(marked: str) -> list[tuple[str, str, str]]:
    _, places = read(marked)
    return names_of(Owners(places[-1].context).of(places[-1], ()))


def test_candidates_come_from_near_to_far() -> None:
    found = owners_of(
        "{ゼータ|org}の週\n\n{アルファ|org}の話。\n\n## {ガンマ|org}\n\n{ベータ|org}の話。次の通り。\n"
        "- {デルタ|org}：[3億円]"
    )
    assert found == [
        ("same", "デルタ", ""),
        ("back2", "ベータ", ""),
        ("back3", "ガンマ", ""),
        ("title", "ゼータ", ""),
        ("main", "アルファ", ""),
    ]


@pytest.mark.parametrize(
    ("text", "anaphor", "names"),
    [
        ("{アルファ|org}は好調だ。同社は[3億円]を得た。", "同社", "アルファ"),
        ("{アルファ|org}は{ベータ|org}と組む。同社は[3億円]を得た。", "同社", "アルファ"),
        ("{森|person}氏が{アルファ|org}を興した。同氏は[3億円]を得た。", "同氏", "森"),
        ("{アルファ|org}と{ベータ|org}が組む。両社は[3億円]を得た。", "両社", "アルファ + ベータ"),
        ("{甲|org}、{乙|org}、{丙|org}が組む。3社は[3億円]を得た。", "3社", "丙 + 乙 + 甲"),
    ],
)
def test_what_an_anaphor_stands_for(text: str, anaphor: str, names: str) -> None:
    assert ("same", names, anaphor) in owners_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "{東京|loc}の同社は[3億円]を得た。",
        "{アルファ|org}は好調だ。両社は[3億円]を得た。",
        "同氏は[3億円]を得た。{森|person}氏も来た。",
    ],
)
def test_an_anaphor_without_an_antecedent_stands_for_nobody(text: str) -> None:
    assert [found for found in owners_of(text) if found[2]] == []


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("{甲|org}と{乙|org}は[3億円]を出す", True),
        ("{甲|org}、{乙|org}は[3億円]を出す", True),
        ("{甲|org}および米{乙|org}は[3億円]を出す", True),
        ("{甲|org}は{乙|org}に[3億円]を出す", False),
        ("{甲|org}と{乙|prod}は[3億円]を出す", False),
        ("{甲|org}と{コウ|org:甲}は[3億円]を出す", False),
    ],
)
def test_names_that_are_joined_are_a_candidate_together(text: str, *, joined: bool) -> None:
    assert any(" + " in names for _, names, _ in owners_of(text)) is joined


def test_an_amount_has_a_limited_number_of_candidates() -> None:
    crowd = "、".join(f"{{甲{number}|org}}" for number in range(99))
    found = owners_of(f"{crowd}の話で[3億円]を出す。")
    assert len(found) == 24
    assert found[0] == ("same", "甲98", ""), "the nearest are kept"


def _name(name: str, start: int) -> Candidate:
    mention = Mention("entity", start, start + 1, {"type": "organization", "name": name})
    return Candidate((mention,), (name,), start, start + 1, 0)


def test_the_chances_of_one_name_add_up() -> None:
    far, other, near = _name("甲", 1), _name("乙", 3), _name("甲", 5)
    chosen, chance = choose_owner([near, other, far], [0.1, 0.3, 0.35, 0.25])
    assert chosen == ("甲",)
    assert chance == pytest.approx(0.55)
    assert choose_owner([near, other], [0.5, 0.2, 0.3]) == ((), 0.5)
    assert choose_owner([], [1.0]) == ((), 1.0)


def test_the_nearest_mention_before_an_amount_stands_for_its_owner() -> None:
    _, (place, *_) = read("{甲|org}と{乙|org}の話で、{甲|org}は[3億円]を、{丙|org}は[2億円]を出す")
    owners = Owners(place.context)
    norm, start = place.context.norm, place.amount.start
    assert norm[: owners.nearest("甲", start).start].count("甲") == 1
    assert owners.nearest("丙", start).start > start
    assert owners.nearest("甲", 0).start == 0


def test_a_list_of_a_thousand_amounts_is_governed() -> None:
    _, places = read(f"{{甲|org}}は{'、'.join(['[3億円]'] * 1500)}を投じる")
    assert len(places) == 1500
    assert places[-1].governor is not None
    assert places[-1].governor.relation == "を"


# History


def test_history_keeps_the_last_and_counts_those_without_an_owner() -> None:
    _, (first, second, third) = read(
        "[1億円]を得た。[2億円]も得た。そして。それから。[3億円]も得た。"
    )
    history = History()
    alpha, beta = _name("甲", 0).mentions[0], _name("乙", 2).mentions[0]
    assert history.link(first) == "none"
    history.add(first, [alpha], None)
    assert history.link(first) == "same"
    assert history.link(second).startswith("next-")
    assert history.link(third) == "far"
    history.add(second, [], beta)
    assert (history.owners, history.when, history.ownerless) == (frozenset(), beta, 1)
    history.add(second, [alpha, beta], None)
    assert history.owners == {"甲", "乙"}
    for _ in range(5):
        history.add(second, [], None)
    assert history.ownerless == 3


# Weights


def test_the_installed_weights_have_every_task() -> None:
    weights = default_weights()
    assert set(weights) == set(TASKS)
    for task in TASKS:
        assert weights[task].rows
        assert weights[task].calibration.slope > 0


def test_hidden_units_add_to_the_score_of_every_column() -> None:
    matrix = np.array([[1, 0, 2], [0, 1, -3]], dtype=np.float32)
    bias = np.array([0.5], dtype=np.float32)
    out = np.array([[10, 20], [0, 1]], dtype=np.float32)
    weights = Weights({"a": 0, "b": 1}, matrix, bias, out)
    assert weights.totals(["a"]) == [1 + 25, 50 + 1]
    assert weights.totals(["b", "unknown"]) == [0, 1 + 1]
    assert weights.totals([]) == [5, 10 + 1]


@pytest.mark.parametrize(("rows", "units"), [(3, 1), (2, 2)])
def test_a_file_whose_tables_do_not_fit_is_refused(tmp_path: Path, rows: int, units: int) -> None:
    arrays: dict[str, Any] = {
        "predicate.names": np.frombuffer(b"a\nb", dtype=np.uint8),
        "predicate.matrix": np.zeros((rows, len(PREDICATES) + 1)),
        "predicate.bias": np.zeros(units),
        "predicate.out": np.zeros((2, len(PREDICATES))),
        "predicate.calibration": np.array([1.0, 0.0]),
    }
    path = tmp_path / "model.npz"
    np.savez(path, **arrays)
    with pytest.raises(ValueError, match="do not fit"):
        load_weights(path)


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.npz"
    np.savez(path)
    with pytest.raises(ValueError, match=r"no .*names"):
        load_weights(path)


@given(st.lists(st.floats(-500, 500), min_size=1, max_size=12))
def test_chances_are_those_of_a_whole(scores: list[float]) -> None:
    chances = softmax(scores)
    assert sum(chances) == pytest.approx(1)
    assert chances[scores.index(max(scores))] == max(chances)


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0.1, 5), st.floats(-3, 3))
def test_calibration_keeps_the_order_and_is_never_certain(
    one: float, other: float, slope: float, offset: float
) -> None:
    calibration = Calibration(slope, offset)
    low, high = calibration.of(min(one, other)), calibration.of(max(one, other))
    assert Decimal("0.01") <= Decimal(str(low)) <= Decimal(str(high)) <= Decimal("0.99")
