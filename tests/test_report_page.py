"""The page in a real browser: Chromium, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from jijitsu.article import Article, ArticleError
from jijitsu.gold.load import load_facts
from jijitsu.kinds import ArticleFacts
from jijitsu.pipeline import Pipeline
from jijitsu.rates import RateTable
from jijitsu.readers import read_articles
from jijitsu.report import View, complete, embed, render

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.heavy

ROOT = Path(__file__).parents[1]
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
ATTACK = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    sync_playwright = pytest.importorskip("playwright.sync_api").sync_playwright
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    assert chromium, "the heavy tests need Chromium (Debian's package chromium)"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a page of two articles with gold, one with a script in it, and one that failed."""
    gold = load_facts(ROOT / "annotations")
    names = ("2025-02-24-alibaba-380b-yuan-ai", "2025-05-15-carriers-results")
    articles = {a.id: a for a in read_articles([ROOT / "corpus"]) if isinstance(a, Article)}
    views = []
    for name in names:
        given = {"document": gold[name].document, "facts": gold[name].facts}
        result = complete(ArticleFacts.model_validate(given), RateTable.default())
        views.append(View(result, articles[name].text))
    text = f"{ATTACK}十時裕樹社長は3億円を投じる。{ATTACK}"
    odd = Article(id="odd", source=ATTACK, title=ATTACK, text=text)
    pipeline = Pipeline()
    views.append(View(pipeline.extract(odd), text, pipeline.rejected(odd)))
    page = tmp_path_factory.mktemp("report") / "report.html"
    page.write_text(render(views, [ArticleError("bad.txt", ATTACK)]), encoding="utf-8")
    return page


class Opened:
    """A page that is looked at; errors and requests of any kind are kept."""

    def __init__(self, browser: Browser, file: Path, **options: Any) -> None:
        context = browser.new_context(**({"locale": "ja-JP"} | options))
        self.page: Page = context.new_page()
        self.errors: list[str] = []
        self.requests: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(file.as_uri())

    def rows(self) -> list[str]:
        found: list[str] = self.page.locator("#facts tbody td.text").all_inner_texts()
        return found

    def column(self, name: str) -> list[str]:
        found: list[str] = self.page.locator(f"#facts tbody td.{name}").all_inner_texts()
        return found

    @property
    def card(self) -> Locator:
        return self.page.locator("#card")


@pytest.fixture
def opened(browser: Browser, file: Path) -> Iterator[Opened]:
    shown = Opened(browser, file)
    yield shown
    assert shown.errors == []
    assert shown.requests == [file.as_uri()]
    shown.page.context.close()


def test_a_click_on_a_highlight_opens_its_card(opened: Opened) -> None:
    opened.page.locator("mark.money").first.click()
    said = opened.card.inner_text()
    assert opened.card.is_visible()
    for part in ("3800億元", "380,000,000,000 CNY", "ECB 2025-02-24", "524.1億 USD", "投資", "アリババ集団 (Alibaba)"):  # fmt: skip
        assert part in said
    opened.card.get_by_text("アリババ集団 (Alibaba)").click()
    assert opened.card.locator("h3").inner_text() == "アリババ集団"
    opened.page.keyboard.press("Escape")
    assert opened.card.is_hidden()


def test_a_click_on_a_row_goes_to_the_highlight(opened: Opened) -> None:
    before = opened.page.locator("#heading h2").inner_text()
    last = opened.page.locator("#facts tbody tr", has_text="3億円").last
    last.click()
    assert opened.page.locator("#heading h2").inner_text() != before
    chosen = opened.page.locator("mark.chosen")
    assert chosen.inner_text() == "3億円"
    assert opened.page.evaluate("document.activeElement.textContent") == "3億円"
    box = chosen.bounding_box()
    assert box
    assert 0 <= box["y"] <= opened.page.viewport_size["height"]
    assert opened.card.locator("h3").inner_text() == "3億円"


def test_filters_by_kind_entity_currency_and_words(opened: Opened) -> None:
    everything = opened.rows()
    opened.page.locator('#kinds [data-kind="entity"]').click()
    assert len(opened.rows()) < len(everything)
    assert opened.page.locator("mark.entity:not(.off)").count() == 0
    opened.page.locator("#filters [type=reset]").click()
    assert opened.rows() == everything
    opened.page.select_option("#currency", "CNY")
    assert opened.rows()
    assert all("元" in text for text in opened.rows())
    opened.page.locator("#filters [type=reset]").click()
    opened.page.select_option("#entity", "Alibaba")
    assert {"3800億元", "アリババ集団"} <= set(opened.rows())
    assert "2000億ドル" not in opened.rows()
    opened.page.fill("#search", "３８００")
    assert set(opened.rows()) == {"3800億元"}
    opened.page.fill("#search", "どこにもない")
    assert opened.page.locator("#view .empty").is_visible()


