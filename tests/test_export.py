"""Exports: every format loads where it is meant to, and holds every fact."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pandas as pd
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import DocBin

from command_line import failures_of, run
from jijitsu.exports import FORMATS
from jijitsu.exports.base import Dataset, Example, ExtraMissingError
from jijitsu.exports.duplicates import group_duplicates
from jijitsu.exports.split import parse_shares, split
from jijitsu.exports.words import find_words, fit, flatten, words_of
from jijitsu.imports import FORMATS as IMPORTS
from jijitsu.regions import LABELS, label_of

ROOT = Path(__file__).parents[1]
CORPUS = len(list((ROOT / "annotations").glob("*.jsonl")))
ARTICLES, GOLD = ROOT / "tests/annotators/articles.jsonl", ROOT / "tests/annotators/gold.jsonl"


def read_lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    texts = {row["id"]: row["text"] for row in read_lines(ARTICLES)}
    rows = read_lines(GOLD)
    return {"train": [Example(r["document"], texts[r["document"]["id"]], r["facts"]) for r in rows]}


def spans_of(dataset: Dataset) -> list[tuple[str, int, int, str]]:
    return [
        (example.id, fact["start"], fact["end"], label_of(fact))
        for example in dataset["train"]
        for fact in example.facts
    ]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the whole corpus in the formats that libraries load."""
    folder = tmp_path_factory.mktemp("corpus")
    for name in ("spacy", "jsonl", "chat", "conll"):
        arguments = ("--to", name, "-o", folder / name, "--split", "80/10/10", "--seed", "1")
        result = run("export", "annotations", *arguments, cwd=ROOT)
        assert result.returncode == 0, result.stderr
    return folder


@pytest.mark.heavy
def test_spacy_loads_the_corpus_with_every_fact(corpus: Path) -> None:
    vocab = spacy.blank("ja").vocab
    gold = {}
    for file in (ROOT / "annotations").glob("*.jsonl"):
        (line,) = read_lines(file)
        gold[line["document"]["id"]] = line
    seen = 0
    for name in ("train", "dev", "test"):
        for doc in DocBin().from_disk(corpus / f"spacy/{name}.spacy").get_docs(vocab):
            line = gold[doc.user_data["id"]]
            assert hashlib.sha256(doc.text.encode()).hexdigest() == line["document"]["sha256"]
            assert {(s.start_char, s.end_char, s.label_, s.id_) for s in doc.spans["sc"]} == {
                (f["start"], f["end"], label_of(f), f["id"]) for f in line["facts"]
            }
            assert {s.id_ for s in doc.ents} <= {f["id"] for f in line["facts"]}
            seen += 1
    assert seen == len(gold)


@pytest.mark.heavy
def test_pandas_loads_the_corpus(corpus: Path) -> None:
    frames = {
        name: pd.read_json(corpus / f"jsonl/{name}.jsonl", lines=True, dtype=False)
        for name in ("train", "dev", "test")
    }
    assert sum(map(len, frames.values())) == CORPUS
    facts = pd.json_normalize(frames["dev"]["facts"].explode().tolist())
    report = json.loads((corpus / "jsonl/report.json").read_text(encoding="utf-8"))
    counted = facts["label"].value_counts().to_dict()
    assert counted == report["splits"]["dev"]["facts"]
    assert (facts["end"] - facts["start"] == facts["text"].str.len()).all()


@pytest.mark.heavy
def test_splits_are_balanced_over_the_labels(corpus: Path) -> None:
    splits = json.loads((corpus / "jsonl/report.json").read_text(encoding="utf-8"))["splits"]
    assert sum(counts["articles"] for counts in splits.values()) == CORPUS
    assert abs(splits["test"]["articles"] - CORPUS / 10) <= 3
    for label in splits["train"]["facts"]:
        counts = {name: each["facts"].get(label, 0) for name, each in splits.items()}
        for name, share in (("train", 0.8), ("dev", 0.1), ("test", 0.1)):
            expected = share * sum(counts.values())
            assert abs(counts[name] - expected) <= max(3, 0.1 * expected), (label, counts)


