"""The GiNZA engine: real runs where the extra is installed, its error where it is not."""

from __future__ import annotations

from importlib.util import find_spec
from itertools import pairwise

import pytest

from jijitsu.model import Mention
from jijitsu.names import ENGINES, Engine, EngineUnavailableError
from jijitsu.names.ginza import MAX_PIECE, batches, label_types, name_spans, pieces
from jijitsu.tables import TableError
from jijitsu.text import normalize
from jijitsu.tokens import Tokens

INSTALLED = find_spec("ginza") is not None
NEEDS_GINZA = pytest.mark.skipif(not INSTALLED, reason="the extra ginza is not installed")


@pytest.fixture(scope="module")
def engine() -> Engine:
    return ENGINES["ginza"]()


def find(engine: Engine, article: str) -> list[tuple[str, str, str]]:
    """Return surface in the article, type and name of every mention."""
    text = normalize(article)
    found = []
    for mention in engine.find(text, Tokens(text.norm)):
        start, end = text.raw_span(mention.start, mention.end)
        found.append((article[start:end], mention.values["type"], mention.values["name"]))
    return found


@pytest.mark.skipif(INSTALLED, reason="the extra ginza is installed")
def test_missing_extra_says_how_to_install_it() -> None:
    with pytest.raises(EngineUnavailableError, match=r"pip install 'jijitsu\[ginza\]'"):
        ENGINES["ginza"]()


@NEEDS_GINZA
def test_names_with_our_types(engine: Engine) -> None:
    found = find(engine, "米国のマイクロソフトは、サム・アルトマン氏が東京都を訪れたと発表した。")
    assert ("サム・アルトマン", "person", "Sam Altman") in found
    assert ("マイクロソフト", "organization", "Microsoft") in found
    assert ("米国", "location", "United States") in found


@NEEDS_GINZA
def test_name_unknown_to_the_table_is_its_surface(engine: Engine) -> None:
    found = find(engine, "株式会社山田製作所の佐藤花子社長は会見を開いた。")
    assert ("佐藤花子", "person", "佐藤花子") in found


@NEEDS_GINZA
def test_amounts_and_dates_are_no_names(engine: Engine) -> None:
    article = "2025年9月24日、3800億元(約7.98兆円)を投じる。100万人、75%、3年間、1兆パラメータ。"
    assert find(engine, article) == []


@NEEDS_GINZA
def test_spans_lead_back_to_the_article(engine: Engine) -> None:
    found = find(
        engine, "ﾏｲｸﾛｿﾌﾄは㌦建てで、Ｍｉｃｒｏｓｏｆｔは円建てだと、ソニーの担当者が話した。"
    )
    assert "ソニー" in [surface for surface, _, _ in found]


@NEEDS_GINZA
def test_no_name_crosses_a_line(engine: Engine) -> None:
    lines = ["ソニー", "任天堂", "トヨタ自動車", "東京", "大阪", "イーロン・マスク"]
    surfaces = [surface for surface, _, _ in find(engine, "\n".join(lines))]
    assert surfaces
    assert all("\n" not in surface for surface in surfaces)


@NEEDS_GINZA
def test_article_above_the_tokenizers_limit(engine: Engine) -> None:
    sentence = "マイクロソフトは東京に新しい拠点を設ける。"
    article = sentence * 1_000
    assert len(article.encode()) > 49_149
    names = [name for _, _, name in find(engine, article)]
    assert names.count("Microsoft") == 1_000


@NEEDS_GINZA
def test_a_second_article_is_read_as_if_it_stood_alone(engine: Engine) -> None:
    first, second = "ソニーは東京の企業だ。", "任天堂は京都の企業だ。"
    both = find(engine, f"{first}\n\n{second}")
    assert both == find(engine, first) + find(engine, second)


@NEEDS_GINZA
@pytest.mark.parametrize("article", ["", "\n\n", " \n　", "\x00", "😀", "円" * 300, "「」()"])
def test_text_without_names(engine: Engine, article: str) -> None:
    assert find(engine, article) == []


@NEEDS_GINZA
def test_mentions_are_sorted_and_apart(engine: Engine) -> None:
    text = normalize(
        "アリババ（阿里巴巴集団）と百度(バイドゥ)、Qwen3-Max、ERNIE 4.5、中国・杭州。" * 5
    )
    mentions = engine.find(text, Tokens(text.norm))
    assert mentions
    assert all(isinstance(mention, Mention) for mention in mentions)
    assert all(before.end <= behind.start for before, behind in pairwise(mentions))


@NEEDS_GINZA
def test_the_table_names_labels_of_the_model() -> None:
    model = pytest.importorskip("spacy").load("ja_ginza")
    assert set(label_types()) <= set(model.pipe_labels["ner"])


def test_bad_label_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    for rows, reason in [
        ([{"label": "Company", "type": "firm"}], "unknown type 'firm'"),
        ([{"label": "City", "type": "location"}] * 2, "stands twice"),
    ]:
        monkeypatch.setattr("jijitsu.names.ginza.load_csv", lambda *_, rows=rows: iter(rows))
        label_types.cache_clear()
        with pytest.raises(TableError, match=reason):
            label_types()
    label_types.cache_clear()


@pytest.mark.parametrize(
    ("entity", "names"),
    [
        ("マイクロソフト", ["マイクロソフト"]),
        (" 「ソニー」、", ["ソニー"]),
        ("百度(バイドゥ)", ["百度", "バイドゥ"]),
        ("Volcano Engine)", ["Volcano Engine"]),
        ("ソニー\n任天堂", ["ソニー", "任天堂"]),
        ("K |\n", ["K"]),
        ("3M", ["3M"]),
        ("計26万", []),
        ("約5億5800万米ドル", []),
        ("4.5-", []),
        ("(2025)", []),
        ("", []),
    ],
)
def test_name_spans(entity: str, names: list[str]) -> None:
    norm = f"前{entity}後"
    spans = name_spans(norm, 1, 1 + len(entity))
    assert [norm[start:end] for start, end in spans] == names


@pytest.mark.parametrize(
    "norm", ["あ" * 4_999, "あ" * 1_999 + "。" + "い" * 5_000, "一行\n\n二行\n" * 900, "。" * 2_001]
)
def test_pieces_hold_the_whole_text(norm: str) -> None:
    cut = list(pieces(norm))
    assert all(norm.startswith(piece, offset) for piece, offset in cut)
    assert all(len(piece) <= MAX_PIECE and "\n" not in piece for piece, _ in cut)
    assert "".join(piece for piece, _ in cut) == norm.replace("\n", "")
    assert [pair for batch in batches(norm) for pair in batch] == cut


def test_long_lines_are_cut_behind_sentences() -> None:
    cut = [piece for piece, _ in pieces("あいう。えお。かきくけこさし", limit=6)]
    assert cut == ["あいう。", "えお。", "かきくけこさ", "し"]