def test_columns_sort_both_ways_with_the_unknown_last(opened: Opened) -> None:
    opened.page.locator("th.usd button").click()
    falling = [cell for cell in opened.column("usd") if cell]
    assert opened.page.locator("th.usd").get_attribute("aria-sort") == "descending"
    opened.page.locator("th.usd button").click()
    rising = [cell for cell in opened.column("usd") if cell]
    assert falling[0] == rising[-1]
    assert opened.column("usd")[-1] == ""
    opened.page.locator("th.text button").click()
    texts = opened.rows()
    collated = opened.page.evaluate("rows => [...rows].sort((a, b) => a.localeCompare(b, 'ja'))", texts)  # fmt: skip
    assert texts == collated


def test_totals_and_what_was_rejected(opened: Opened) -> None:
    opened.page.click("#tab-totals")
    bars = opened.page.locator("#totals .bar")
    widths = [bar.bounding_box()["width"] for bar in bars.all()]
    assert max(widths) > 100
    first = opened.page.locator("#totals tbody tr").first.inner_text()
    opened.page.locator(".legend .chip").first.click()
    assert opened.page.locator("#totals tbody tr").first.inner_text() != first
    opened.page.click("#tab-rejected")
    said = opened.page.locator("#view").inner_text()
    assert ATTACK in said
    assert "十時" in said
    assert "十時裕樹" in said


def test_a_script_in_an_article_does_not_run(opened: Opened) -> None:
    opened.page.select_option("#articles", "2")
    assert ATTACK in opened.page.locator("#text").inner_text()
    opened.page.locator("mark").first.click()
    opened.page.click("#tab-rejected")
    assert opened.page.title() == "jijitsu"
    assert opened.page.locator("#text script, #text img, #heading img, #view img").count() == 0
    # Even markup that got into the page could not run anything.
    opened.page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<b id=b onclick=\"document.title=1\">b</b>')"
    )
    opened.page.evaluate("document.getElementById('b').click()")
    assert opened.page.title() == "jijitsu"


def test_keys(opened: Opened) -> None:
    page = opened.page
    first = page.locator("mark").first
    first.focus()
    page.keyboard.press("ArrowRight")
    second = page.evaluate("document.activeElement.textContent")
    assert second == page.locator("mark").nth(1).inner_text()
    page.keyboard.press("Enter")
    assert opened.card.locator("h3").inner_text() == second
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == second
    assert page.locator('mark[tabindex="0"]').count() == 1
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.locator("#tab-facts").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator('[role="tab"][aria-selected="true"]').get_attribute("id") == "tab-totals"


def test_languages(opened: Opened) -> None:
    assert opened.page.locator("html").get_attribute("lang") == "ja"
    opened.page.click("#language")
    assert opened.page.locator("html").get_attribute("lang") == "en"
    assert "380B CNY" in opened.column("value")
    opened.page.locator("mark.money").first.click()
    assert "52.41B USD" in opened.card.inner_text()


def contrast(page: Page, selector: str) -> float:
    """Return the contrast of an element's text with its background, as WCAG measures it."""
    ratio: float = page.evaluate(
        """selector => {
          const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
          const pixel = (...colours) => {
            for (const colour of colours) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); }
            return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
          };
          const light = (rgb) => rgb.map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
            .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const element = document.querySelector(selector);
          const behind = [];
          for (let at = element; at; at = at.parentElement) behind.unshift(getComputedStyle(at).backgroundColor);
          const [a, b] = [light(pixel(...behind)), light(pixel(...behind, getComputedStyle(element).color))];
          return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        }""",
        selector,
    )
    return ratio


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_is_readable_in_light_and_dark(
    browser: Browser, file: Path, scheme: str
) -> None:
    shown = Opened(browser, file, color_scheme=scheme)
    shown.page.locator("mark.money").first.click()
    kinds = [f"mark.{kind}" for kind in ("money", "date", "duration", "percent", "entity")]
    others = ["span.kind.money", "span.kind.entity", ".chip.money", ".chip.percent", "dt", "dd", "td.value", ".link", ".hint", "[role=tab]", "thead button"]  # fmt: skip
    for selector in kinds + others:
        assert contrast(shown.page, selector) >= 4.5, selector
    shown.page.click("#theme")
    assert contrast(shown.page, "mark.money") >= 4.5
    assert shown.errors == []


def test_a_phone_shows_it_all_without_scrolling_sideways(browser: Browser, file: Path) -> None:
    shown = Opened(browser, file, viewport={"width": 360, "height": 740}, has_touch=True)
    page = shown.page
    for tab in ("facts", "totals", "rejected"):
        page.click(f"#tab-{tab}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, tab
    page.locator("mark.money").first.tap()
    box = shown.card.bounding_box()
    assert box
    assert (box["x"], round(box["y"] + box["height"])) == (0, 740)
    assert shown.errors == []


def test_in_a_notebooks_frame(browser: Browser, tmp_path: Path) -> None:
    article = Article(id="a", source="a", text=f"{ATTACK}アリババは3800億元を投じる。")
    frame = embed(View(Pipeline().extract(article), article.text))
    (tmp_path / "notebook.html").write_text(f"<title>notebook</title>{frame}", encoding="utf-8")
    shown = Opened(browser, tmp_path / "notebook.html")
    inner = shown.page.frame_locator("iframe")
    inner.locator("mark.money").click()
    assert "380,000,000,000 CNY" in inner.locator("#card").inner_text().replace("\n", " ")
    assert shown.page.title() == "notebook"
    assert shown.errors == []
