"""From paths to articles: formats, names, sources, dates, order."""

from __future__ import annotations

import datetime
import gzip
import io
import itertools
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from jijitsu.article import Article, ArticleError
from jijitsu.readers import FORMATS, read_articles
from jijitsu.readers.html import describe

DAY = datetime.date(2025, 9, 24)
OTHER_DAY = datetime.date(2020, 1, 1)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(name: str, content: str | bytes = "3億円") -> str:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    data = content if isinstance(content, bytes) else content.encode()
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return name


def read(*paths: str | Path, published: datetime.date | None = None) -> list[Article]:
    articles = []
    for article in read_articles(paths, published=published):
        assert isinstance(article, Article), article
        articles.append(article)
    return articles


def names(*paths: str) -> list[str]:
    return [article.id for article in read(*paths)]


def test_the_text_is_what_the_file_holds_without_its_byte_order_mark() -> None:
    text = "---\r\ntitle: a\r\n---\r\n 本文 \r\r\n\n"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp932", "euc_jp", "iso2022_jp"):
        (article,) = read(write(f"{encoding}.md", text.encode(encoding)))
        assert article.text == text
        assert article.title == "a"


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_may_be_packed(suffix: str) -> None:
    content = '{"text": "3億円"}' if suffix == ".jsonl" else "3億円"
    (plain,) = read(write(f"a{suffix}", content))
    (packed,) = read(write(f"a{suffix.upper()}.gz", content))
    assert plain.text == packed.text
    assert plain.id == packed.id
    assert packed.source.startswith(f"a{suffix.upper()}.gz")


def test_a_file_is_named_by_its_stem_and_found_by_its_path() -> None:
    (article,) = read("./" + write("b/2025.9.a.txt.gz"))
    assert article.id == "2025.9.a"
    assert article.source == "./b/2025.9.a.txt.gz"


def test_files_that_share_a_stem_are_told_apart() -> None:
    for name in ("x/a.txt", "x/a.md", "y/a.txt", "y/a.html"):
        write(name)
    assert names("x", "y") == ["a", "a.txt", "a.html", "y/a.txt"]
    assert names("x/a.txt", "x/a.txt", "x/a.txt") == ["a", "a.txt", "x/a.txt"]
    assert names(*["x/a.txt"] * 5)[3:] == ["x/a.txt-2", "x/a.txt-3"]


def test_rows_are_named_by_their_line_or_themselves() -> None:
    rows = (
        '{"text": "1億円"}\n\n{"text": "2億円", "id": "b", "source": "https://example.com/b"}\r\n'
    )
    articles = read(write("x/rows.jsonl", rows), write("y/rows.jsonl", rows))
    assert [(article.id, article.source) for article in articles] == [
        ("rows-1", "x/rows.jsonl:1"),
        ("b", "https://example.com/b"),
        ("rows.jsonl-1", "y/rows.jsonl:1"),
        ("b", "https://example.com/b"),
    ]


def test_rows_of_any_encoding() -> None:
    rows = '{"text": "1億円の投資"}\n{"text": "2億円の投資"}\n'
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp932", "euc_jp"):
        texts = [article.text for article in read(write("rows.jsonl", rows.encode(encoding)))]
        assert texts == ["1億円の投資", "2億円の投資"]


def test_folders_are_walked_in_order_without_what_is_hidden_or_unknown() -> None:
    for name in ("f/b.txt", "f/a/z.md", "f/a.txt", "f/c/d/e.html", "f/.git/x.txt", "f/.x.txt"):
        write(name)
    write("f/picture.png")
    write("f/rows.jsonl", '{"text": "3億円"}')
    sources = ["f/a/z.md", "f/a.txt", "f/b.txt", "f/c/d/e.html", "f/rows.jsonl:1"]
    for given in ("f", "f/", Path("f")):
        assert [article.source for article in read(given)] == sources
    assert [article.source for article in read("f/c")] == ["f/c/d/e.html"]