@pytest.mark.heavy
def test_the_answers_of_chat_are_what_the_schemas_accept(corpus: Path) -> None:
    own = json.loads((corpus / "chat/schema.json").read_text(encoding="utf-8"))
    whole = json.loads(run("schema").stdout)
    document = {"id": "a", "source": "a", "sha256": "0", "published": None, "title": None}
    for row in read_lines(corpus / "chat/dev.jsonl"):
        assert [message["role"] for message in row["messages"]] == ["system", "user", "assistant"]
        answer = json.loads(row["messages"][2]["content"])
        jsonschema.validate(answer, own)
        jsonschema.validate({"document": document, **answer}, whole)
        text = row["messages"][1]["content"].partition("\n\n")[2]
        for fact in answer["facts"]:
            assert text[fact["start"] : fact["end"]] == fact["text"]


def read_conll(path: Path) -> Iterator[tuple[str, int, int, str]]:
    """Yield the facts of a file, as a reader of CoNLL puts them together."""
    article, found = "", None
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        if line.startswith("# id = "):
            article = line.removeprefix("# id = ")
        cells = line.split("\t")
        label = cells[-1]
        if found and not label.startswith("I-"):
            yield (article, *found)
            found = None
        if label.startswith("B-"):
            found = (int(cells[1]), int(cells[2]), label[2:])
        elif label.startswith("I-"):
            assert found
            assert found[2] == label[2:]
            found = (found[0], int(cells[2]), found[2])


@pytest.mark.heavy
def test_conll_holds_what_is_not_inside_another_fact(corpus: Path) -> None:
    problems = {
        (row["article"], row["fact"]["start"], row["fact"]["end"])
        for row in read_lines(corpus / "conll/problems.jsonl")
        if row["problem"] == "inside another fact"
    }
    found = {
        each
        for name in ("train", "dev", "test")
        for each in read_conll(corpus / f"conll/{name}.conll")
    }
    expected = set()
    for file in (ROOT / "annotations").glob("*.jsonl"):
        (line,) = read_lines(file)
        for fact in line["facts"]:
            place = (line["document"]["id"], fact["start"], fact["end"])
            if place not in problems:
                expected.add((*place, label_of(fact)))
    assert found == expected
    assert problems


@pytest.mark.heavy
def test_what_does_not_fit_is_listed_and_counted(corpus: Path) -> None:
    rows = read_lines(corpus / "spacy/problems.jsonl")
    report = json.loads((corpus / "spacy/report.json").read_text(encoding="utf-8"))
    counts = {
        problem: sum(row["problem"] == problem for row in rows) for problem in report["problems"]
    }
    assert counts == report["problems"]
    cut = next(row for row in rows if row["fact"]["text"] == "東京都")
    assert cut["problem"] == "cuts a word"
    assert cut["words"] == "東京|都内"


def test_help_and_documentation_name_every_format() -> None:
    page = (ROOT / "docs/training-data.md").read_text(encoding="utf-8")
    for command, formats in (("export", FORMATS), ("import", IMPORTS)):
        shown = run(command, "--help").stdout.decode()
        for name in formats:
            assert name in shown
            assert f"`{name}`" in page


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_export_gives_the_same_bytes(name: str, dataset: Dataset) -> None:
    assert FORMATS[name](dataset).files == FORMATS[name](dataset).files


def test_flat_labels_keep_the_longest_and_name_the_others(dataset: Dataset) -> None:
    (plan, *_) = dataset["train"]
    kept, problems = flatten(plan, "train")
    assert [problem.fact["text"] for problem in problems] == ["235B", "22B"]
    assert {problem.words for problem in problems} == {"Qwen3-235B-A22B"}
    assert len(kept) + len(problems) == len(plan.facts)


def solid(text: str) -> str:
    return "".join(text.split())


@given(st.data())
def test_any_span_falls_on_fitted_words(data: st.DataObject) -> None:
    text = data.draw(
        st.text(alphabet="東京都内の3800億元Qwen3-A22B。\n 　", min_size=2, max_size=40)
    )
    places = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(places, places).filter(lambda s: s[0] < s[1]), max_size=5))
    facts: list[dict[str, Any]] = [
        {"id": str(n), "kind": "date", "text": text[a:b], "start": a, "end": b}
        for n, (a, b) in enumerate(spans)
    ]
    words, problems = fit(Example({"id": "a"}, text, facts), "train", find_words(text))
    assert solid("".join(text[a:b] for a, b in words)) == solid(text)
    for fact in facts:
        covered = "".join(text[slice(*words[at])] for at in words_of(fact, words))
        assert solid(covered) == solid(text[fact["start"] : fact["end"]])
    assert len(problems) <= len(facts)


