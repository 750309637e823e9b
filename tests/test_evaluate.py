"""The evaluation: its figures agree with the contract's scorer, its mistakes are in context."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from command_line import run
from jijitsu.evaluate import Evaluation, evaluate
from jijitsu.gold.load import Annotated, load_facts

PAIR = Path(__file__).parent / "evaluate"
"""Gold and extracted facts with a mistake of every sort; scores.json is what the scorer of the
contract (score.py) said of them."""


def fact(kind: str, start: int, end: int, **values: Any) -> dict[str, Any]:
    return {
        "id": f"{start}-{end}",
        "kind": kind,
        "text": "あ" * (end - start),
        "start": start,
        "end": end,
    } | values


def compare(gold: list[dict[str, Any]], found: list[dict[str, Any]]) -> Evaluation:
    def annotated(facts: list[dict[str, Any]]) -> dict[str, Annotated]:
        return {"a": Annotated({"id": "a"}, facts, Path("a.jsonl"))}

    return evaluate(annotated(gold), annotated(found))


def percent(low: str | None, high: str | None = None, **values: Any) -> dict[str, Any]:
    return fact("percent", 0, 3, low=low, high=high, **values)


def test_the_figures_are_those_of_the_contracts_scorer() -> None:
    expected = json.loads((PAIR / "scores.json").read_text(encoding="utf-8"))
    result = evaluate(load_facts(PAIR / "gold.jsonl"), load_facts(PAIR / "pred.jsonl"))
    figures = result.figures()
    for name, value in expected.items():
        if isinstance(value, dict):
            assert {key: figures[name][key] for key in value} == value
        else:
            assert figures[name] == value
    assert figures.keys() == expected.keys()


def test_gold_against_itself_is_perfect() -> None:
    gold = load_facts(PAIR / "gold.jsonl")
    result = evaluate(gold, gold)
    assert result.all_micro.precision == result.all_micro.recall == result.all_micro.f1 == 1
    assert result.overlap.f1 == result.equivalents.f1 == 1
    assert {accuracy.share for accuracy in result.accuracies.values()} == {1.0}
    assert result.mistakes == []


def test_nothing_against_nothing() -> None:
    result = compare([], [])
    assert result.all_micro.f1 == 0
    assert "mod_accuracy" not in result.figures()


# Gold, what was found, and whether its value is right.
VALUES: dict[str, tuple[dict[str, Any], dict[str, Any], bool]] = {
    "trailing zeros": (percent("5"), percent("5.00"), True),
    "an open end": (percent("5", None), percent("5", "5"), False),
    "another number": (percent("5"), percent("50"), False),
    "no number": (percent("5"), percent("five"), False),
    "another mod": (percent("5", mod="APPROX"), percent("5", mod=None), True),
    "a date's days": (
        fact("date", 0, 2, value="2025", **{"from": "2025-01-01", "to": "2025-12-31"}),
        fact("date", 0, 2, value="x", **{"from": "2025-01-01", "to": "2025-12-31"}),
        True,
    ),
    "a date's end": (
        fact("date", 0, 2, **{"from": "2025-01-01", "to": "2025-12-31"}),
        fact("date", 0, 2, **{"from": "2025-01-01", "to": "2025-12-30"}),
        False,
    ),
    "a duration": (
        fact("duration", 0, 2, value="P1Y"),
        fact("duration", 0, 2, value="P12M"),
        False,
    ),
    "a name": (
        fact("entity", 0, 2, type="person", name="A"),
        fact("entity", 0, 2, type="person", name="B"),
        True,
    ),
    "a type": (fact("entity", 0, 2, type="person"), fact("entity", 0, 2, type="product"), False),
}


@pytest.mark.parametrize("case", VALUES)
def test_when_values_are_equal(case: str) -> None:
    gold, found, is_right = VALUES[case]
    result = compare([gold], [found])
    assert result.spans[gold["kind"]].right == 1
    assert result.values[gold["kind"]].right == is_right
    assert [mistake.problem for mistake in result.mistakes] == ([] if is_right else ["VALUE"])


def test_optional_facts_count_neither_way() -> None:
    optional = fact("entity", 0, 1, type="location", optional=True)
    for found in ([], [fact("entity", 0, 1, type="product")]):
        result = compare([optional], found)
        assert result.all_micro.gold == result.all_micro.found == 0
        assert result.mistakes == []


def test_a_quantity_is_not_looked_at() -> None:
    result = compare([], [fact("quantity", 0, 1, low="1", high="1", unit="回")])
    assert result.all_micro.found == 0
    assert result.mistakes == []


def money(subject: str | None) -> dict[str, Any]:
    return fact("money", 9, 12, low="1", high="1", currency="JPY", subject=subject)


@pytest.mark.parametrize(
    ("gold_subject", "found_subject", "is_right"),
    [
        ("0-2", "0-2", True),
        ("0-2", "4-6", True),  # another mention of the same name
        ("0-2", "4-7", True),  # a longer mention that overlaps one
        ("0-2", "7-8", False),
        ("0-2", None, False),
        (None, "0-2", False),
        (None, None, True),
    ],
)
def test_subjects_are_things_not_mentions(
    *, gold_subject: str | None, found_subject: str | None, is_right: bool
) -> None:
    names = [
        fact("entity", 0, 2, type="organization", name="A", text="ア社"),
        fact("entity", 4, 6, type="organization", name="A", text="ア社"),
        fact("entity", 7, 8, type="organization", name="B", text="ビ"),
    ]
    longer = fact("entity", 4, 7, type="organization", name="?", text="ア社と")
    result = compare([*names, money(gold_subject)], [*names, longer, money(found_subject)])
    assert result.accuracies["subject"].share == is_right


def test_gold_may_be_a_folder(tmp_path: Path) -> None:
    lines = (PAIR / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        (tmp_path / f"{number}.jsonl").write_text(line, encoding="utf-8")
    assert load_facts(tmp_path).keys() == load_facts(PAIR / "gold.jsonl").keys()


def test_the_table_and_its_remarks(tmp_path: Path) -> None:
    result = run("evaluate", PAIR / "gold.jsonl", PAIR / "pred.jsonl", cwd=tmp_path)
    assert result.returncode == 0
    assert result.stderr == b""
    lines = [" ".join(line.split()) for line in result.stdout.decode().splitlines()]
    assert "money 5 4 1.0000 0.8000 0.8889 0.7500 0.6000 0.6667" in lines
    assert "organization 3 3 0.6667 0.6667 0.6667" in lines
    assert "all 21 19 0.5789 0.5238 0.5500" in lines
    assert "mod: 0.8750 right of 8" in lines
    assert "equivalent_to: F1 1.0000" in lines
    assert "articles in GOLD only, all missed: c" in lines
    assert "articles in PRED only, not counted: d" in lines


def test_figures_as_json(tmp_path: Path) -> None:
    result = run(
        "evaluate",
        PAIR / "gold.jsonl",
        PAIR / "pred.jsonl",
        "--json",
        "--errors",
        "1",
        cwd=tmp_path,
    )
    figures = json.loads(result.stdout)
    assert figures["money"]["value_f1"] == 0.6667
    assert figures["only_gold"] == ["c"]
    assert figures["mistakes"] == [
        {
            "problem": "VALUE",
            "kind": "date",
            "text": "9月24日",
            "where": "a:5-10",
            "expected": "expected 2025-09-24 2025-09-24",
            "found": "found 2024-09-24 2024-09-24",
            "context": "",
        }
    ]


@pytest.mark.parametrize("gold", ["gold.jsonl", "annotations/gold.jsonl"])
def test_mistakes_in_context(gold: str, tmp_path: Path) -> None:
    text = "市場規模は\n2兆円となる。\x1b[31m"
    digest = hashlib.sha256(text.encode()).hexdigest()
    document = {"id": "a", "source": "corpus/a.txt", "sha256": digest}
    missed = fact("money", 6, 9, low="2", high="2", currency="JPY", text="2兆円")
    (tmp_path / "corpus").mkdir()
    (tmp_path / "annotations").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / gold).write_text(json.dumps({"document": document, "facts": [missed]}))
    (tmp_path / "pred.jsonl").write_text(json.dumps({"document": document, "facts": []}))
    arguments = ("evaluate", tmp_path / gold, tmp_path / "pred.jsonl", "--errors", "9")
    line = "MISS  money  2兆円  a:6-9  expected 2 2 JPY  市場規模は⏎[2兆円]となる。␛[31m"
    assert run(*arguments, cwd=Path("/")).stdout.decode().splitlines()[-1] == line
    # An article that is gone or was changed since gives no context.
    without = line.rpartition("  ")[0]
    (tmp_path / "corpus" / "a.txt").write_text("別の文章", encoding="utf-8")
    assert run(*arguments).stdout.decode().splitlines()[-1] == without
    shutil.rmtree(tmp_path / "corpus")
    assert run(*arguments).stdout.decode().splitlines()[-1] == without


def test_an_article_whose_text_is_another_one_is_named(tmp_path: Path) -> None:
    for name, digest in (("gold.jsonl", "1"), ("pred.jsonl", "2")):
        line = json.dumps({"document": {"id": "a", "sha256": digest}, "facts": []})
        (tmp_path / name).write_text(line)
    result = run("evaluate", "gold.jsonl", "pred.jsonl", cwd=tmp_path)
    last = result.stdout.decode().splitlines()[-1]
    assert last == "articles whose text is not gold's (sha256 differs): a"
