"""The page's data: what it holds, what it adds up, and that nothing in it is markup."""

from __future__ import annotations

import datetime
import html
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import jijitsu
from command_line import failures_of, run
from jijitsu.article import Article, ArticleError
from jijitsu.kinds import AnyFact, ArticleFacts, Document, DurationFact, EntityFact, MoneyFact
from jijitsu.pipeline import Pipeline
from jijitsu.rates import RateTable
from jijitsu.report import View, complete, embed, render
from jijitsu.report.totals import add_up
from jijitsu.report.view import Node, cut

ROOT = Path(__file__).parents[1]
DAY = datetime.date(2025, 9, 24)


def view_of(text: str, **about: Any) -> View:
    article = Article.model_validate(
        {"id": "a", "source": "a", "published": DAY, "text": text} | about
    )
    pipeline = Pipeline()
    return View(pipeline.extract(article), text, pipeline.rejected(article))


def data_of(page: str) -> Any:
    (block,) = re.findall(
        r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL
    )
    return json.loads(block)


def text_of(nodes: list[Node]) -> str:
    return "".join(
        node if isinstance(node, str) else node["m"] if "m" in node else text_of(node["c"])
        for node in nodes
    )


ATTACKS = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "\u2028alert(1)\u2029",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_of_an_article_is_markup(attack: str) -> None:
    view = view_of(f"{attack}は3億円を{attack}に投じる。", title=attack, source=attack, id=attack)
    page = render([view], [ArticleError(attack, attack)], title=attack)
    tame = render([view_of("3億円")])
    for tag in ("<script", "<img", "<svg", "<!--"):
        assert page.count(tag) == tame.count(tag)
    data = data_of(page)
    assert attack in text_of(data["articles"][0]["nodes"]) or "\u2028" in attack
    assert data["failed"] == [{"source": attack, "reason": attack}]


def test_only_the_pages_own_program_may_run_and_nothing_is_loaded() -> None:
    page = render([view_of("3億円")])
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    assert not re.search(
        r"https?:|url\(|@import|\bsrc=|\bhref=", page.split('id="data"', maxsplit=1)[0]
    )
    assert " style=" not in page


@given(st.data())
def test_cut_text_adds_up_and_every_fact_is_in_it(data: st.DataObject) -> None:
    text = data.draw(st.text(alphabet="あい3億円<b>&;", min_size=1, max_size=20))
    places = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(places, places).filter(lambda s: s[0] < s[1]), max_size=6))
    facts: list[AnyFact] = [
        DurationFact(id=str(n), text=text[a:b], start=a, end=b, value="P1D", mod=None)
        for n, (a, b) in enumerate(spans)
    ]
    nodes = cut(text, facts)
    assert text_of(nodes) == text
    found: dict[int, str] = {}

    def collect(nodes: list[Node]) -> None:
        for node in nodes:
            if not isinstance(node, str) and "f" in node:
                found[node["f"]] = found.get(node["f"], "") + text_of(node["c"])
                collect(node["c"])

    collect(nodes)
    assert found == {place: fact.text for place, fact in enumerate(facts)}


def company(name: str, key: str, kind: str = "organization") -> EntityFact:
    return EntityFact(id=key, text=name, start=0, end=len(name), type=kind, name=name)  # type: ignore[arg-type]


def amount(
    key: str, low: str | None, high: str | None, currency: str = "USD", **more: Any
) -> MoneyFact:
    known = {"predicate": "investment", "subject": "A", "mod": None} | more
    return MoneyFact(
        id=key, text="x", start=0, end=1, low=low, high=high, currency=currency, **known
    )


def in_dollars(low: str) -> dict[str, Any]:
    rate = {"rate": "1", "rate_date": DAY, "rate_source": "ECB"}
    return {"converted": {"USD": {"low": low, "high": low, **rate}}}