def test_label_studio_holds_regions_values_and_relations(dataset: Dataset) -> None:
    files = FORMATS["label-studio"](dataset).files
    tasks = json.loads(files["train.json"])
    regions = [
        (
            task["data"]["jijitsu"]["document"]["id"],
            value["start"],
            value["end"],
            value["labels"][0],
        )
        for task in tasks
        for part in task["predictions"][0]["result"]
        if part["type"] == "labels"
        for value in [part["value"]]
    ]
    assert regions == spans_of(dataset)
    relations = [
        part for part in tasks[0]["predictions"][0]["result"] if part["type"] == "relation"
    ]
    assert [(r["labels"], r["from_id"], r["to_id"]) for r in relations] == [
        (["subject"], "2", "0"),
        (["when"], "2", "1"),
        (["equivalent"], "2", "3"),
        (["subject"], "3", "0"),
        (["subject"], "6", "5"),
        (["subject"], "7", "5"),
    ]
    assert all(f'"{label}"' in files["config.xml"].decode() for label in LABELS)


def test_prodigy_tokens_add_up_and_spans_fall_on_them(dataset: Dataset) -> None:
    for line in FORMATS["prodigy"](dataset).files["train.jsonl"].decode().splitlines():
        task = json.loads(line)
        assert "".join(token["text"] for token in task["tokens"]) == task["text"]
        for span in task["spans"]:
            assert task["tokens"][span["token_start"]]["start"] == span["start"]
            assert task["tokens"][span["token_end"]]["end"] == span["end"]
        for relation in task["relations"]:
            assert relation["head"] == relation["head_span"]["token_end"]
            assert relation["head_span"] | {"id": 0, "fields": 0} in [
                span | {"id": 0, "fields": 0} for span in task["spans"]
            ]


def examples_of(texts: list[str]) -> list[Example]:
    return [Example({"id": str(number)}, text, []) for number, text in enumerate(texts)]


def test_near_duplicates_are_together() -> None:
    report = "半導体大手は新しい工場を九州に建てると発表した。投資額は1兆円で、3年後に動き出す。雇用は2000人に上る見通しだ。"
    corrected = report.replace("2000人", "2500人") + "(訂正済み)"
    other = "検索大手は新しい言語モデルを公開した。パラメータ数は700億で、誰でも使える。開発者は評価を始めている。"
    groups = group_duplicates(examples_of([report, other, corrected, other, "短い", ""]))
    assert groups == [[0, 2], [1, 3], [4], [5]]


def test_near_duplicates_land_in_one_split_and_in_the_report(tmp_path: Path) -> None:
    texts = [f"第{n}社は{'アイウエオカキクケコ'[n] * 40}を売り出した。" for n in range(9)]
    texts.insert(4, texts[0] + "（更新）")
    rows = [{"id": str(number), "text": text} for number, text in enumerate(texts)]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (tmp_path / "articles.jsonl").write_text(lines, encoding="utf-8")
    run("extract", "articles.jsonl", "-o", "facts.jsonl", "--ner", "none", cwd=tmp_path)
    arguments = ("--corpus", "articles.jsonl", "--to", "chat", "-o", "out", "--split", "60/40")
    result = run("export", "facts.jsonl", *arguments, cwd=tmp_path)
    assert result.returncode == 0
    assert "near-duplicates, kept together: 0, 4" in result.stdout.decode()
    report = json.loads((tmp_path / "out/report.json").read_text(encoding="utf-8"))
    assert report["near_duplicates"] == [["0", "4"]]
    found = [
        {
            row["messages"][1]["content"].partition("\n\n")[2]
            for row in read_lines(tmp_path / f"out/{name}.jsonl")
        }
        for name in ("train", "dev")
    ]
    assert sorted(map(len, found)) == [4, 6]
    assert any({texts[0], texts[4]} <= split for split in found)


@pytest.mark.parametrize("seed", range(5))
def test_groups_are_never_split(seed: int) -> None:
    groups = [[0, 5, 6], [1], [2, 3], [4], [7], [8], [9]]
    examples = examples_of(["x"] * 10)
    chosen = split(examples, groups, parse_shares("60/20/20"), seed)
    where = {example.id: name for name, each in chosen.items() for example in each}
    assert len(where) == 10
    for group in groups:
        assert len({where[str(place)] for place in group}) == 1


def test_another_seed_is_another_split() -> None:
    examples = examples_of(["x"] * 40)
    groups = [[place] for place in range(40)]

    def ids(seed: int) -> list[str]:
        return [e.id for e in split(examples, groups, parse_shares("80/20"), seed)["dev"]]

    assert ids(1) == ids(1)
    assert ids(1) != ids(2)


