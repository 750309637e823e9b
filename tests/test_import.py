"""Imports: what annotators' tools give back becomes gold, and only what they changed changes.

The files in tests/annotators were written by a real Label Studio (1.23.2) and a real doccano
(1.8.4); the programs beside them say how.  Prodigy is sold, and its files here follow its
documentation.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from command_line import failures_of, run
from jijitsu.exports import FORMATS as EXPORTS
from jijitsu.exports.base import Example
from jijitsu.imports import FORMATS
from jijitsu.imports.apply import CorrectionError, apply
from jijitsu.imports.base import Corrected
from jijitsu.imports.draft import Drafter
from jijitsu.regions import LABELS, Markup, Region, Relation, mark_up

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "tests/annotators"
Task = dict[str, Any]


def gold_rows() -> dict[str, Task]:
    lines = (FOLDER / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["document"]["id"]: row for row in map(json.loads, lines)}


def texts() -> dict[str, str]:
    lines = (FOLDER / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["id"]: row["text"] for row in map(json.loads, lines)}


def corrected(name: str, markup: Markup | None = None) -> Corrected:
    row = gold_rows()[name]
    return Corrected(
        name, row["document"], texts()[name], row["facts"], markup or mark_up(row["facts"])
    )


def changes(name: str, markup: Markup) -> list[str]:
    return [str(change) for change in apply(corrected(name, markup), Drafter())[1]]


@pytest.mark.heavy
@pytest.mark.parametrize("form", FORMATS)
def test_the_corpus_comes_back_as_it_went(form: str, tmp_path: Path) -> None:
    arguments = ("--to", form, "-o", tmp_path / "out", "--split", "80/10/10")
    assert run("export", "annotations", *arguments, cwd=ROOT).returncode == 0
    folder = tmp_path / "out"
    files = [file for name in ("train", "dev", "test") for file in folder.glob(f"{name}.*")]
    result = run("import", form, *files, "-o", tmp_path / "gold", "--unreviewed")
    assert result.returncode == 0
    assert result.stdout == b""
    written = {file.name: file.read_bytes() for file in (tmp_path / "gold").iterdir()}
    assert written == {f.name: f.read_bytes() for f in (ROOT / "annotations").glob("*.jsonl")}


def test_what_is_submitted_in_label_studios_page_comes_back_as_it_went(tmp_path: Path) -> None:
    page = FOLDER / "label_studio_page.json"
    assert run("import", "label-studio", page, "-o", tmp_path).returncode == 0
    written = b"".join((tmp_path / f"{name}.jsonl").read_bytes() for name in gold_rows())
    assert written == (FOLDER / "gold.jsonl").read_bytes()


REAL = {
    "label-studio": (
        "label_studio.json",
        [
            "plan",
            "  + date '24日' 7-10",
            "  ~ money '7.98兆円' 23-29: predicate 'investment' → 'other'; subject アリババ集団 → none",
            "  ~ organization 'Qwen3-235B-A22B' 50-65: type 'product' → 'organization'",
            "emoji",
            "  ~ money '500億円' 19-24: subject none → ソフトバンク; participants ソフトバンク, 楽天 → none",
            "  - percent '2割' 35-37",
        ],
        ["label_studio.json: task 3: untouched: nobody has annotated it; left out"],
    ),
    "doccano": (
        "doccano.jsonl",
        [
            "plan",
            "  + date '24日' 7-10",
            "  ~ money '7.98兆円' 23-29: subject アリババ集団 → none",
            "  ~ organization 'Qwen3-235B-A22B' 50-65: type 'product' → 'organization'",
            "emoji",
            "  - percent '2割' 35-37",
        ],
        [],
    ),
}


@pytest.mark.parametrize("form", REAL)
def test_files_of_the_real_tools(form: str, tmp_path: Path) -> None:
    file, diff, skipped = REAL[form]
    result = run("import", form, file, "-o", tmp_path, cwd=FOLDER)
    assert result.returncode == 0
    assert result.stdout.decode().splitlines() == diff
    assert failures_of(result) == skipped
    assert (tmp_path / "untouched.jsonl").exists() == (not skipped)
    plan = json.loads((tmp_path / "plan.jsonl").read_text(encoding="utf-8"))
    (date,) = [fact for fact in plan["facts"] if fact["kind"] == "date"]
    assert (date["id"], date["value"]) == ("1", "2025-09-24")
    by_id = {fact["id"]: fact for fact in plan["facts"]}
    count = next(fact for fact in plan["facts"] if fact["text"] == "235B")
    assert by_id[count["subject"]]["type"] == "organization"
    yuan = next(fact for fact in plan["facts"] if fact["text"] == "3800億元")
    assert [by_id[name]["text"] for name in yuan["equivalent_to"]] == ["7.98兆円"]
    lint = run("lint", tmp_path, "--corpus", FOLDER / "articles.jsonl")
    assert lint.returncode == 0, lint.stdout.decode()


def prodigy_tasks() -> list[Task]:
    examples = [
        Example(row["document"], texts()[name], row["facts"]) for name, row in gold_rows().items()
    ]
    lines = EXPORTS["prodigy"]({"train": examples}).files["train.jsonl"].decode().splitlines()
    return [json.loads(line) | {"_input_hash": 1, "_task_hash": 2} for line in lines]


def test_answers_of_prodigy(tmp_path: Path) -> None:
    plan, emoji, untouched = prodigy_tasks()
    plan["answer"], emoji["answer"] = "accept", "reject"
    money = next(span for span in plan["spans"] if span["label"] == "money")
    plan["spans"] = [span for span in plan["spans"] if span["label"] != "person"]
    plan["spans"].append({"start": 7, "end": 10, "token_start": 2, "token_end": 3, "label": "date"})
    plan["relations"] = [r for r in plan["relations"] if r["head_span"]["start"] != money["start"]]
    rows = "".join(json.dumps(task, ensure_ascii=False) + "\n" for task in (plan, emoji, untouched))
    (tmp_path / "db.jsonl").write_text(rows, encoding="utf-8")
    result = run("import", "prodigy", "db.jsonl", "-o", "gold", cwd=tmp_path)
    assert result.stdout.decode().splitlines() == [
        "plan",
        "  + date '24日' 7-10",
        "  ~ money '3800億元' 15-21: equivalent_to 7.98兆円 → none; subject アリババ集団 → none; when 3年間 → none",
        "  ~ money '7.98兆円' 23-29: equivalent_to 3800億元 → none",
        "  - person '呉泳銘' 42-45",
    ]
    assert failures_of(result) == [
        "db.jsonl:2: emoji: its answer is 'reject'; left out",
        "db.jsonl:3: untouched: nobody has annotated it; left out",
    ]
    assert [file.name for file in (tmp_path / "gold").iterdir()] == ["plan.jsonl"]


NEW = [
    (Region("x", 7, 10, "date"), {"value": "2025-09-24", "from": "2025-09-24"}),
    (Region("x", 45, 48, "organization"), {"name": "CEO"}),
    (Region("x", 15, 20, "quantity"), {"low": "380000000000", "unit": None}),
    (Region("x", 7, 10, "date", {"value": "2025-10-24", "from": "2025-10-24", "to": "2025-10-24", "mod": None}), {"value": "2025-10-24"}),
]  # fmt: skip


@pytest.mark.parametrize(("region", "expected"), NEW)
def test_a_new_region_says_what_is_written_or_else_read(region: Region, expected: Task) -> None:
    markup = mark_up(gold_rows()["plan"]["facts"])
    facts, (change,) = apply(
        corrected("plan", Markup([*markup.regions, region], markup.relations)), Drafter()
    )
    assert change.sign == "+"
    (new,) = [fact for fact in facts if (fact["start"], fact["end"]) == (region.start, region.end)]
    assert {key: new[key] for key in expected} == expected
    assert [fact["id"] for fact in facts] == [str(number) for number in range(len(facts))]


def with_region(region: Region) -> Callable[[Markup], Markup]:
    return lambda markup: Markup([*markup.regions, region], markup.relations)


def with_relation(relation: Relation) -> Callable[[Markup], Markup]:
    return lambda markup: Markup(markup.regions, [*markup.relations, relation])


WRONG = [
    (with_region(Region("x", 7, 10, "datum")), "no label 'datum' (there are money, "),
    (with_region(Region("x", 30, 31, "money")), "no money can be read from 'を' at 30"),
    (with_region(Region("0", 7, 10, "date")), "two regions have one id"),
    (with_region(Region("x", 11, 13, "duration")), "duration '3年' and '3年間' overlap"),
    (
        with_region(Region("x", 7, 10, "date", {"value": "2025"})),
        "date '24日' at 7: Field required",
    ),
    (with_region(Region("x", 7, 10, "date", {"id": "0"})), "fields of a date can't hold 'id'"),
    (with_relation(Relation("owner", "2", "0")), "no relation 'owner'"),
    (with_relation(Relation("subject", "2", "99")), "a relation 'subject' of a region that is not"),
    (with_relation(Relation("subject", "2", "4")), "'3800億元' at 15 has more than one subject"),
    (with_relation(Relation("subject", "1", "0")), "duration '3年間' at 11: Extra inputs"),
]


@pytest.mark.parametrize(("wrong", "message"), WRONG)
def test_corrections_that_make_no_gold(wrong: Callable[[Markup], Markup], message: str) -> None:
    markup = wrong(mark_up(gold_rows()["plan"]["facts"]))
    with pytest.raises(CorrectionError) as caught:
        apply(corrected("plan", markup), Drafter())
    assert message in str(caught.value)


def test_a_new_value_drops_what_followed_from_the_old_one() -> None:
    task = corrected("untouched")
    task.facts[1] |= {"converted": {}, "confidence": {"predicate": 0.9}}
    markup = mark_up(task.facts)
    said = {**(markup.regions[1].fields or {}), "low": "61000000000"}
    markup.regions[1] = Region("1", 11, 17, "money", said)
    facts, (change,) = apply(corrected_with(task, markup), Drafter())
    assert str(change) == "~ money '600億ドル' 11-17: low '60000000000' → '61000000000'"
    assert not {"converted", "confidence"} & facts[1].keys()


def corrected_with(task: Corrected, markup: Markup) -> Corrected:
    return Corrected(task.source, task.document, task.text, task.facts, markup)


@given(st.data())
def test_taking_any_regions_away_leaves_valid_gold(data: st.DataObject) -> None:
    markup = mark_up(gold_rows()["plan"]["facts"])
    kept = data.draw(st.sets(st.sampled_from(markup.regions).map(lambda region: region.id)))
    fewer = Markup(
        [region for region in markup.regions if region.id in kept],
        [r for r in markup.relations if {r.source, r.target} <= kept],
    )
    facts, found = apply(corrected("plan", fewer), Drafter())
    assert len(facts) == len(kept)
    assert sum(change.sign == "-" for change in found) == len(markup.regions) - len(kept)


def test_gold_that_was_changed_since_is_not_overwritten(tmp_path: Path) -> None:
    arguments = ("import", "label-studio", FOLDER / "label_studio.json", "-o", tmp_path)
    assert run(*arguments).returncode == 0
    imported = (tmp_path / "plan.jsonl").read_bytes()
    assert run(*arguments).returncode == 0
    (tmp_path / "plan.jsonl").write_bytes(b"corrected elsewhere")
    result = run(*arguments)
    assert result.returncode == 1
    assert "plan.jsonl is no longer what was exported" in result.stderr.decode()
    assert (tmp_path / "plan.jsonl").read_bytes() == b"corrected elsewhere" != imported


def row_of(facts: list[Task], **entity: Any) -> str:
    sha = hashlib.sha256(b"3").hexdigest()
    origin = {"document": {"id": "a", "sha256": sha}, "facts": facts}
    entities = [{"id": 1, "label": "money", **entity}]
    return json.dumps({"text": "3", "jijitsu": origin, "entities": entities, "relations": []})


BAD = {
    "label-studio": [
        ("{", "bad: malformed JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
        ("{}", "bad: not a list of tasks"),
        ("[1]", "bad: task 1: not a JSON object"),
        ('[{"data": {"text": "a"}}]', "bad: task 1: it does not come from jijitsu export (no key 'jijitsu')"),
    ],
    "doccano": [
        ("{", "bad:1: not a JSON object"),
        ('{"id": 1}', "bad:1: not as the tool writes it: KeyError('text')"),
        (row_of([], start_offset=0, end_offset=2), "bad:1: a region at 0-2 lies outside of the text"),
        (row_of([], start_offset="0", end_offset=1), "bad:1: not as the tool writes it: TypeError(\"'<=' not supported between instances of 'int' and 'str'\")"),
        (row_of([{}], start_offset=0, end_offset=1), "bad:1: not as the tool writes it: KeyError('kind')"),
        (row_of([], start_offset=0, end_offset=1), "bad:1: a: no money can be read from '3' at 0"),
        ('{"text": "a", "jijitsu": {"document": {"sha256": "0"}, "facts": []}}', "bad:1: its text is not the one that was exported (sha256)"),
    ],
    "prodigy": [
        ('{"text": "a"}', "bad:1: it does not come from jijitsu export (no key 'jijitsu')"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("form", "content", "message"), [(f, *row) for f in BAD for row in BAD[f]])
def test_tasks_that_are_none_are_named(
    form: str, content: str, message: str, tmp_path: Path
) -> None:
    (tmp_path / "bad").write_text(content)
    result = run("import", form, "bad", "-o", "gold", cwd=tmp_path)
    assert failures_of(result) == [message]
    assert result.returncode == 1


def test_a_region_that_quotes_something_else_and_a_second_task(tmp_path: Path) -> None:
    (_, _, task) = json.loads((FOLDER / "label_studio_page.json").read_text(encoding="utf-8"))
    moved = json.loads(json.dumps(task))
    moved["annotations"][0]["result"][0]["value"]["start"] = 1
    outside = json.loads(json.dumps(task))
    outside["data"]["jijitsu"]["document"]["id"] = "../escaped"
    (tmp_path / "tasks.json").write_text(json.dumps([moved, task, task, outside]), encoding="utf-8")
    result = run("import", "label-studio", "tasks.json", "-o", "gold", cwd=tmp_path)
    assert failures_of(result) == [
        "tasks.json: task 1: a region quotes 'NVIDIA', but at 1 stands 'VIDIA'",
        "tasks.json: task 3: untouched: a second task of this article",
        "tasks.json: task 4: ../escaped: this id can't be the name of a file",
    ]
    assert result.returncode == 1
    assert [file.name for file in tmp_path.rglob("*.jsonl")] == ["untouched.jsonl"]


def test_every_label_is_one_of_the_schema() -> None:
    assert len(set(LABELS)) == len(LABELS) == 11
