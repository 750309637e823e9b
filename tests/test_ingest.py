"""Articles into stores: what is new, what changed, what stays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inline import RECIPE, InlineEngine, article, articles, bring_in, extractor
from jijitsu.article import Article, ArticleError
from jijitsu.ingest.load import Ingest, Reading
from jijitsu.ingest.recipe import Fingerprints, Recipe
from jijitsu.ingest.tasks import Rejected
from jijitsu.store import Write, open_store
from stores import FILES, PARQUET, SQLITE, Target


def test_a_second_run_changes_nothing(target: Target, tmp_path: Path) -> None:
    address = target.address(tmp_path)
    first = bring_in(address, articles())
    state = target.state(tmp_path)
    second = bring_in(address, articles())
    assert (first.new, first.changed, first.skipped) == (12, 0, 0)
    assert (second.new, second.changed, second.skipped) == (0, 0, 12)
    assert first.facts.total() > 100
    assert target.state(tmp_path) == state


def test_a_forced_run_gives_the_same_again(target: Target, tmp_path: Path) -> None:
    address = target.address(tmp_path)
    bring_in(address, articles())
    state = target.state(tmp_path)
    counts = bring_in(address, articles(), force=True)
    assert (counts.new, counts.changed, counts.skipped) == (0, 12, 0)
    assert target.state(tmp_path) == state


def test_a_changed_article_replaces_its_facts_and_no_others(target: Target, tmp_path: Path) -> None:
    address = target.address(tmp_path)
    whole = [
        article("a", "売上は3億円。"),
        article("b", "利益は4億円と5億円。"),
        article("c", "6割"),
    ]
    bring_in(address, whole)
    whole[1] = article("b", "利益は7億円。")
    counts = bring_in(address, whole)
    assert (counts.new, counts.changed, counts.skipped) == (0, 1, 2)
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    bring_in(target.address(fresh), whole)
    assert target.state(tmp_path) == target.state(fresh)


@pytest.mark.parametrize(
    "changed",
    [
        article("a", "来月、3億円", "2025-09-25"),
        article("a", "来月、3億円", "2020-01-01"),
        article("a", "来月、3億円", None),
        article("a", "来月、3億円 "),
        article("a", "来月、3億円").model_copy(update={"title": "題"}),
        article("a", "来月、3億円").model_copy(update={"source": "b.txt"}),
    ],
)
def test_whatever_the_output_depends_on_is_a_change(
    target: Target, tmp_path: Path, changed: Article
) -> None:
    others = [article("0", "1億円"), article("z", "2億円")]
    bring_in(target.address(tmp_path), [article("a", "来月、3億円"), *others])
    assert bring_in(target.address(tmp_path), [changed]).changed == 1
    assert target.ids(tmp_path) == ["0", "a", "z"]
    assert bring_in(target.address(tmp_path), [changed]).skipped == 1


def test_other_settings_are_a_change(tmp_path: Path) -> None:
    address = SQLITE.address(tmp_path)
    rates = tmp_path / "rates.csv"
    rates.write_text("date,currency,per_usd\n2025-09-24,JPY,100\n")
    bring_in(address, [article("a", "3億円")])
    recipe = Recipe(ner="none", rates=rates)
    assert bring_in(address, [article("a", "3億円")], recipe=recipe).changed == 1
    assert bring_in(address, [article("a", "3億円")], recipe=recipe).skipped == 1
    rates.write_text("date,currency,per_usd\n2025-09-24,JPY,101\n")
    assert bring_in(address, [article("a", "3億円")], recipe=recipe).changed == 1


def test_of_two_with_one_id_the_last_stays(target: Target, tmp_path: Path) -> None:
    stream = [
        article("a", "3億円"),
        article("b", "1割"),
        article("a", "4億円"),
        article("c", "2割"),
    ]
    address = target.address(tmp_path)
    for batch in (1, 2, 3, 10, 1):
        bring_in(address, stream, batch=batch)
        fresh = tmp_path / f"fresh{batch}"
        fresh.mkdir(exist_ok=True)
        bring_in(target.address(fresh), [stream[2], stream[1], stream[3]], batch=100)
        if target != PARQUET:  # whose parts are those of the batches
            assert target.state(tmp_path) == target.state(fresh)
        assert target.ids(tmp_path) == ["a", "b", "c"]


def test_back_to_what_it_was(target: Target, tmp_path: Path) -> None:
    address = target.address(tmp_path)
    stream = [article("a", "3億円"), article("a", "4億円"), article("a", "3億円")]
    bring_in(address, stream, batch=1)
    bring_in(address, stream[:1])
    assert bring_in(address, stream[:1]).skipped == 1


def test_what_fails_is_rejected_and_the_rest_is_there(target: Target, tmp_path: Path) -> None:
    stream: list[Reading] = [
        article("a", "3億円"),
        ArticleError("missing.txt", "no such file or folder"),
        article("b", "\ud800"),
        article("c", "4億円"),
    ]
    rejected: list[Rejected] = []
    counts = bring_in(target.address(tmp_path), stream, rejected=rejected)
    assert (counts.new, counts.rejected) == (2, 2)
    assert [one.error.source for one in rejected] == ["missing.txt", "b.txt"]
    assert rejected[1].article == stream[2]
    assert target.ids(tmp_path) == ["a", "c"]


def test_an_id_that_no_text_column_holds(target: Target, tmp_path: Path) -> None:
    rejected: list[Rejected] = []
    stream = [article("a", "3億円"), article("b\0", "4億円"), article("c", "5億円")]
    counts = bring_in(target.address(tmp_path), stream, rejected=rejected)
    refused = target.name == "postgresql"
    assert (counts.new, counts.rejected) == (3 - refused, refused)
    assert {"a", "c"} <= set(target.ids(tmp_path))


def test_a_poison_article_alone_is_rejected(target: Target, tmp_path: Path) -> None:
    stream = articles(70)
    poison = {stream[3].id, stream[4].id, stream[69].id}
    rejected: list[Rejected] = []
    bring_in(
        target.address(tmp_path),
        stream,
        dies_on=lambda one: one.id in poison,
        rejected=rejected,
        batch=30,
    )
    assert [one.article for one in rejected] == [stream[3], stream[4], stream[69]]
    assert target.ids(tmp_path) == sorted({one.id for one in stream} - poison)


def test_no_more_is_read_than_there_is_room_for(tmp_path: Path) -> None:
    read = 0
    most_ahead = 0
    stored: set[str] = set()

    def endless() -> Iterator[Article]:
        nonlocal read, most_ahead
        for number in range(1200):
            read += 1
            most_ahead = max(most_ahead, read - len(stored))
            yield article(str(number), "3億円。")

    with open_store(SQLITE.address(tmp_path)) as store:
        written = store.write

        def write(batch: Sequence[Write]) -> None:
            written(batch)
            stored.update(one.id for one in batch)

        store.write = write  # type: ignore[method-assign]
        engine = InlineEngine(extractor(store.encode))
        run = RECIPE.describe()
        store.begin(run)
        Ingest(store, engine, Fingerprints(run), print, batch=100).run(endless())
    assert len(stored) == 1200
    assert most_ahead < 400


def test_an_article_that_a_target_cannot_hold_is_rejected(tmp_path: Path) -> None:
    huge = article("b", "3" + "0" * 21 + "円")
    rejected: list[Rejected] = []
    stream = [article("a", "3億円"), huge, article("c", "4億円")]
    counts = bring_in(PARQUET.address(tmp_path), stream, rejected=rejected)
    assert (counts.new, counts.rejected, counts.facts.total()) == (2, 1, 2)
    assert "Parquet can't hold it" in rejected[0].error.reason
    assert PARQUET.ids(tmp_path) == ["a", "c"]
    assert bring_in(SQLITE.address(tmp_path), stream).new == 3


SOURCES = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from(["3億円", "4億円と5割", "来月", "無し"])),
    max_size=8,
)


@pytest.mark.parametrize("target", FILES, ids=lambda one: one.name)
def test_any_history_ends_in_the_last_text_of_each(
    target: Target, tmp_path_factory: pytest.TempPathFactory
) -> None:
    @settings(max_examples=8)
    @given(st.lists(SOURCES, max_size=4), st.integers(1, 5))
    def check(runs: list[list[tuple[str, str]]], batch: int) -> None:
        folder = tmp_path_factory.mktemp("history")
        last: dict[str, Article] = {}
        for run in runs:
            stream = [article(key, content) for key, content in run]
            bring_in(target.address(folder), stream, batch=batch)
            for one in stream:
                last[one.id] = one
        fresh = tmp_path_factory.mktemp("fresh")
        if last:
            bring_in(target.address(fresh), list(last.values()), batch=100)
            assert target.ids(folder) == target.ids(fresh)
            if target != PARQUET:
                assert target.state(folder) == target.state(fresh)

    check()