@pytest.mark.parametrize("shares", ["80", "80/10", "80/10/5/5", "100/0", "a/b", "80/-10/30", ""])
def test_shares_that_are_none(shares: str) -> None:
    with pytest.raises(ValueError, match=r"80/10/10|above 0"):
        parse_shares(shares)


def test_articles_that_do_not_fit_their_facts_are_named(tmp_path: Path) -> None:
    good, other, odd = ({"id": name, "text": f"{name}は3億円"} for name in ("good", "other", "odd"))
    lines = []
    for row, change in ((good, {}), (other, {"text": "4億円"}), (odd, {"currency": "yen"})):
        sha = hashlib.sha256(row["text"].encode()).hexdigest()
        fact = {"id": "0", "kind": "money", "text": "3億円", "start": len(row["id"]) + 1,
                "end": len(row["text"]), "low": "3", "high": "3", "mod": None, "currency": "JPY",
                "predicate": None, "subject": None} | change  # fmt: skip
        lines.append({"document": {"id": row["id"], "sha256": sha}, "facts": [fact]})
    lines.append({"document": {"id": "gone", "sha256": "0"}, "facts": []})
    for name, rows in (("facts.jsonl", lines), ("articles.jsonl", [good, other, odd])):
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (tmp_path / name).write_text(text, encoding="utf-8")
    arguments = ("facts.jsonl", "--corpus", "articles.jsonl", "--to", "doccano", "-o", "out")
    result = run("export", *arguments, cwd=tmp_path)
    assert [line.split(": ", 1)[0] for line in failures_of(result)] == ["other", "odd", "gone"]
    assert result.returncode == 1
    assert [
        row["jijitsu"]["document"]["id"] for row in read_lines(tmp_path / "out/train.jsonl")
    ] == ["good"]


def test_kinds_are_chosen_with_their_references(tmp_path: Path) -> None:
    arguments = (
        "--corpus",
        ARTICLES,
        "--to",
        "doccano",
        "--kinds",
        "money",
        "-o",
        tmp_path / "out",
    )
    assert run("export", GOLD, *arguments).returncode == 0
    rows = read_lines(tmp_path / "out/train.jsonl")
    facts = [fact for row in rows for fact in row["jijitsu"]["facts"]]
    assert {fact["kind"] for fact in facts} == {"money"}
    assert {relation["type"] for row in rows for relation in row["relations"]} == {"equivalent"}
    assert not any(fact["subject"] or fact.get("when") for fact in facts)


def test_a_text_too_long_for_the_tokenizer_is_named(dataset: Dataset) -> None:
    long = Example({"id": "long"}, "あ" * 20_000, [])
    made = FORMATS["spacy"]({"train": [long, *dataset["train"]]})
    assert [error.source for error in made.failed] == ["long"]
    docs = DocBin().from_bytes(made.files["train.spacy"])
    assert len(docs) == len(dataset["train"])


def test_extras_that_are_missing_are_named(
    dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "datasketch", None)
    with pytest.raises(ExtraMissingError, match=r"pip install 'jijitsu\[export\]'"):
        group_duplicates(dataset["train"])
    monkeypatch.setitem(sys.modules, "sudachipy", None)
    with pytest.raises(ExtraMissingError, match=r"pip install 'jijitsu\[spacy\]'"):
        FORMATS["spacy"](dataset)


@pytest.mark.heavy
def test_datasets_loads_the_corpus(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    datasets = pytest.importorskip("datasets")
    files = {name: str(corpus / f"jsonl/{name}.jsonl") for name in ("train", "dev", "test")}
    plain = datasets.load_dataset("json", data_files=files, cache_dir=str(tmp_path / "plain"))
    assert sum(split.num_rows for split in plain.values()) == CORPUS
    by_card = datasets.load_dataset(str(corpus / "jsonl"), cache_dir=str(tmp_path / "card"))
    assert set(by_card) == {"train", "validation", "test"}
    row = by_card["test"][0]
    for fact in row["facts"]:
        assert row["text"][fact["start"] : fact["end"]] == fact["text"]
    dates = [fact for fact in row["facts"] if fact["kind"] == "date"]
    assert all(isinstance(fact["from"], str) for fact in dates)
    chat = datasets.load_dataset(
        "json", data_files=str(corpus / "chat/test.jsonl"), cache_dir=str(tmp_path / "chat")
    )
    assert chat["train"][0]["messages"][1]["role"] == "user"