A, B, P = company("Alibaba", "A"), company("Baidu", "B"), company("Qwen", "P", "product")
SUMS: dict[str, tuple[list[list[AnyFact]], list[tuple[str, str | None, int, int]], int]] = {
    "each company and predicate": (
        [[A, B, amount("0", "5", "5"), amount("1", "7", "7"), amount("2", "1", "1", subject="B"),
          amount("3", "2", "2", predicate="profit")]],
        [("Alibaba", "investment", 12, 2), ("Alibaba", "profit", 2, 1), ("Baidu", "investment", 1, 1)],
        0,
    ),
    "a restated sum once, whichever has the subject": (
        [[A, amount("0", "36", "36", "CNY", equivalent_to=["1"], subject=None, **in_dollars("5")),
          amount("1", "5.1", "5.1", equivalent_to=["0"])]],
        [("Alibaba", "investment", 5, 1)],
        0,
    ),
    "the same amount again once, in another article twice": (
        [[A, amount("0", "5", "5"), amount("1", "5", None), amount("2", "5", "5")],
         [A, amount("0", "5", "5")]],
        [("Alibaba", "investment", 10, 2)],
        0,
    ),
    "the middle of a range, the end of a bound": (
        [[A, amount("0", "4", "6"), amount("1", "3", None), amount("2", None, "2")]],
        [("Alibaba", "investment", 10, 3)],
        0,
    ),
    "several that share": (
        [[A, B, amount("0", "5", "5", subject=None, participants=["A", "B"])]],
        [("Alibaba + Baidu", "investment", 5, 1)],
        0,
    ),
    "nobody's, a product's, without dollars": (
        [[A, P, amount("0", "5", "5", subject=None), amount("1", "5", "5", subject="P"),
          amount("2", "5", "5", "XAU")]],
        [],
        3,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SUMS)
def test_totals(name: str) -> None:
    articles, expected, left_out = SUMS[name]
    totals = add_up(articles)
    assert [(t.company, t.predicate, int(t.dollars), t.amounts) for t in totals.totals] == expected
    assert totals.left_out == left_out


def test_what_was_rejected_and_why() -> None:
    article = Article(id="a", source="a", text="十時裕樹社長は9月、六本木で48億香港ドルと述べた。")
    rejected = Pipeline().rejected(article)
    assert [(each.kind, each.text, each.reason, each.winner) for each in rejected] == [
        ("date", "十時", "overlap", "十時裕樹"),
        ("date", "9月", "unplaced", None),
        ("entity", "香港", "overlap", "48億香港ドル"),
    ]
    assert Pipeline(kinds={"money"}).rejected(article) == []
    for each in rejected:
        assert article.text[each.start : each.end] == each.text


def test_conversions_are_made_where_facts_say_nothing_of_them() -> None:
    result = view_of("3800億元").result
    (fact,) = result.facts
    assert isinstance(fact, MoneyFact)
    bare = result.model_copy(update={"facts": [fact.model_copy(update={"converted": None})]})
    assert complete(bare, RateTable.default()).facts == [fact]


def test_the_command_shows_what_it_can_and_names_the_rest(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("アリババは3億円を投じる。", encoding="utf-8")
    result = run("report", "a.txt", "missing.txt", "-o", "page.html", cwd=tmp_path)
    assert failures_of(result) == ["missing.txt: no such file or folder"]
    assert result.returncode == 1
    data = data_of((tmp_path / "page.html").read_text(encoding="utf-8"))
    assert [fact["text"] for fact in data["articles"][0]["facts"]] == ["アリババ", "3億円"]
    assert data["articles"][0]["rejected"] == []
    assert data["failed"] == [{"source": "missing.txt", "reason": "no such file or folder"}]


def test_given_facts_are_shown_as_they_are(tmp_path: Path) -> None:
    article = ROOT / "corpus/2025-02-24-alibaba-380b-yuan-ai.md"
    (tmp_path / "other.txt").write_text("別の記事", encoding="utf-8")
    arguments = (article, "other.txt", "--facts", ROOT / "annotations", "-o", "page.html")
    result = run("report", *arguments, cwd=tmp_path)
    assert failures_of(result) == ["other.txt: no facts of this text are given (sha256)"]
    data = data_of((tmp_path / "page.html").read_text(encoding="utf-8"))
    (shown,) = data["articles"]
    assert shown["rejected"] is None
    assert text_of(shown["nodes"]).startswith("# アリババ集団")
    money = next(fact for fact in shown["facts"] if fact["kind"] == "money")
    assert money["predicate"] == "investment"
    assert money["converted"]["USD"]["rate_date"] == "2025-02-24"
    assert data["totals"]["rows"][0]["company"] == "Alibaba"
    run("report", *arguments, "--kinds", "date", cwd=tmp_path)
    (shown,) = data_of((tmp_path / "page.html").read_text(encoding="utf-8"))["articles"]
    assert {fact["kind"] for fact in shown["facts"]} == {"date"}


def test_the_page_is_the_same_every_time() -> None:
    view = view_of("アリババは3800億元を投じる。")
    assert render([view]) == render([view])


def test_results_show_themselves_in_notebooks() -> None:
    result = jijitsu.extract("アリババは<b>3800億元</b>を投じる。", published="2025-09-24")
    frame = result._repr_html_()
    (page,) = re.fullmatch(
        r'<iframe srcdoc="([^"]*)" sandbox="allow-scripts" .*></iframe>', frame
    ).groups()  # type: ignore[union-attr]
    assert text_of(data_of(html.unescape(page))["articles"][0]["nodes"]) == result.text
    read = ArticleFacts.model_validate_json(result.to_json())
    shown = html.unescape(read._repr_html_())
    assert data_of(shown)["articles"][0]["nodes"] is None
    assert [fact["text"] for fact in data_of(shown)["articles"][0]["facts"]] == [
        "アリババ",
        "3800億元",
    ]
    assert embed(View(result)) == embed(View(read))


def test_an_extraction_is_printed_and_compared_as_before() -> None:
    result = jijitsu.extract("3億円")
    assert result.facts == view_of("3億円", published=None).result.facts
    assert "text" not in result.model_dump()
    assert json.loads(result.to_json()).keys() == {"document", "facts"}


def test_an_amount_shows_its_claim() -> None:
    def view(name: str, amount: str, low: str) -> View:
        text = f"アリババが{amount}を投じる"
        owner = EntityFact(
            id="0", text="アリババ", start=0, end=4, type="organization", name="Alibaba"
        )
        money = MoneyFact.model_validate(
            {"id": "1", "text": amount, "start": 5, "end": 5 + len(amount)}
            | {"low": low, "high": low, "mod": None, "currency": "CNY"}
            | {"predicate": "investment", "subject": "0"}
        )
        document = Document(id=name, source=name, sha256=name, published=DAY)
        return View(ArticleFacts(document=document, facts=[owner, money]), text)

    views = [view("a", "2000億元", "200000000000"), view("b", "2000億元", "200000000000")]
    data = data_of(render([*views, view("c", "1600億元", "160000000000")]))
    claims = [article["facts"][1]["claim"] for article in data["articles"]]
    assert [(one["articles"], one["mentions"]) for one in claims] == [(2, 2), (2, 2), (1, 1)]
    assert [one["low"] for one in claims[0]["conflicts"]] == ["160000000000"]
    assert [one["low"] for one in claims[2]["conflicts"]] == ["200000000000"]