def test_the_order_is_that_of_the_paths() -> None:
    write("f/a.txt")
    assert names(write("z.txt"), "f", write("b.txt")) == ["z", "a", "b"]


def test_links_are_followed_once() -> None:
    write("f/a/a.txt")
    write("else/b.txt")
    Path("f/a/loop").symlink_to("..")
    Path("f/self").symlink_to("self")
    Path("f/x").symlink_to("../else")
    Path("f/y").symlink_to("../else")
    Path("f/z.txt").symlink_to("../else/b.txt")
    assert [article.source for article in read("f")] == ["f/a/a.txt", "f/x/b.txt", "f/z.txt"]


def test_a_broken_link_is_named() -> None:
    write("f/a.txt")
    Path("f/b.txt").symlink_to("nowhere")
    _, error = read_articles(["f"])
    assert str(error) == "f/b.txt: no such file or folder"


def test_names_that_are_no_utf8() -> None:
    name = os.fsdecode("円".encode("euc_jp") + b".txt")
    Path(name).write_text("3億円", encoding="utf-8")
    (article,) = read(name)
    assert article.source == "\ufffd\ufffd.txt"
    assert article.id == "\ufffd\ufffd"


# Where the day of publication is from: file, content, default, expected.
PUBLISHED = {
    "nowhere": ("a.txt", "3億円", None, None),
    "the option": ("a.txt", "3億円", DAY, DAY),
    "the name": ("2025-09-24-a.txt", "3億円", OTHER_DAY, DAY),
    "a packed name": ("2025-09-24-a.txt.gz", "3億円", OTHER_DAY, DAY),
    "the front matter": ("2020-01-01.md", "---\ndate: 2025-09-24\n---\n3億円", OTHER_DAY, DAY),
    "the tags": (
        "2020-01-01.html",
        '<meta property="article:published_time" content="2025-09-24T10:00+09:00">3億円',
        OTHER_DAY,
        DAY,
    ),
    "the row": ("a.jsonl", '{"text": "3億円", "published": "2025-09-24"}', OTHER_DAY, DAY),
    "the row, with a time": (
        "a.jsonl",
        '{"text": "3億円", "published": "2025-09-24T10:00:00Z"}',
        OTHER_DAY,
        DAY,
    ),
    "the row before its front matter": (
        "a.jsonl",
        r'{"text": "---\ndate: 2020-01-01\n---\n3億円", "published": "2025-09-24"}',
        None,
        DAY,
    ),
    "the front matter of a row": (
        "a.jsonl",
        r'{"text": "---\ndate: 2025-09-24\n---\n3億円", "published": ""}',
        OTHER_DAY,
        DAY,
    ),
    "not the name of a file of rows": ("2020-01-01.jsonl", '{"text": "3億円"}', DAY, DAY),
    "the row, though its front matter is bad": (
        "a.jsonl",
        r'{"text": "---\ndate: いつか\n---\n3億円", "published": "2025-09-24"}',
        None,
        DAY,
    ),
}


@pytest.mark.parametrize("case", PUBLISHED)
def test_the_day_of_publication(case: str) -> None:
    name, content, default, expected = PUBLISHED[case]
    (article,) = read(write(name, content), published=default)
    assert article.published == expected


def test_titles() -> None:
    contents = {
        "a.md": "---\ntitle: 見出し\n---\n3億円",
        "b.html": "<title>\n見出し </title>3億円",
        "c.jsonl": '{"title": "見出し", "text": "3億円"}',
        "d.jsonl": r'{"text": "---\ntitle: 見出し\n---\n3億円"}',
    }
    for name, content in contents.items():
        (article,) = read(write(name, content))
        assert article.title == "見出し"
    assert read(write("e.txt"))[0].title is None


