"""``jijitsu merge``: any order, any number, any bad input."""

from __future__ import annotations

import json
import random
import tracemalloc
from collections.abc import Iterator
from decimal import Decimal
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from command_line import lines_of, run
from fact_lines import Json, article, merged, money, year
from jijitsu.claims import statements
from jijitsu.claims.merge import Merger
from jijitsu.claims.model import Claim
from jijitsu.claims.statements import read_statements
from jijitsu.tables import TableError

ROOT = Path(__file__).parents[1]

# Any order, any number

_OWNERS = ["Alpha", "Beta", "Alibaba", "Alibaba Cloud"]
_AMOUNTS = ["CNY 3.8e11", "USD 5.3e10", "USD 5.2e10", "JPY ~7.98e12", "CNY >=3.8e11", "USD 6e10"]


@st.composite
def article_lines(draw: st.DrawFn) -> list[Json]:
    lines = []
    for number in range(draw(st.integers(1, 8))):
        when = draw(st.sampled_from([None, 2024, 2025]))
        dated = [year("w", when)] if when else []
        fact = money(
            draw(st.sampled_from(_AMOUNTS)),
            when="w" if when else None,
            predicate=draw(st.sampled_from(["investment", "price"])),
        )
        day = draw(st.sampled_from(["2025-01-01", "2025-02-01", None]))
        owner = draw(st.sampled_from(_OWNERS))
        lines.append(article(f"a{number}", *dated, fact, owner=owner))
        lines[-1]["document"]["published"] = day
    return lines


@given(article_lines(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_makes_no_difference(
    lines: list[Json], shuffled: random.Random
) -> None:
    expected = [claim.to_json() for claim in merged(lines)]
    other = list(lines)
    shuffled.shuffle(other)
    assert [claim.to_json() for claim in merged(other)] == expected


@given(article_lines())
def test_every_statement_supports_one_claim(lines: list[Json]) -> None:
    claims = merged(lines)
    supporting = [support.document for claim in claims for support in claim.support]
    assert sorted(supporting) == sorted(line["document"]["id"] for line in lines)
    assert len({claim.id for claim in claims}) == len(claims)
    by_id = {claim.id: claim for claim in claims}
    for claim in claims:
        for other in claim.conflicts:
            assert claim.id in by_id[other].conflicts


def test_many_statements_take_little_memory() -> None:
    statement_count = 20_000
    tracemalloc.start()
    try:
        with Merger() as merger:
            merger.add(_many(statement_count))
            found = sum(claim.articles for claim in merger.claims())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert found == statement_count
    # The statements themselves would take more than 60 MB.
    assert peak < 12_000_000


def _many(count: int) -> Iterator[statements.Statement]:
    for number in range(count):
        fact = money(f"USD {1000 + number % 1000}e6", predicate="price")
        line = article(f"a{number}", fact, owner=f"Owner {number % 500}")
        yield from read_statements(line["document"], line["facts"])


# The table of groups


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("Cloud,Alpha\nCloud,Beta", "groups.csv: 3: 'Cloud' stands twice"),
        ("Alpha,Beta\nBeta,Alpha", "groups.csv: 3: 'Beta' is part of itself"),
        ("Alpha,Alpha", "groups.csv: 2: 'Alpha' is part of itself"),
        ("Alpha", "groups.csv: 2: 1 fields, not 2"),
    ],
)
def test_a_broken_row_of_groups_is_named(
    rows: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "groups.csv").write_text(f"member,group\n{rows}\n")
    monkeypatch.setattr(resources, "files", lambda _: tmp_path)
    with pytest.raises(TableError, match=f"^{message}$"):
        statements._groups.__wrapped__()  # noqa: SLF001  the loader, without its cache


# The command

TEXTS = {
    "2025-02-24-plan.txt": "アリババは3年間で3800億元を投じる。",
    "2025-09-24-more.txt": "アリババは3年間で3800億元（約7.98兆円）を投じる。",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the facts of two articles, a file each and both in a folder."""
    folder = tmp_path_factory.mktemp("merge")
    (folder / "all").mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
        target = folder / "all" / f"{name}.jsonl"
        assert run("extract", name, "-o", target, cwd=folder).returncode == 0
    return folder


def test_files_and_folders_give_the_same_claims(folder: Path) -> None:
    files = sorted(path.relative_to(folder) for path in (folder / "all").iterdir())
    result = run("merge", "all", cwd=folder)
    assert result.returncode == 0
    assert result.stderr == b""
    (claim,) = lines_of(result)
    assert [owner["name"] for owner in claim["owners"]] == ["Alibaba"]
    assert claim["predicate"] == "investment"
    assert claim["articles"] == 2
    assert [one["text"] for one in claim["support"]] == ["3800億元", "3800億元", "7.98兆円"]
    for one in claim["support"]:
        text = TEXTS[f"{one['document']}.txt"]
        assert text[one["start"] : one["end"]] == one["text"]
    assert run("merge", *files, cwd=folder).stdout == result.stdout
    assert run("merge", *reversed(files), cwd=folder).stdout == result.stdout


def test_a_file_gets_what_stdout_gets(folder: Path, tmp_path: Path) -> None:
    printed = run("merge", "all", cwd=folder).stdout
    written = run("merge", "all", "-o", tmp_path / "claims.jsonl", cwd=folder)
    assert written.stdout == b""
    assert [path.name for path in tmp_path.iterdir()] == ["claims.jsonl"]
    assert (tmp_path / "claims.jsonl").read_bytes() == printed


def test_gold_can_be_merged() -> None:
    result = run("merge", ROOT / "annotations")
    claims = [Claim.model_validate_json(line) for line in result.stdout.splitlines()]
    assert len(claims) > 1000
    assert max(claim.articles for claim in claims) > 3


@pytest.mark.parametrize(("tolerance", "count"), [("0.2", 3), ("0.3", 2), ("1", 2)])
def test_a_wide_tolerance(tolerance: str, count: int) -> None:
    lines = [article("a", money("CNY 3.8e11")), article("b", money("USD 4e10"))]
    lines.append(article("c", money("USD 0", predicate="price")))
    assert len(merged(lines, tolerance=Decimal(tolerance))) == count


@pytest.mark.parametrize(
    ("options", "count"),
    [
        ([], 1),
        (["--tolerance", "0.01"], 2),
        (["--min-confidence", "0.7"], 1),
        (["--min-confidence", "0.9"], 0),
    ],
)
def test_options(options: list[str], count: int, tmp_path: Path) -> None:
    confidence = {"predicate": 0.95, "subject": 0.8}
    lines = [
        article("a", money("CNY 3.8e11", confidence=confidence)),
        article("b", money("USD 5.2e10", confidence=confidence)),
    ]
    (tmp_path / "facts.jsonl").write_text("\n".join(map(json.dumps, lines)))
    assert len(lines_of(run("merge", "facts.jsonl", *options, cwd=tmp_path))) == count


def test_a_bad_line_leaves_no_file(tmp_path: Path) -> None:
    good = json.dumps(article("a", money("USD 5e9")))
    (tmp_path / "facts.jsonl").write_text(f"{good}\n{{\n")
    result = run("merge", "facts.jsonl", "-o", "claims.jsonl", cwd=tmp_path)
    assert result.returncode == 2
    assert [path.name for path in tmp_path.iterdir()] == ["facts.jsonl"]
