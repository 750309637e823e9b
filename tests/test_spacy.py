"""The component for spaCy, and spaCy's own training on an export."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from command_line import run
from jijitsu.article import Article
from jijitsu.kinds import dump_fact
from jijitsu.pipeline import Pipeline
from jijitsu.published import NotADateError
from jijitsu.regions import LABELS, label_of

ROOT = Path(__file__).parents[1]
TEXT = "アリババは24日、Qwen3-235B-A22Bに3800億元を投じる。支付宝（アリペイ）は東京都内で。\r\n"


# Tokenizers that fit facts well, badly, and not at all.
PIPELINES = {
    "short words": spacy.blank("ja"),
    "long words": spacy.blank("ja", config={"nlp": {"tokenizer": {"split_mode": "C"}}}),
    "by blanks": spacy.blank("xx"),
}


def process(nlp: Language, text: str = TEXT, published: str | None = "2025-09-24") -> Doc:
    doc = nlp.make_doc(text)
    doc._.published = published
    return nlp(doc)


def expected(text: str = TEXT) -> list[tuple[int, int, str]]:
    article = Article(id="a", source="a", text=text, published="2025-09-24")  # type: ignore[arg-type]
    return [(f.start, f.end, f.text) for f in Pipeline().extract(article).facts]


@pytest.mark.parametrize("nlp", list(PIPELINES.values()), ids=list(PIPELINES))
def test_offsets_are_exact_whatever_the_tokens_are(nlp: Language) -> None:
    nlp.add_pipe("jijitsu")
    doc = process(nlp)
    assert [(fact.start, fact.end, fact.text) for fact in doc._.facts] == expected()
    spans = doc.spans["jijitsu"]
    assert [span._.fact for span in spans] == doc._.facts
    for span in spans:
        fact = span._.fact
        assert span.start_char <= fact.start < fact.end <= span.end_char
        assert fact.text in span.text
        assert span.label_ == label_of(dump_fact(fact))
        assert span.label_ in LABELS


def test_one_token_may_hold_several_facts() -> None:
    nlp = spacy.blank("ja")
    nlp.tokenizer = lambda text: Doc(nlp.vocab, words=[text])
    nlp.add_pipe("jijitsu")
    doc = process(nlp, "Qwen3-235B-A22Bが出た")
    assert len({(span.start, span.end) for span in doc.spans["jijitsu"]}) == 1
    assert [span._.fact.text for span in doc.spans["jijitsu"]] == ["Qwen3-235B-A22B", "235B", "22B"]


def test_documents_keep_their_facts_where_they_go() -> None:
    nlp = spacy.blank("ja")
    nlp.add_pipe("jijitsu")
    doc = process(nlp)
    other = spacy.blank("ja").vocab
    packed = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    for copy in (
        Doc(other).from_bytes(doc.to_bytes()),
        *DocBin(store_user_data=True).from_bytes(packed).get_docs(other),
    ):
        assert copy._.facts == doc._.facts
        assert [span._.fact for span in copy.spans["jijitsu"]] == doc._.facts


def test_what_has_no_facts() -> None:
    nlp = spacy.blank("ja")
    untouched = nlp("3800億元")
    assert untouched._.facts == []
    assert untouched[:]._.fact is None
    nlp.add_pipe("jijitsu")
    empty = nlp("")
    assert empty._.facts == []
    assert len(empty.spans["jijitsu"]) == 0
    assert process(nlp)[1:2]._.fact is None


def test_configuration() -> None:
    nlp = spacy.blank("ja")
    config = {"ner": "none", "kinds": ["date"], "published": "2024-02-28", "spans_key": "facts"}
    nlp.add_pipe("jijitsu", config=config)
    doc = process(nlp, published=None)
    assert [fact.value for fact in doc._.facts] == ["2024-02-24"]
    assert [span.text for span in doc.spans["facts"]] == ["24日"]
    assert process(nlp)._.facts[0].value == "2025-09-24"


@pytest.mark.parametrize(
    ("config", "error"),
    [
        ({"ner": "bert"}, KeyError),
        ({"kinds": ["dates"]}, KeyError),
        ({"published": "soon"}, NotADateError),
    ],
)
def test_configuration_that_is_none(config: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error):
        spacy.blank("ja").add_pipe("jijitsu", config=config)


def python(program: str, *arguments: str | Path) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program, *map(str, arguments)],
        capture_output=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
    )
    return done.stdout.decode()


def test_a_saved_pipeline_finds_the_component_by_itself(tmp_path: Path) -> None:
    nlp = spacy.blank("ja")
    nlp.add_pipe("jijitsu", config={"ner": "none", "published": "2025-09-24"})
    nlp.to_disk(tmp_path)
    program = (
        "import spacy, sys; doc = spacy.load(sys.argv[1])(sys.argv[2]); "
        "print(*(f'{fact.text}={fact.start}' for fact in doc._.facts), sep='\\n')"
    )
    printed = python(program, tmp_path, "来月、3800億元を投じる").splitlines()
    assert printed == ["来月=0", "3800億元=3"]


@pytest.mark.heavy
def test_on_ginza() -> None:
    pytest.importorskip("ja_ginza")
    nlp = spacy.load("ja_ginza")
    nlp.add_pipe("jijitsu")
    doc = process(nlp)
    assert [(fact.start, fact.end, fact.text) for fact in doc._.facts] == expected()
    assert doc.ents


@pytest.mark.heavy
@pytest.mark.parametrize("component", ["ner", "spancat"])
def test_spacy_trains_on_an_export(component: str, tmp_path: Path) -> None:
    exported = run("export", "annotations", "--to", "spacy", "-o", tmp_path / "data", "--split", "20/10/70", cwd=ROOT)  # fmt: skip
    assert exported.returncode == 0

    def spacy_command(*arguments: str | Path) -> None:
        command = [sys.executable, "-W", "ignore", "-m", "spacy", *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, check=False, cwd=tmp_path)
        assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()

    spacy_command("init", "config", "base.cfg", "--lang", "ja", "--pipeline", component)
    data = ("--paths.train", "data/train.spacy", "--paths.dev", "data/dev.spacy")
    steps = ("--training.max_steps", "60", "--training.eval_frequency", "60")
    spacy_command("train", "base.cfg", *data, *steps, "-o", "model")
    nlp = spacy.load(tmp_path / "model/model-last")
    assert set(nlp.get_pipe(component).labels) <= set(LABELS)  # type: ignore[attr-defined]
    examples = list(DocBin().from_disk(tmp_path / "data/dev.spacy").get_docs(nlp.vocab))
    scores = nlp.evaluate([spacy.training.Example(nlp.make_doc(doc.text), doc) for doc in examples])
    key = "ents_f" if component == "ner" else "spans_sc_f"
    assert scores[key] > 0.1  # far from good, and far from nothing learnt