# A page, its title and its date.
PAGES: list[tuple[str, str | None, str | None]] = [
    ("<p>3億円</p>", None, None),
    ("<title>A &amp; B</title><svg><title>x</title></svg>", "A & B", None),
    ('<META NAME="Date" CONTENT="2025/09/24">', None, "2025-09-24"),
    ('<meta itemprop="datePublished" content="2025年9月24日">', None, "2025-09-24"),
    ('<time datetime="2025-09-24T10:00">昨日</time>', None, "2025-09-24"),
    ('<time>2020-01-01</time><time datetime="2025-09-24">', None, "2025-09-24"),
    (
        '<time datetime="PT20M"><time datetime="10:00"><time datetime="2025-09-24">',
        None,
        "2025-09-24",
    ),
    ('<time datetime="2020-01-01"><meta name="pubdate" content="2025-09-24">', None, "2025-09-24"),
    ('<meta name="date" content="0001-01-01"><time datetime="2025-09-24">', None, "2025-09-24"),
    ('<meta name="date" content="いつか">', None, None),
    (
        """<script type="application/ld+json">{"@graph": [{"@type": "WebPage"}, {"@type":
        "NewsArticle", "body": "</p>", "datePublished": "2025-09-24T10:00:00+09:00"}]}</script>""",
        None,
        "2025-09-24",
    ),
    ('<script type="application/ld+json">[{"datePublished": 3}, {</script>', None, None),
    ('<script>{"datePublished": "2025-09-24"}</script>', None, None),
    ('<script type="application/ld+json">' + "[" * 100_000 + "</script>", None, None),
    ("<title>a</title><![weird[ declaration ]]>", "a", None),
]


@pytest.mark.parametrize(("page", "title", "day"), PAGES, ids=itertools.count())
def test_what_tags_say(page: str, title: str | None, day: str | None) -> None:
    metadata = describe(page)
    assert metadata.title == title
    assert metadata.published == (datetime.date.fromisoformat(day) if day else None)


@pytest.mark.parametrize(
    "part", ["<", "<a ", "</a ", "<!--", "<a b='", "&#", "<title>", "<![CDATA["]
)
def test_hostile_pages_take_no_time(part: str) -> None:
    start = time.monotonic()
    describe(part * 1_000_000)
    assert time.monotonic() - start < 5


def test_the_declared_encoding_of_a_page() -> None:
    page = '<html><head><meta charset="EUC-JP"></head>ｱｲｳ</html>'
    (article,) = read(write("a.html", page.encode("euc_jp")))
    assert article.text == page


def test_articles_are_read_when_they_are_asked_for() -> None:
    def paths() -> Iterator[str]:
        yield write("a.jsonl", '{"text": "1億円"}\n{"text": "2億円"}\n')
        raise AssertionError("asked for too early")

    articles = read_articles(paths())
    for text in ("1億円", "2億円"):
        article = next(articles)
        assert isinstance(article, Article)
        assert article.text == text


def test_a_stream_of_rows_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    real = os.fdopen
    monkeypatch.setattr(os, "fdopen", lambda *_, **__: real(reading, "rb"))
    with real(writing, "wb", buffering=0) as stream:
        stream.write(b"\n {}\n" + '{"text": "1億円"}\n'.encode())
        articles = read_articles(["-"])
        assert isinstance(next(articles), ArticleError)
        first = next(articles)
        assert isinstance(first, Article)
        assert (first.id, first.source) == ("stdin-3", "stdin:3")
        stream.write('{"text": "2億円"}\n'.encode())
        second = next(articles)
        assert isinstance(second, Article)
        assert second.id == "stdin-4"
    assert list(articles) == []


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        ("3億円", ["3億円"]),
        ("\n\n [{3億円}]", ["\n\n [{3億円}]"]),
        ("---\ntitle: a\n---\n3億円", ["---\ntitle: a\n---\n3億円"]),
        ('\n\n {"text": "3億円"}\n{"text": "4億円"}', ["3億円", "4億円"]),
        ('\ufeff{"text": "3億円"}', ["3億円"]),
    ],
)
def test_the_standard_input(data: str, texts: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fdopen", lambda *_, **__: io.BytesIO(data.encode()))
    assert [article.text for article in read("-")] == texts
